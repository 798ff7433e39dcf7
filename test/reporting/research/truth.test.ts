import { describe, expect, it } from "vitest";
import { valueIn } from "../../../src/disclosure/published.ts";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import { adjustedInterval } from "../../../src/estimation/inference/precision.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { researchFinding } from "../../../src/reporting/research/finding.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { researchVoice } from "../../../src/reporting/research/voice.ts";
import { normalTwoTail } from "../../../src/stats/distribution/distributions.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Study } from "../../../src/study/study.ts";
import { rowsOf, words } from "../page/page-parts.ts";
import { analysis, estimateRow, invarianceSteps, measurements, plan, study, versions } from "./fixture.ts";

const modelOf = (found: Analysis = analysis, changed: Partial<Study> = {}) =>
  researchModel({ ...study, ...changed }, found, measurements, versions, "2019-12-21");
const pageOf = (found: Analysis = analysis, changed: Partial<Study> = {}, language: "da" | "en" = "da") =>
  renderResearch(modelOf(found, changed), language, reportAssets);
/** A section or figure of a page by its id; empty where the page has none. */
const partOf = (page: string, id: string): string =>
  page.match(new RegExp(`<(section|figure) id="${id}".*?</\\1>`, "s"))?.[0] ?? "";
const arms = ["transactional", "transformational", "combined"] as const;

/** Six effects whose plain intervals all omit zero, of which the correction leaves none. */
const barely = (): Analysis => ({
  ...analysis,
  estimates: plan.primary.flatMap((outcome) =>
    arms.map((arm) => {
      const row = estimateRow(outcome, arm, [2.2, 1]);
      return { ...row, pAdjusted: 0.18, adjusted: adjustedInterval(row, 0.18, plan.confidence) };
    }),
  ),
});

describe("one rule for what is clear", () => {
  it("has headline, forest and what is written beside it say the same where the correction takes an effect away", async () => {
    const found = barely();
    expect(found.estimates.every(({ low }) => low! > 0)).toBe(true);
    const model = modelOf(found);
    const { title } = researchFinding(model, researchVoice(model, "da", reportAssets));
    expect(title).toBe("Ingen statistisk sikker forskel i forhold til kontrolgruppen");
    const forest = partOf(await pageOf(found), "effects");
    expect(words(forest)).toContain("Alle 6 konfidensintervaller omfatter nul");
    expect(words(forest)).toContain("+2,2 (−0,5 til 4,9)");
    expect(words(forest)).toContain("De 6 intervaller for primære effektmål er efter Holms korrektion");
    expect(rowsOf(forest)[1]).toContain("0,2 til 4,2");
  });
  it("lets the corrected p decide where p comes from draws, and says so", async () => {
    const drawn = barely().estimates.map((each) => ({ ...each, df: null, adjusted: null }));
    const model = modelOf({ ...analysis, estimates: drawn });
    const { title } = researchFinding(model, researchVoice(model, "da", reportAssets));
    expect(title).toBe("Ingen statistisk sikker forskel i forhold til kontrolgruppen");
    const forest = words(partOf(await pageOf({ ...analysis, estimates: drawn }), "effects"));
    expect(forest).toContain("0 af 6 forskelle til kontrolgruppen er statistisk sikre");
    expect(forest).toContain("Intervallerne i figuren er ikke korrigeret");
  });
  it("has the band of the smallest effect go by the interval that is drawn", () => {
    const row = estimateRow(plan.primary[0]!, "combined", [4.2, 1]);
    const adjusted = { ...row, adjusted: { low: 1.4, high: 7 } };
    expect(row.low!).toBeGreaterThan(2);
    const verdict = (each: typeof row) => {
      const [effect] = modelOf({ ...analysis, estimates: [each] }).effects;
      return effect ? valueIn(effect.numbers)?.againstSmallest?.verdict : null;
    };
    expect(verdict({ ...row, adjusted: null })).toBe("beyond");
    expect(verdict(adjusted)).toBe("undecided");
  });
});

describe("a count of findings says what chance would give", () => {
  it.each([
    ["effects", "i højst 5\u00a0% af sådanne undersøgelser"],
    ["effects", "De øvrige 3 er ikke korrigeret. Tilfældet alene ville give omkring 0,2 af 3."],
    ["arrows", "Tilfældet alene ville give omkring 0,2 af 4."],
    ["waves", "Tilfældet alene ville give omkring 0,3 af 6."],
    ["contrasts", "Tilfældet alene ville give omkring 0,3 af 6."],
    ["chains", "Tilfældet alene ville give omkring 0,2 af 3."],
    ["bounds", "Tilfældet alene ville give højst omkring 0,3 af 6."],
    ["ratings", "Tilfældet alene ville give omkring 7,7 af 154."],
    ["moved", "Tilfældet alene ville give omkring 0,3 af 6."],
  ])("in %s", async (id, sentence) => {
    expect(words(partOf(await pageOf(), id))).toContain(sentence);
  });
  it("in the first sentences", () => {
    const model = modelOf();
    expect(researchFinding(model, researchVoice(model, "en", reportAssets)).lede).toContain(
      "If there were no true differences, at least one would come up by chance in at most 5% of such studies.",
    );
  });
  it("of differences before training, from the leaders in the arms", async () => {
    const sizes: Readonly<Record<string, number>> = { transactional: 141, transformational: 139, combined: 142 };
    const chance = arms.map((arm) => normalTwoTail(0.1 / Math.sqrt(1 / sizes[arm]! + 1 / 138)));
    const expected = (3 * chance.reduce((sum, each) => sum + each, 0)).toFixed(1).replace(".", ",");
    const part = words(partOf(await pageOf(), "balance"));
    expect(part).toContain(`op til omkring ${expected} af 9 forskelle over 0,1; fundet er 3.`);
  });
});

