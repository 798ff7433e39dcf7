import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { spejl, spejlJson } from "../spejl.ts";
import {
  allRound,
  folderWith,
  leaderIds,
  limesurvey,
  madeStudy,
  qualtrics,
  studyText,
  surveyxact,
  wordingOf,
} from "./vendor-files.ts";

interface Imported {
  readonly written: boolean;
  readonly yaml: string;
  readonly problems: readonly { readonly code: string; readonly hint: string; readonly message: string }[];
  readonly deliveries: readonly {
    readonly wave: string | null;
    readonly rater: string | null;
    readonly rows: number;
    readonly columns: Readonly<Record<string, string>>;
    readonly items: Readonly<Record<string, string>>;
    readonly notAsked: readonly string[];
    readonly codes: Readonly<Record<string, number | string>> | null;
    readonly where: Readonly<Record<string, unknown>>;
    readonly found: readonly { readonly means: string; readonly by: string; readonly reads: number | null }[];
    readonly open: readonly { readonly what: string; readonly columns?: readonly string[] }[];
    readonly notes: readonly { readonly note: string }[];
  }[];
}

const setUp = (files: Readonly<Record<string, string | Buffer>>) => {
  const folder = folderWith({ ...madeStudy(), ...files });
  const study = join(folder, "study");
  return {
    study,
    path: (name: string) => join(folder, name),
    text: () => readFileSync(join(study, "study.yaml"), "utf8"),
    run: (names: readonly string[], ...words: readonly string[]) =>
      spejlJson<Imported>("import", ...names.map((name) => join(folder, name)), study, ...words),
  };
};

const sx = ["export/dataset.csv", "export/structure.csv", "export/labels.csv"];

describe("a vendor's export becomes a delivery", () => {
  it("Qualtrics: by wording, with the wave by its dates, and the run reads every finished answer", () => {
    const { study, text, run } = setUp({ "export/answers.csv": qualtrics("2021-01-12") });
    const { status, document } = run(["export/answers.csv"], "--yes");
    expect({ status, written: document.written, problems: document.problems }).toEqual({
      status: 0,
      written: true,
      problems: [],
    });
    expect(document.deliveries[0]).toMatchObject({
      wave: "efter",
      rater: "employee",
      columns: { respondent: "ResponseId", leader: "leder_id" },
      items: { vision1: "Q4_1", vision2: "Q4_2", reward1: "Q5_1", reward2: "Q5_2" },
      where: { Finished: "1", Status: { not: "1" } },
    });
    const before = studyText.split("deliveries:")[0]!;
    expect(text().startsWith(before)).toBe(true);
    expect(text().endsWith("\n# The end.\nanalysis: { primary: [vision] }\n")).toBe(true);
    const ingested = spejlJson<{ deliveries: { rows: number; accepted: number; rejected: number; skipped: number }[] }>(
      "ingest",
      study,
    );
    expect(ingested.document.deliveries).toMatchObject([{ rows: 98, accepted: 96, rejected: 0, skipped: 2 }]);
  });

  it("SurveyXact: reads the code book, takes completed answers, and gives the missing code its kind", () => {
    const { study, run } = setUp(surveyxact({ leaderColumn: "leder", dontKnow: true }));
    const { document } = run(sx, "--wave", "foer", "--yes");
    expect(document.problems).toEqual([]);
    expect(document.deliveries[0]).toMatchObject({
      items: { vision1: "s_1", reward2: "s_4" },
      codes: { 1: 1, 5: 5, 6: "dont-know" },
      where: { stato_4: "1" },
      rows: 87,
    });
    expect(document.deliveries[0]?.notes).toContainEqual(expect.objectContaining({ note: "missing-lacking" }));
    const { document: score } = spejlJson<{ scales: { scale: string; missing: unknown }[] }>("score", study);
    expect(JSON.stringify(score.scales.find(({ scale }) => scale === "vision")?.missing)).toContain("dont-know");
  });

  it("LimeSurvey: answer codes get the values of the structure, and answers that were not submitted are left out", () => {
    const { run } = setUp(limesurvey());
    const { document } = run(["export/results.csv", "export/survey.lss"], "--yes");
    expect(document.problems).toEqual([]);
    expect(document.deliveries[0]).toMatchObject({
      wave: "efter",
      columns: { respondent: "token", leader: "leder" },
      items: { vision1: "Q4[SQ001]" },
      codes: { A1: 1, A5: 5 },
      where: { submitdate: "answered" },
      rows: 95,
    });
    expect(document.deliveries[0]?.found.filter(({ reads }) => reads !== 1 && reads !== null)).toEqual([]);
  });

  it("all-round feedback: one delivery per rater, and peers in none", () => {
    const { study, run } = setUp({ "export/360.csv": allRound() });
    const { document } = run(["export/360.csv"], "--yes");
    expect(document.deliveries.map(({ rater, where, rows }) => [rater, where["Relationship"], rows])).toEqual([
      ["self", "Self", 12],
      ["employee", "Direct Report", 72],
      ["superior", "Manager", 12],
    ]);
    expect(document.deliveries[0]?.notes).toContainEqual(
      expect.objectContaining({ note: "relations-left", relations: 1 }),
    );
    expect(spejl("check", study).status).toBe(0);
  });
});

