import { describe, expect, it } from "vitest";
import type { Subgroup, SubgroupEffect, SubgroupNumbers } from "../../../src/estimation/inference/subgroup.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Covariate, Study } from "../../../src/study/study.ts";
import { analysis, measurements, study, versions } from "./fixture.ts";

const text = (da: string, en: string) => ({ da, en });
const covariates: readonly Covariate[] = [
  {
    ...{ id: "gender", name: text("Køn", "Gender"), from: "roster", kind: "categorical" },
    values: [
      { code: "1", label: text("Kvinde", "Woman") },
      { code: "2", label: text("Mand", "Man") },
      { code: "3", label: text("Andet", "Other") },
    ],
  },
  { ...{ id: "tenure", name: text("Anciennitet", "Tenure"), from: "roster", kind: "numeric" }, low: 0, high: 50 },
];
const withCovariates: Study = { ...study, covariates };

const numbers = (estimate: number): SubgroupNumbers => ({
  ...{ estimate, se: 1, df: 40, p: 0.02, low: estimate - 2.02, high: estimate + 2.02, status: "estimated" },
});
const level = (code: string, estimate: number, arm: number, reference = 60): SubgroupEffect => ({
  ...numbers(estimate),
  ...{ level: code, value: null, units: { arm, reference } },
});
const byGender = (effects: readonly SubgroupEffect[], more: Partial<Subgroup> = {}): Subgroup => ({
  ...{ outcome: "transformational", rater: "employee", wave: "endline", arm: "combined", reference: "control" },
  ...{ covariate: "gender", effects },
  differences: effects.slice(1).map((effect) => ({
    ...numbers(effect.estimate! - effects[0]!.estimate!),
    ...{ level: effect.level, against: effects[0]!.level },
  })),
  ...{ f: 4.567, df1: effects.length - 1, df2: 38.24, p: 0.0388, pAdjusted: 0.0776, leaders: 280, respondents: 3300 },
  ...{ status: "estimated", planned: "as-planned", warnings: [] },
  ...more,
});
const two = byGender([level("1", 7.31, 70), level("2", 3.14, 64)]);
const tenure = byGender(
  [
    { ...numbers(4.44), level: "low", value: 3.213, units: null },
    { ...numbers(6.66), level: "high", value: 17.049, units: null },
  ],
  { covariate: "tenure", f: 0.81, p: 0.3712, pAdjusted: 0.3712 },
);

const modelOf = (subgroups: readonly Subgroup[], from = analysis) =>
  researchModel(withCovariates, { ...from, subgroups }, measurements, versions, "2019-12-21");
const words = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ")
    .trim();
const pageOf = (subgroups: readonly Subgroup[], language: "da" | "en", from = analysis): Promise<string> =>
  renderResearch(modelOf(subgroups, from), language, reportAssets);
/** The figure as it reads, and apart from it the lines of its table. */
const figureOf = async (subgroups: readonly Subgroup[], language: "da" | "en" = "en", from = analysis) => {
  const page = await pageOf(subgroups, language, from);
  const markup = page.match(/<(section|figure)[^>]* id="subgroups".*?<\/\1>/s)?.[0] ?? "";
  const lines = [...markup.matchAll(/<tr>.*?<\/tr>/gs)].map(([line]) => words(line));
  return { all: words(markup), title: words(markup.match(/<h2.*?<\/h2>/s)?.[0] ?? ""), lines: lines.slice(1), page };
};

describe("effects by subgroup", () => {
  it("stand with their differences and the test of these", async () => {
    const { lines } = await figureOf([two, tenure]);
    const [woman, man, low, high] = lines;
    expect(lines).toHaveLength(4);
    expect(woman).toBe(
      "Transformational leadership (employees' answers), by gender Combined training Woman +7.3 (5.3 to 9.3) – F(1; 38.2) = 4.57 0.039 0.078",
    );
    expect(man).toContain("Man +3.1 (1.1 to 5.2) −4.2 (−6.2 to −2.1) F(1; 38.2) = 4.57");
    expect(low).toContain("low (3.2) +4.4");
    expect(high).toContain("high (17.0) +6.7 (4.6 to 8.7) +2.2 (0.2 to 4.2)");
  });
  it("are not said to differ where only the uncorrected test, or only one interval, says so", async () => {
    const { title, all } = await figureOf([two, tenure]);
    expect(title).toContain("Effects do not differ clearly by gender and tenure");
    expect(all).toContain(
      "Before correction p is below 0.05 in 1 of 2 tests; after Holm's correction for all tests of subgroups, in 0.",
    );
    expect(all).toContain("chance alone would give about 0.1 before correction");
    expect(all).toContain("by gender, in combined training: p = 0.078 after correction");
  });
  it("name no smallest p where none is below the level", async () => {
    const { all } = await figureOf([tenure]);
    expect(all).toContain("below 0.05 in 0 of 1 tests");
    expect(all).not.toContain("The smallest p is");
  });
  it("are headed by the arm where the page is narrow", async () => {
    const { page } = await figureOf([two]);
    expect(page).toMatch(/by gender:\s*(<[^>]*>\s*)*combined\s+training/);
    expect(page.includes("Combined training: woman")).toBe(false);
    expect(page.includes("Combined training: Woman")).toBe(true);
  });
  it("are said to differ where the corrected test says so", async () => {
    const { title } = await figureOf([{ ...two, p: 0.01, pAdjusted: 0.0499 }, tenure]);
    expect(title).toContain("Effects differ clearly between subgroups in 1 of 2 tests");
    expect(title).not.toContain("Exploratory");
  });
  it.each(["deviation", "locked-after-answers", null] as const)(
    "are exploratory where a row is %s",
    async (planned) => {
      const { title } = await figureOf([two, { ...tenure, planned }]);
      expect(title).toContain("Exploratory: effects do not differ clearly");
    },
  );
  it("speak Danish", async () => {
    const { title, all, lines } = await figureOf([two, tenure], "da");
    expect(title).toContain("Effekterne er ikke tydeligt forskellige efter køn og anciennitet");
    expect(all).toContain(
      "Før korrektion er p under 0,05 i 1 af 2 test; efter Holms korrektion for alle test af undergrupper i 0.",
    );
    expect(lines[0]).toBe(
      "Transformationsledelse (medarbejdernes svar), efter køn Kombineret træning Kvinde +7,3 (5,3 til 9,3) – F(1; 38,2) = 4,57 0,039 0,078",
    );
  });
  it("are no part of a report whose plan names none", async () => {
    const page = await pageOf([], "en");
    expect(page.includes('id="subgroups"')).toBe(false);
    expect(page.includes("Effects by subgroup")).toBe(false);
  });
  it("tell why there is no test where none could be estimated", async () => {
    const none = byGender([], {
      ...{ f: null, df1: null, df2: null, p: null, pAdjusted: null },
      status: "no-variation",
    });
    const { page } = await figureOf([none]);
    expect(page.includes('id="subgroups"')).toBe(false);
    expect(page.includes("no subgroup could be estimated, or they are too small")).toBe(true);
  });
});

