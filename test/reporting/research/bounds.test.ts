import { describe, expect, it } from "vitest";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { rowsOf, sectionOf, smallAt, words } from "../page/page-parts.ts";
import { analysis, estimateRow, measurements, plan, study, versions } from "./fixture.ts";

const modelOf = (found: Analysis) => researchModel(study, found, measurements, versions, "2019-12-21");
const pageOf = (found: Analysis = analysis, language: "da" | "en" = "da"): Promise<string> =>
  renderResearch(modelOf(found), language, reportAssets);

describe("bounds under attrition", () => {
  it("have a row for each primary outcome and arm, and count the intervals that exclude zero", async () => {
    const part = sectionOf(await pageOf(), "bounds");
    expect(rowsOf(part)).toHaveLength(1 + 6);
    expect(rowsOf(part)[2]).toEqual([
      ...[
        "Transformationsledelse",
        "Efter",
        "Transformationstræning",
        "251 af 278",
        "Transformationstræning, 4,6\u00a0%",
      ],
      ...["5,7 til 8,3", "3,9 til 10,1"],
    ]);
    expect(words(part)).toContain("4 af 6 intervaller omfatter ikke nul");
  });
  it("are told in whole points where so few leaders are trimmed that the ends would tell of them", async () => {
    const rows = rowsOf(sectionOf(await pageOf(), "bounds"));
    expect(rows.filter(([, , arm]) => arm === "Kombineret træning").map((row) => row.slice(5))).toEqual([
      ["4 til 7", "3 til 9"],
      ["4 til 7", "2 til 8"],
    ]);
    expect(JSON.stringify(modelOf(analysis).bounds)).not.toContain("4.5");
  });
  it("are hidden with an arm that is too small, and with the control arm all of them", () => {
    for (const { arm, numbers } of modelOf(smallAt(analysis, "combined", "endline")).bounds)
      expect(numbers.state).toBe(arm === "combined" ? "suppressed" : "shown");
    const without = modelOf(smallAt(analysis, "control", "endline"));
    expect(without.bounds.every(({ numbers }) => numbers.state === "suppressed")).toBe(true);
  });
  it("are not there where no leader was lost", async () => {
    const bounds = analysis.bounds.map((each) => ({ ...each, leaders: each.randomised, trimmed: 0, trimmedArm: null }));
    expect(sectionOf(await pageOf({ ...analysis, bounds }), "bounds")).toBe("");
  });
});

describe("chains of effects", () => {
  it("are labelled exploratory, with what they rest on", async () => {
    const part = sectionOf(await pageOf(), "chains");
    expect(words(part)).toContain("Eksplorativt: 3 af 3 indirekte effekter har et interval, der ikke omfatter nul");
    expect(words(part)).toContain("Der er ikke trukket lod om mellemleddet.");
    expect(words(part)).not.toContain("samme måling");
    expect(rowsOf(part)[1]).toEqual([
      "Transformationsledelse (“Midtvejs”) til forskel mellem leder og medarbejdere (“Efter”)",
      ...["Transaktionstræning", "−0,7 (−1,4 til −0,2)", "+3,5", "−0,21", "−2,4", "251"],
    ]);
  });
  it("say that the order is assumed where both are of one wave", async () => {
    const mediation = analysis.mediation.map((each) => ({ ...each, mediatorWave: "endline" }));
    expect(sectionOf(await pageOf({ ...analysis, mediation }, "en"), "chains")).toContain("their order is assumed");
  });
  it.each(["midway", "endline"])("hide an arm that is too small at %s", (wave) => {
    for (const { arm, numbers } of modelOf(smallAt(analysis, "combined", wave)).chains)
      expect(numbers.state).toBe(arm === "combined" ? "suppressed" : "shown");
  });
  it("are not there where the plan names none", async () => {
    expect(sectionOf(await pageOf({ ...analysis, mediation: [] }), "chains")).toBe("");
  });
});

describe("the effect on participants", () => {
  it("is told apart from the other estimators, and never called far from the main model", async () => {
    const own = plan.primary.flatMap((outcome) =>
      ["transactional", "transformational", "combined"].map((arm) =>
        estimateRow(outcome, arm, [19.5, 3], { estimator: "complier", pAdjusted: null }),
      ),
    );
    const found = { ...analysis, estimates: [...analysis.estimates, ...own] };
    const changed = { ...study, plan: { ...plan, robustness: [...plan.robustness, "complier" as const] } };
    const page = await renderResearch(
      researchModel(changed, found, measurements, versions, "2019-12-21"),
      "da",
      reportAssets,
    );
    const part = words(sectionOf(page, "robustness-2"));
    expect(part).toContain("Effekten for deltagere er en anden størrelse");
    expect(part).not.toContain("Længst fra hovedmodellen ligger effekt for deltagere");
    expect(part).toContain("+19,5");
  });
});
