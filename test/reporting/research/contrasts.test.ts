import { describe, expect, it } from "vitest";
import { valueIn } from "../../../src/disclosure/published.ts";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import { equivalence } from "../../../src/estimation/inference/precision.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Plan, Study } from "../../../src/study/study.ts";
import { rowsOf, sectionOf, smallAt, words } from "../page/page-parts.ts";
import { analysis, estimateRow, measurements, plan, study, versions } from "./fixture.ts";

const modelOf = (found: Analysis = analysis, changed: Partial<Study> = {}) =>
  researchModel({ ...study, ...changed }, found, measurements, versions, "2019-12-21");
const pageOf = (found: Analysis = analysis, changed: Partial<Study> = {}, language: "da" | "en" = "da") =>
  renderResearch(modelOf(found, changed), language, reportAssets);
const withPlan = (changed: Partial<Plan>): Partial<Study> => ({ plan: { ...plan, ...changed } });

describe("arm against arm", () => {
  it("has the contrasts of the primary outcomes, never a difference of two rows", async () => {
    const moved = analysis.contrasts.map((each) => ({ ...each, estimate: 9.94, low: 8.01, high: 11.92 }));
    const rows = rowsOf(sectionOf(await pageOf({ ...analysis, contrasts: moved }), "contrasts"));
    expect(rows).toHaveLength(1 + 6);
    expect(rows[1]).toEqual([
      ...["Transformationsledelse", "Transformationstræning over for transaktionstræning", "+9,9", "8,0 til 11,9"],
      ...["0,0002", "3,0", "større", "som planlagt"],
    ]);
  });
  it("tells the joint test of all arms in a sentence", async () => {
    const part = words(sectionOf(await pageOf(), "contrasts"));
    expect(part).toContain(
      "Transformationsledelse, samlet test af, at ingen af de 3 arme adskiller sig fra kontrolgruppen: F(3; 231,6) = 16,42, p <\u00a00,0001.",
    );
    expect(words(sectionOf(await pageOf(analysis, {}, "en"), "contrasts"))).toContain("F(3, 231.6) = 14.24");
  });
  it("is not there with one training arm, and says where nothing could be had", async () => {
    expect(sectionOf(await pageOf({ ...analysis, contrasts: [] }), "contrasts")).toBe("");
    const none = { estimate: null, se: null, low: null, high: null, p: null, status: "not-identified" } as const;
    const page = await pageOf({ ...analysis, contrasts: analysis.contrasts.map((each) => ({ ...each, ...none })) });
    expect(sectionOf(page, "contrasts")).toBe("");
    expect(page).toContain("Træningsarmene parvis: ingen sammenligning");
  });
});

describe("an arm that is too small", () => {
  it.each([["endline"], ["baseline"]])("at %s stays hidden in contrasts and takes the joint test with it", (wave) => {
    const found = modelOf(smallAt(analysis, "combined", wave));
    for (const { arm, reference, numbers } of found.contrasts)
      expect(numbers.state).toBe([arm, reference].includes("combined") ? "suppressed" : "shown");
    expect(found.jointTests.map(({ numbers }) => numbers.state)).toEqual(["suppressed", "suppressed"]);
    expect(JSON.stringify(found.jointTests)).not.toContain("16.4");
  });
  it("at a wave between is hidden in the effects at that wave alone", () => {
    const found = modelOf(smallAt(analysis, "combined", "midway"));
    const own = found.effects.filter(({ arm, status }) => arm === "combined" && status === "estimated");
    for (const { wave, numbers } of own) expect(numbers.state).toBe(wave === "midway" ? "suppressed" : "shown");
    expect(own.some(({ wave }) => wave === "midway")).toBe(true);
  });
});