describe("a second file of the same vendor", () => {
  const covariates = "\ncovariates:\n  - { id: gender, from: employee, values: { 1: woman, 2: man } }\n";

  it("has items and covariates where the first one had them, for lack of anything better", () => {
    const plain = (wave: number) => [
      "leder,q1,q2,q3,q4,koen",
      ...leaderIds.flatMap((id, k) => [0, 1].map((r) => `${id},${1 + ((k + wave) % 5)},2,3,4,${1 + r}`)),
    ];
    const { run, text } = setUp({
      "study/study.yaml": studyText.replace(
        "deliveries: []   # none yet\n",
        `deliveries:
  - file: first.csv
    wave: foer
    rater: employee
    columns: { leader: leder, gender: koen }
    items: { vision1: q1, vision2: q2, reward1: q3, reward2: q4 }
${covariates}`,
      ),
      "study/first.csv": plain(0).join("\n"),
      "study/efter-medarbejdere.csv": plain(1).join("\n"),
    });
    const { document } = run(["study/efter-medarbejdere.csv"], "--yes");
    expect(document.problems).toEqual([]);
    expect(document.deliveries[0]).toMatchObject({
      ...{ wave: "efter", rater: "employee", columns: { leader: "leder", gender: "koen" } },
      items: { vision1: "q1", reward2: "q4" },
    });
    expect(text()).toContain(covariates);
  });

  it("says which covariates it has no column for", () => {
    const { run } = setUp({
      "study/study.yaml": `${studyText}${covariates}`,
      "export/answers.csv": qualtrics("2021-01-12"),
    });
    expect(run(["export/answers.csv"]).document.deliveries[0]?.notes).toContainEqual(
      expect.objectContaining({ note: "covariates-absent", covariates: ["gender"] }),
    );
  });
});

describe("what is not clear is not guessed", () => {
  it("refuses with --yes while the wave is open, and writes nothing", () => {
    const { study, text, run } = setUp(surveyxact({ leaderColumn: "leder", dontKnow: false }));
    const { status, document } = run(sx, "--yes");
    expect(status).toBe(3);
    expect(document.problems).toMatchObject([{ code: "import-open", hint: expect.stringContaining("--wave") }]);
    expect(text()).toBe(studyText);
    expect(readdirSync(study).sort()).toEqual(["instrument.yaml", "roster.csv", "study.yaml"]);
  });

  it("finds a leader's column of any name by the roster", () => {
    const { run } = setUp(surveyxact({ leaderColumn: "hvem", dontKnow: false }));
    const { document } = run(sx, "--wave", "foer");
    expect(document.deliveries[0]?.found).toContainEqual(
      expect.objectContaining({ means: "leader", by: "roster", reads: 1 }),
    );
  });

  it("does not take a usual name whose ids are not the roster's", () => {
    const { run } = setUp({
      ...surveyxact({ leaderColumn: "leder", dontKnow: false }),
      "study/roster.csv": "id\nX1\nX2\nX3\n",
    });
    const { document } = run(sx, "--wave", "foer");
    expect(document.written).toBe(false);
    expect(document.deliveries[0]?.open).toMatchObject([
      { what: "leader", columns: expect.arrayContaining(["leder"]) },
    ]);
  });

  it("writes nothing without --yes or a terminal, and says so", () => {
    const { study, path, text } = setUp({ "export/answers.csv": qualtrics("2021-01-12") });
    const { status, stdout, stderr } = spejl("import", path("export/answers.csv"), study);
    expect(status).toBe(2);
    expect(stdout).toContain("items: { vision1: Q4_1");
    expect(stderr).toContain("--yes");
    expect(text()).toBe(studyText);
    const dry = spejl("import", path("export/answers.csv"), study, "--yes", "--dry-run");
    expect([dry.status, text()]).toEqual([0, studyText]);
  });

  it("leaves whole scales that the file does not have to notAsked", () => {
    const { run } = setUp({
      "export/answers.csv": qualtrics("2021-01-12")
        .replaceAll(wordingOf("reward1"), "Noget helt andet")
        .replaceAll(wordingOf("reward2"), "Et andet emne"),
    });
    const { document } = run(["export/answers.csv"], "--yes");
    expect(document.deliveries[0]?.notAsked).toEqual(["reward1", "reward2"]);
    expect(document.problems).toEqual([]);
  });

  it("never proposes what identifies a person, and says that it stays unread", () => {
    const { run } = setUp({ "export/answers.csv": qualtrics("2021-01-12", ["Q4_1", "Q4_2", "Q5_1", "email"]) });
    const { document } = run(["export/answers.csv"]);
    expect(document.deliveries[0]?.items).not.toHaveProperty("reward2");
    expect(document.deliveries[0]?.notes).toContainEqual({
      note: "personal",
      columns: ["IPAddress", "RecipientEmail", "email"],
      message: expect.stringContaining("RecipientEmail"),
    });
  });
});

