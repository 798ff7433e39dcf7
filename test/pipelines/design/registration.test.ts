import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

interface Registration {
  readonly hash: string;
  readonly registration: {
    readonly language: string;
    readonly sections: readonly {
      readonly heading: string;
      readonly fields: readonly { readonly heading: string; readonly text: string }[];
    }[];
  };
}

const leaders = Array.from({ length: 16 }, (_, k) => `L${k + 1}`);
const undrawn = `leader,department,team\n${leaders.map((id, k) => `${id},D,T${Math.floor(k / 2)}`).join("\n")}\n`;

const form = (folder: string, format: string, ...words: readonly string[]) => {
  const { status, document } = spejlJson<Registration>("plan", "show", folder, "--format", format, ...words);
  expect(status).toBe(0);
  const fields = document.registration.sections.flatMap((section) => section.fields);
  return {
    headings: fields.map(({ heading }) => heading),
    under: (heading: string) => fields.find((one) => one.heading === heading)!.text,
    ...document,
  };
};

describe("spejl plan show --format", () => {
  it("fills OSF's headings from the plan, the roster and the record, and asks for what only people know", () => {
    const folder = smallStudy({ "roster.csv": undrawn });
    expect(spejl("randomise", folder, "--by", "team", "--seed", "5", "--quiet").status).toBe(0);
    copyFileSync(join(folder, "assignment.csv"), join(folder, "roster.csv"));
    const { headings, under, hash } = form(folder, "osf");
    expect(headings).toEqual([
      ...["Title", "Description", "Hypotheses", "Study type", "Blinding"],
      ...["Is there any additional blinding in this study?", "Study design", "Randomization"],
      ...["Existing Data", "Explanation of existing data", "Data collection procedures"],
      ...["Sample size", "Sample size rationale", "Stopping rule"],
      ...["Manipulated variables", "Measured variables", "Indices"],
      ...["Statistical models", "Transformations", "Inference criteria", "Data exclusion", "Missing data"],
      ...["Exploratory analysis", "Other"],
    ]);
    expect(under("Title")).toBe("Small study");
    expect(under("Hypotheses")).toContain("Support (employees' answers)");
    expect(under("Hypotheses")).toContain("[to be filled in: the hypotheses and their direction]");
    expect(under("Randomization")).toMatch(/Random assignment of whole units \(team\).* from seed 5/);
    expect(under("Sample size")).toContain("16 leaders, 8 units (team)");
    expect(under("Sample size")).toContain("training: 8 leaders, 4 units");
    expect(under("Indices")).toContain("mean of s1, s2 (reversed); 0–100");
    expect(under("Statistical models")).toContain("ancova, standard errors CR2 clustered by whole units (team)");
    expect(under("Statistical models")).toContain("Covariates: the leader's mean at the baseline.");
    expect(under("Measured variables")).toContain("Secondary outcomes:\n\nNone.");
    expect(under("Inference criteria")).toContain("holm");
    expect(under("Sample size rationale")).toBe("[to be filled in: for instance from `spejl power`]");
    expect(under("Other")).toContain(hash);
  });

  it("fills the AEA registry's headings, and says that nobody drew where nobody did", () => {
    const folder = smallStudy({ "study.yaml": (text) => `${text}allocation: { randomised: false }\n` });
    const { headings, under } = form(folder, "aea");
    expect(headings).toContain("Planned Number of Clusters");
    expect(under("Randomization Method")).toContain("Not by chance");
    expect(under("Randomization Unit")).toBe("leaders");
    const { stdout } = spejl("plan", "show", folder, "--format", "aea");
    expect(stdout).toContain("By the arm that the leader was given.");
    expect(stdout).not.toContain("intention to treat");
    expect(under("Experimental Design")).toContain("Comparison of arms without random assignment");
    expect(under("Sample size (or number of clusters) by treatment arms")).toMatch(/^- control: 8 leaders$/m);
    expect(under("Start date and end date of the trial")).toContain("2020-01-01 – 2021-01-31");
  });

  it("names the subgroups and the specification curve that the plan names, and no others", () => {
    const plain = form(smallStudy(), "osf").under("Statistical models");
    expect(plain).toContain("By the assigned arm (intention to treat).");
    expect(plain).not.toMatch(/Subgroups|Specification curve/);
    const folder = smallStudy({
      "study.yaml": (text) =>
        `${text.replace("primary: [support]", "primary: [support], subgroups: [age], specificationCurve: true")}covariates: [{ id: age, name: Age, from: employee, range: [18, 80] }]\n`,
    });
    for (const format of ["osf", "aea", "markdown"]) {
      const { stdout } = spejl("plan", "show", folder, "--format", format, "--lang", "en");
      expect(stdout, format).toContain("Subgroups: Age (age). Effects on the primary outcomes");
      expect(stdout, format).toContain("Specification curve: the effect on each primary outcome");
    }
  });

  it("says when a plan was locked and after whose answers, and never calls that registered beforehand", () => {
    const folder = smallStudy();
    expect(form(folder, "osf").under("Other")).toContain("The plan is not locked");
    expect(spejl("plan", "lock", folder).status).toBe(0);
    const late = form(folder, "osf");
    expect(late.under("Other")).toMatch(/^Locked \d{4}-\d\d-\d\d \d\d:\d\d UTC, after the answers of after\./);
    expect(late.under("Existing Data")).toContain("The answers of after existed when the plan was locked.");
    for (const format of ["osf", "aea", "markdown"]) {
      const { stdout } = spejl("plan", "show", folder, "--format", format);
      expect(stdout).toContain("after the answers of after");
      expect(stdout).not.toMatch(/pre-?regist/i);
    }
    const early = smallStudy({ "after.csv": null });
    expect(spejl("plan", "lock", early).status).toBe(0);
    expect(form(early, "osf").under("Other")).toContain("before answers of any follow-up had been read");
    const file = join(early, "study.yaml");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace("primary: [support]", "primary: [support], confidence: 0.9"),
    );
    expect(form(early, "osf").under("Other")).toContain("Changed since it was locked: analysis.confidence");
  });

  it("writes the plain plan in either language, and registries in English", () => {
    const folder = smallStudy();
    const danish = spejl("plan", "show", folder, "--format", "markdown", "--lang", "da").stdout;
    expect(danish).toContain("# Analyseplan: Lille studie");
    expect(danish).toContain("### Tildeling");
    expect(danish).toContain("[udfyldes: hypoteserne og deres retning]");
    expect(danish).not.toContain("to be filled in");
    expect(spejl("plan", "show", folder, "--format", "markdown").stdout).toContain("# Analysis plan: Small study");
    const { registration, under } = form(folder, "aea", "--lang", "da");
    expect([registration.language, under("Title")]).toEqual(["en", "Small study"]);
  });

  it("is of a plan that is shown, in a form that is known", () => {
    const folder = smallStudy();
    expect(spejl("plan", "lock", folder, "--format", "osf").status).toBe(2);
    expect(spejl("plan", "show", folder, "--format", "prospero").status).toBe(2);
    expect(spejl("plan", "--help").stdout).toContain("--format <form>");
  });

  it("asks for numbers where there is no roster", () => {
    const folder = smallStudy({ "roster.csv": null });
    expect(form(folder, "osf").under("Sample size")).toContain("[to be filled in: numbers of leaders and units]");
  });
});