describe("what an estimate says of the smallest effect", () => {
  const verdictOf = (value: readonly [number, number]) => {
    const [estimate] = modelOf({ ...analysis, estimates: [estimateRow(plan.primary[0]!, "combined", value)] }).effects;
    return valueIn(estimate!.numbers)!.againstSmallest?.verdict;
  };
  it.each([
    ["beyond", [6, 1]],
    ["beyond", [-6, 1]],
    ["within", [0.3, 0.5]],
    ["undecided", [0.3, 2]],
    ["undecided", [3, 1]],
  ] as const)("is %s for an estimate and standard error of %j", (verdict, value) => {
    expect(verdictOf(value)).toBe(verdict);
  });
  it("is counted under the forest plot, where undecided is not called no effect", async () => {
    const page = words(await pageOf());
    expect(page).toContain(
      "Effekten er større end 2 point (95 % sikkerhed) i 4 af 6 primære sammenligninger og mindre i 0; hver af disse afgørelser er forkert i højst 5 % af tilfældene. I 2 kan tallene ikke afgøre det, og det er ikke det samme som ingen effekt.",
    );
  });
  it("is not said of an estimate without a margin of its own", async () => {
    const estimates = analysis.estimates.map((each) =>
      each.outcome === "gap" ? { ...each, equivalence: null, minimumDetectable: null } : each,
    );
    const rows = rowsOf(sectionOf(await pageOf({ ...analysis, estimates }), "estimates"));
    const without = rows.filter((row) => row.includes("estimeret") && row[10] === "–" && row[11] === "–");
    expect(without).toHaveLength(analysis.estimates.filter(({ outcome }) => outcome === "gap").length);
  });
  it("has no column where the plan names none", async () => {
    const page = await pageOf(
      { ...analysis, estimates: analysis.estimates.map((each) => ({ ...each, equivalence: null })) },
      withPlan({ smallestEffectOfInterest: null }),
    );
    expect(page).not.toContain("Mod mindste effekt");
    expect(page).toContain("Mindste sporbare effekt");
  });
  it("says how large an effect could have been missed where nothing is clear", async () => {
    const estimates = analysis.estimates.map((each) => {
      if (each.estimate === null) return each;
      const numbers = { estimate: 0.4, se: 1, df: 118.4, statistic: 0.4, p: 0.69, pRaw: null };
      const interval = { low: -1.6, high: 2.4, randomPart: null };
      const found = { ...numbers, ...interval };
      return {
        ...each,
        ...found,
        pAdjusted: 1,
        adjusted: { low: -2, high: 2.8 },
        equivalence: equivalence(found, 2, 0.95),
      };
    });
    const page = await pageOf({ ...analysis, estimates });
    expect(page).toContain(
      "Det betyder ikke, at der ingen effekt er: en effekt skulle være mindst 2,8 til 3,0 point for at blive fundet",
    );
  });
});

describe("the plan", () => {
  const deviating = (is: (each: Estimate) => boolean): Analysis => ({
    ...analysis,
    estimates: analysis.estimates.map((each) => ({ ...each, planned: is(each) ? "deviation" : "as-planned" })),
  });
  it("is held against every estimate and contrast, and the deviations are counted", async () => {
    const found = deviating(({ estimator, arm }) => estimator === "ancova" && arm === "combined");
    const count = found.estimates.filter(({ planned }) => planned === "deviation").length;
    const total = found.estimates.length + found.contrasts.length;
    const page = await pageOf(found);
    expect(words(sectionOf(page, "methods"))).toContain(
      `${total - count} af ${total} estimater er som planlagt; ${count} afviger.`,
    );
    expect(page).toContain("Plan: 3 af 9 estimater i figuren afviger fra analyseplanen, låst 20. maj 2018.");
    expect(rowsOf(sectionOf(page, "robustness-2"))[1]?.[0]).toContain("planens hovedmodel; afviger fra planen");
  });
  it("is not counted before it is locked", async () => {
    const open = { ...analysis, plan: { ...analysis.plan, locked: null } };
    const page = await pageOf(open);
    expect(sectionOf(page, "methods")).not.toContain("som planlagt;");
    expect(sectionOf(page, "contrasts")).not.toContain("ingen låst plan");
  });
  it("names its correction for several tests", async () => {
    const page = await pageOf(analysis, withPlan({ multiplicity: "romano-wolf" }), "en");
    expect(page).toContain("p after Romano–Wolf");
    expect(page).toContain("after the correction of Romano and Wolf");
    expect(page).not.toContain("Holm");
  });
  it("tells how mixed models are fitted, who counts as trained, and how many draws there were", async () => {
    const warnings = [{ code: "p-from-draws", names: ["rademacher"], count: 9999 }] as const;
    const estimates = analysis.estimates.map((each, index) => (index === 0 ? { ...each, warnings } : each));
    const settings = withPlan({
      robustness: ["mixed", "complier", "wild-bootstrap"],
      mixed: { likelihood: "REML", df: "kenward-roger" },
      trainedFrom: 6,
    });
    const part = words(sectionOf(await pageOf({ ...analysis, estimates }, settings), "methods"));
    expect(part).toContain("REML, frihedsgrader efter Kenward–Roger");
    expect(part).toContain("fra 6 fremmøder");
    expect(part).toContain("Trækninger bag p 9.999");
  });
});
