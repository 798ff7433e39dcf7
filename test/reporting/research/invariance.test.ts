import { describe, expect, it } from "vitest";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { analysis, invarianceSteps, measurements, study, versions } from "./fixture.ts";

const modelOf = (found = analysis) => researchModel(study, found, measurements, versions, "2019-12-21");
const pageOf = (found = analysis, language: "da" | "en" = "da") =>
  renderResearch(modelOf(found), language, reportAssets);
const words = (markup: string): string => markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
const statementOf = (page: string): string => page.match(/<section id="invariance".*?<details/s)?.[0] ?? "";
const waves = [
  { group: "baseline", n: 1411 },
  { group: "endline", n: 1119 },
];
const overTime = { scale: "transformational", over: "wave", rater: "employee", wave: null } as const;

describe("whether the scales measure the same", () => {
  it("is told in one line before the first figure, with a link to the tests in the appendix", async () => {
    const page = await pageOf();
    const line = page.slice(0, page.indexOf("<figure")).match(/<p class="sub invariance">(.*?)<\/p>/)?.[1] ?? "";
    expect(words(line)).toContain("1 af 2 skalaer måler ikke det samme over tid og i alle arme.");
    expect(line).toContain('href="#invariance"');
    expect(page.indexOf('<section id="invariance"')).toBeGreaterThan(page.indexOf('id="appendix-part"'));
  });
  it("is told in words that a reader without the method knows", async () => {
    for (const language of ["da", "en"] as const)
      expect(words(statementOf(await pageOf(analysis, language)))).not.toMatch(
        /CFI|RMSEA|invarian|konfigur|configural|metri[sc]|skalar|scalar|ladning|loading|chi/i,
      );
  });
  it("names the scales that do and those that are not shown to", async () => {
    const told = words(statementOf(await pageOf()));
    expect(told).toContain("1 af 2 skalaer måler ikke det samme over tid og i alle arme");
    expect(told).toContain(
      "Over tid, medarbejdernes svar: Ens for transformationsledelse. Ikke ens for transaktionsledelse.",
    );
    expect(told).toContain("Læs den forskel med forbehold.");
  });
  it("is told without reservation where every test holds", async () => {
    const told = words(statementOf(await pageOf({ ...analysis, invariance: invarianceSteps(overTime, waves) }, "en")));
    expect(told).toContain("The scale measures the same over time");
    expect(told).not.toContain("caution");
  });
  it("names the survey rounds where the arms differ", async () => {
    const head = { scale: "transformational", over: "arm", rater: "employee", wave: "midway" } as const;
    const groups = study.arms.map(({ id }) => ({ group: id, n: 300 }));
    const found = { ...analysis, invariance: invarianceSteps(head, groups, 0.02) };
    expect(words(statementOf(await pageOf(found)))).toContain("Ikke ens for transformationsledelse (midtvejs).");
  });
  it("is left open where the fit changes within chance, and nothing differs then", async () => {
    const open = invarianceSteps(overTime, waves, 0.02).map((step) =>
      step.level === "scalar" ? { ...step, changeP: 0.08, holds: null } : step,
    );
    const told = words(statementOf(await pageOf({ ...analysis, invariance: open })));
    expect(told).toContain("0 af 1 skalaer er vist at måle det samme over tid, ingen at måle forskelligt");
    expect(told).toContain("Kan ikke afgøres for transformationsledelse.");
    expect(told).not.toContain("forbehold");
  });
  it("is not claimed where a model did not converge", () => {
    const steps = invarianceSteps(overTime, waves).map((step) =>
      step.level === "scalar"
        ? { ...step, cfi: null, rmsea: null, holds: null, status: "not-converged" as const }
        : step,
    );
    const [row] = modelOf({ ...analysis, invariance: steps }).invariance;
    expect([row?.status, row?.fit.state]).toEqual(["not-converged", "suppressed"]);
  });
  it("keeps the change of CFI in the table where RMSEA has none to compare with", async () => {
    const steps = invarianceSteps(overTime, waves).map((step) =>
      step.level === "metric" ? { ...step, changeRmsea: null } : step,
    );
    const page = words(await pageOf({ ...analysis, invariance: steps }));
    expect(page).toContain("0,991 / 0,031 0,000 / – 0,990 / 0,031");
  });
  it("has every test in the table", async () => {
    const page = await pageOf();
    const table = page.slice(page.indexOf('<section id="invariance"'));
    const rows = [...table.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map(([row]) => words(row!).trim());
    expect(rows.slice(0, 2)).toEqual([
      "Transformationsledelse medarbejdernes svar – gennemsnit 0,991 / 0,031 0,991 / 0,031 0,000 / 0,000 0,990 / 0,031 −0,001 / 0,000 Før 1.411; Efter 1.119",
      "Transaktionsledelse medarbejdernes svar – sammenhænge, ikke gennemsnit 0,991 / 0,031 0,991 / 0,031 0,000 / 0,000 0,968 / 0,031 −0,023 / 0,000 Før 1.411; Efter 1.119",
    ]);
  });
});

describe("a fit that may not be shown", () => {
  it("is one of fewer than thirty answers", () => {
    const few = invarianceSteps(overTime, [{ group: "baseline", n: 29 }, waves[1]!]);
    expect(modelOf({ ...analysis, invariance: few }).invariance[0]?.fit.state).toBe("suppressed");
  });
  it("is one between arms, where one of them is too small", () => {
    const flow = {
      arms: analysis.flow.arms.map((each) =>
        each.arm === "combined"
          ? { ...each, waves: each.waves.map((wave) => ({ ...wave, measured: 2, underThreshold: 0 })) }
          : each,
      ),
    };
    const rows = modelOf({ ...analysis, flow }).invariance;
    expect(rows.filter(({ over }) => over === "arm").every(({ fit }) => fit.state === "suppressed")).toBe(true);
    expect(rows.filter(({ over }) => over === "wave").every(({ fit }) => fit.state === "shown")).toBe(true);
  });
});