describe("the flow", () => {
  const without = (more: Partial<Analysis> = {}): Analysis => ({
    ...analysis,
    flow: { arms: analysis.flow.arms.map((flow) => ({ ...flow, analysed: { leaders: 0, employees: 0 } })) },
    ...more,
  });
  it("counts leaders with answers in a study without arms", async () => {
    const found = without({ estimates: [], arrows: [], balance: [] });
    const plain = { ...found, flow: { arms: [{ ...found.flow.arms[0]!, arm: null }] } };
    const part = words(partOf(await pageOf(plain, { arms: [], figure: null }), "flow"));
    expect(part).toContain("124 af 138 ledere har svar i målingen “Efter”");
    expect(part).not.toMatch(/\b0 af \d|: 0 ledere|skjult/);
  });
  it("says nothing of an analysis where there is none", async () => {
    const part = words(partOf(await pageOf(without({ estimates: [] })), "flow"));
    expect(part).toContain("af 560 ledere har svar i målingen “Efter”");
    expect(part).not.toMatch(/\b0 af \d|indgår i analysen|Analyseret/);
  });
  it("does not count an arm that is hidden as nobody", async () => {
    const small = analysis.flow.arms.map((flow) =>
      flow.arm === "combined"
        ? { ...flow, waves: flow.waves.map((wave) => ({ ...wave, measured: 1, underThreshold: 1, employees: 9 })) }
        : flow,
    );
    const part = words(partOf(await pageOf({ ...analysis, flow: { arms: small } }), "flow"));
    expect(part).toContain("380 af 418 ledere i de viste arme indgår i analysen");
  });
  it("says who was lost in words, with the count first", async () => {
    const part = words(partOf(await pageOf(), "flow"));
    expect(part).toContain("Frafald: 14 (12 ikke længere ledere, 2 uden svar)");
    expect(part).toContain("Frafald: 2 (uden svar)");
  });
});

describe("the words", () => {
  const invariance = [
    ...analysis.invariance,
    ...invarianceSteps({ scale: "transformational", over: "rater", rater: null, wave: "endline" }, [
      { group: "self", n: 154 },
      { group: "employee", n: 1119 },
    ]),
  ];
  const attrition: Analysis["attrition"] = ["control", ...arms].map((arm) => ({
    ...{ arm, wave: "endline", leaders: 140, lost: 12, share: 0.0857, p: 0.007, status: "estimated" },
  }));
  const warnings = [{ code: "covariate-after-training", names: ["gender"], count: 0 }] as const;
  const estimates = analysis.estimates.map((each) => ({ ...each, warnings }));
  const full = { ...analysis, invariance, attrition, estimates } as unknown as Analysis;
  it.each([
    [
      "da",
      [
        "uden om nul",
        "Sikker forskel til",
        "p er testet",
        "p 0,",
        "ikke leder i perioden",
        "faldet tilfældigt fra",
        "Arm mod arm",
        "[Uu]dfald",
        "samlet i klynger",
        "uden huller",
        "Spredning",
        "med sikkerhed",
        "ændrede sig [−+]",
        "så det kan selv være påvirket",
        "\\(\\d[\\d,]*–\\d[\\d,]*\\)",
      ],
      ["p = 0,007", "<\u00a00,0001", "klyngerobuste (klynge: leder)", "fuldstændige svar", "Standardafvigelse"],
    ],
    [
      "en",
      [
        "exclude zero",
        "excludes zero",
        "Clear difference from",
        "p 0\\.",
        "not a leader at the time",
        "Arm against arm",
        "answers without gaps",
        "surely",
        "clustered by leader",
        "it may itself be affected",
        "changed by [−+]",
        "\\(\\d[\\d.]*–\\d[\\d.]*\\)",
      ],
      ["cluster-robust (cluster: leader)", "complete answers", "Standard deviation"],
    ],
  ] as const)("are those of the field, in %s", async (language, not, but) => {
    const found = full.jointTests.map((each) => ({ ...each, p: each.outcome === "transactional" ? 0.007 : each.p }));
    const page = await pageOf({ ...full, jointTests: found }, {}, language);
    const text = words(page.replace(/<style>[\s\S]*?<\/style>/, ""));
    for (const old of not) expect(text.match(new RegExp(`.{0,60}${old}.{0,30}`))?.[0] ?? "", old).toBe("");
    for (const part of but) expect(text.includes(part), part).toBe(true);
  });
  it("stand in a page without style attributes", async () => {
    expect((await pageOf()).match(/<[^>]* style="[^"]*"/)?.[0] ?? "").toBe("");
  });
});