describe("refusals", () => {
  it("a file that is already listed for the wave and rater", () => {
    const { text, run } = setUp({ "export/answers.csv": qualtrics("2021-01-12") });
    run(["export/answers.csv"], "--yes");
    const once = text();
    const { status, document } = run(["export/answers.csv"], "--yes");
    expect(status).toBe(3);
    expect(document.problems).toMatchObject([{ code: "delivery-listed", file: "study.yaml", line: 13 }]);
    expect(text()).toBe(once);
  });

  it("a file without any item, with the nearest column", () => {
    const { run } = setUp({ "export/answers.csv": "leder,vison1,xx\nL101,1,2\n" });
    const { status, document } = run(["export/answers.csv"]);
    expect(status).toBe(3);
    expect(document.problems).toMatchObject([{ code: "import-no-item", hint: expect.stringContaining("`vison1`") }]);
  });

  it("code books alone, and two files of answers", () => {
    const { run } = setUp({
      ...surveyxact({ leaderColumn: "leder", dontKnow: false }),
      "export/answers.csv": qualtrics("2021-01-12"),
    });
    for (const names of [sx.slice(1), ["export/dataset.csv", "export/answers.csv"]])
      expect(run(names).document.problems).toMatchObject([{ code: "import-files" }]);
  });

  it("a wave, an item and a column that do not exist", () => {
    const { run } = setUp({ "export/answers.csv": qualtrics("2021-01-12") });
    const codes = (...words: readonly string[]) =>
      run(["export/answers.csv"], ...words).document.problems.map(({ code }) => code);
    expect(codes("--wave", "for")).toEqual(["reference-unknown"]);
    expect(codes("--item", "vison1=Q4_1")).toEqual(["reference-unknown"]);
    expect(codes("--leader", "lederid")).toEqual(["column-absent"]);
  });
});

describe("files", () => {
  it("a copy never takes another file's name", () => {
    const { study, run } = setUp({
      "export/answers.csv": qualtrics("2021-01-12"),
      "study/deliveries/answers.csv": "something else\n",
    });
    run(["export/answers.csv"], "--yes");
    expect(readFileSync(join(study, "deliveries/answers.csv"), "utf8")).toBe("something else\n");
    expect(readFileSync(join(study, "deliveries/answers-2.csv"), "utf8")).toBe(qualtrics("2021-01-12"));
  });

  it("a file inside the study is named where it lies", () => {
    const { study, run } = setUp({ "study/raw/answers.csv": qualtrics("2021-01-12") });
    const { document } = run(["study/raw/answers.csv"], "--yes");
    expect(document.yaml).toContain("file: raw/answers.csv");
    expect(existsSync(join(study, "deliveries"))).toBe(false);
  });

  it("a study file that would be wrong is put back, and no copy stays", () => {
    const { study, text, run } = setUp({ "export/answers.csv": qualtrics("2021-01-12") });
    run(["export/answers.csv"], "--yes");
    const once = text();
    const { document } = run(["study/deliveries/answers.csv"], "--wave", "foer", "--yes");
    expect(document.problems).toMatchObject([{ code: "value-missing" }]);
    expect(text()).toBe(once);
    expect(readdirSync(join(study, "deliveries"))).toEqual(["answers.csv"]);
  });

  it("says after writing what a check would say", () => {
    const { study, path } = setUp({ "export/answers.csv": qualtrics("2021-01-12") });
    writeFileSync(
      join(study, "study.yaml"),
      studyText.replace("file: roster.csv", "file: roster.csv\n  where: { id: L101 }"),
    );
    const { stdout, stderr } = spejl("import", path("export/answers.csv"), study, "--yes", "--leader", "leder_id");
    expect(stdout).toContain("The study does not fit yet");
    expect(stderr).toContain("deliveries/answers.csv");
  });
});