describe("a subgroup that is too small", () => {
  it("is hidden with its sibling, their difference and the test of it", async () => {
    const small = byGender([level("1", 7.31, 70), level("2", 3.14, 4)]);
    const [row] = modelOf([small]).subgroups;
    expect(row!.levels.map(({ numbers }) => numbers.state)).toEqual(["suppressed", "suppressed"]);
    expect(row!.levels[1]!.difference!.numbers.state).toBe("suppressed");
    expect(row!.test.state).toBe("suppressed");
    expect(JSON.stringify(row)).not.toMatch(/7\.3|3\.1|4\.17|4\.57|0\.03/);
    const { all, lines, page } = await figureOf([small, tenure]);
    expect(lines[0]).toContain("Woman hidden – hidden hidden hidden");
    expect(all).toContain("Subgroups that are too small are hidden");
    expect(page.includes("+7.3")).toBe(false);
  });
  it.each([
    ["the arm", 4, 60],
    ["the control arm", 60, 4],
  ])("is so by the units of %s", (_, arm, reference) => {
    const row = modelOf([byGender([level("1", 7.31, 70), level("2", 3.14, arm, reference)])]).subgroups[0]!;
    expect(row.levels[0]!.numbers.state).toBe("suppressed");
  });
  it("may be shown from five units on", () => {
    const row = modelOf([byGender([level("1", 7.31, 70), level("2", 3.14, 5, 5)])]).subgroups[0]!;
    expect(row.levels.map(({ numbers }) => numbers.state)).toEqual(["shown", "shown"]);
    expect(row.test.state).toBe("shown");
  });
  it("hides its sibling also where it has no estimate of its own", () => {
    const none = { estimate: null, se: null, df: null, p: null, low: null, high: null, status: "too-few-leaders" };
    const alone: SubgroupEffect = { ...level("2", 0, 1), ...none, status: "too-few-leaders" };
    const row = modelOf([byGender([level("1", 7.31, 70), alone])]).subgroups[0]!;
    expect(row.levels[0]!.numbers.state).toBe("suppressed");
  });
  it("takes of three the smaller of the others with it", () => {
    const row = modelOf([byGender([level("1", 7.31, 70, 80), level("2", 3.14, 64, 80), level("3", 5.5, 2)])])
      .subgroups[0]!;
    expect(row.levels.map(({ numbers }) => numbers.state)).toEqual(["shown", "suppressed", "suppressed"]);
    expect(row.test.state).toBe("suppressed");
  });
  it("is none where nobody has that value", () => {
    const row = modelOf([byGender([level("1", 7.31, 70), level("2", 3.14, 64), level("3", 5.5, 0, 0)])]).subgroups[0]!;
    expect(row.levels.slice(0, 2).map(({ numbers }) => numbers.state)).toEqual(["shown", "shown"]);
  });
});

describe("an arm that is too small", () => {
  const flow = (small: string) => ({
    ...analysis,
    flow: {
      arms: analysis.flow.arms.map((arm) =>
        arm.arm === small
          ? { ...arm, waves: arm.waves.map((wave) => ({ ...wave, measured: 2, underThreshold: 0 })) }
          : arm,
      ),
    },
  });
  it.each(["combined", "control"])("has no effects by subgroup: %s", async (small) => {
    const row = modelOf([two], flow(small)).subgroups[0]!;
    expect([...row.levels.map(({ numbers }) => numbers.state), row.test.state]).toEqual(
      Array.from({ length: 3 }, () => "suppressed"),
    );
  });
  it("has none of a model with too few leaders or answers", () => {
    for (const few of [{ leaders: 5 }, { respondents: 9 }])
      expect(modelOf([{ ...tenure, ...few }]).subgroups[0]!.levels[0]!.numbers.state).toBe("suppressed");
  });
});
