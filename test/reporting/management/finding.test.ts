import { describe, expect, it } from "vitest";
import { managementFinding } from "../../../src/reporting/management/finding.ts";
import { voiceFrom } from "../../../src/reporting/management/pen.ts";
import { bare } from "../../../src/reporting/page/source.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Outcome, Study } from "../../../src/study/study.ts";
import { words } from "../page/page-parts.ts";
import { analysis, estimateRow, plan, study } from "../research/fixture.ts";
import { effectsOf, facts, has, lacks, model, modelOf, pageOf, smallArm, without } from "./fixture.ts";

const finding = (found: ReturnType<typeof modelOf>) => {
  const { title, lede } = managementFinding(found, voiceFrom(found, "en", reportAssets));
  return { title: bare(title), lede: bare(lede) };
};
const title = (found: ReturnType<typeof modelOf>) => finding(found).title;
const scored = (values: readonly number[]) => effectsOf(values.map((value) => [value, 1] as const));

describe("the heading is true from the numbers", () => {
  it.each([
    [[6, 7, 8], "More transformational leadership among trained leaders"],
    [[-6, -7, -8], "Less transformational leadership among trained leaders"],
    [[6, 0.2, 8], "More transformational leadership after transactional training and combined training"],
    [
      [6, -7, 8],
      "More transformational leadership after transactional training and combined training; less transformational leadership after transformational training",
    ],
    [[0.3, 0.2, -0.8], "No statistically significant difference between trained leaders and the control group"],
    [[2.1, 2.1, -2.1], "No statistically significant difference between trained leaders and the control group"],
  ])("%s", (values, expected) => {
    expect(title(modelOf({}, facts, scored(values)))).toBe(expected);
  });
  it("speaks of all primary outcomes, and of a count where they are too many for a heading", () => {
    expect(title(model)).toBe(
      "More transformational leadership among trained leaders; more transactional leadership after transactional training and combined training",
    );
  });
  it("calls no difference the training's where nobody drew, or where arms answered unevenly", () => {
    const undrawn = { ...analysis, allocation: { ...analysis.allocation!, randomised: false } };
    const silent = analysis.flow.arms.map(({ arm }) => ({
      arm: arm!,
      wave: "endline",
      leaders: 100,
      withoutHeadcount: 0,
      beyondHeadcount: 0,
      invited: 1000,
      answered: 700,
      share: 0.7,
      difference: null,
      p: 0.001,
      status: "estimated" as const,
    }));
    for (const [found, why] of [
      [undrawn, "not drawn by chance"],
      [{ ...analysis, response: silent }, "did not answer equally often"],
    ] as const) {
      const { title: heading, lede } = finding(modelOf({}, facts, found));
      expect(heading).toMatch(/^Statistically significant difference .* in \d of 6 comparisons$/);
      expect(lede).toContain(why);
    }
  });
  it("gives a count where there is more to say than a heading holds", () => {
    const name = "Leadership that shows the way and asks for the opinion of everybody before it decides anything";
    const scales = study.instrument.scales.map((scale) => ({ ...scale, name: { da: name, en: name } }));
    const found = modelOf({ instrument: { ...study.instrument, scales } });
    expect(title(found)).toBe("Statistically significant difference from the control group in 5 of 6 comparisons");
  });
  it("does not speak of all trained leaders where an arm is hidden", () => {
    const found = modelOf({}, smallArm("combined", "endline"), scored([6, 7, 8]));
    expect(title(found)).toBe("More transformational leadership after transactional training");
  });
  it("counts the same in heading, key numbers and figure", async () => {
    const page = words(await pageOf(model));
    has(page, "Statistically significant difference from the control group in 5 of 6 comparisons");
    has(page, "Statistically significant differences from the control group 5 of 6");
    has(page, "Statistically significant differences from the control group in the latest survey round: 5 of 6.");
  });
  it("says how its count allows for chance", () => {
    has(finding(model).lede, "adjusted for the number of comparisons (Holm)");
  });
});

describe("outcomes that others than employees answer", () => {
  const with_ = (outcome: Outcome): Partial<Study> => ({ plan: { ...plan, primary: [outcome] } });
  const of = (outcome: Outcome, value: number) =>
    modelOf(with_(outcome), facts, {
      ...analysis,
      estimates: [estimateRow(outcome, "combined", [value, 1])],
    });
  it.each([
    [{ scale: "transformational", rater: "self" }, 6, "More transformational leadership in leaders' own answers"],
    [{ scale: "transformational", rater: "indicator" }, -6, "Lower numbers for transformational leadership"],
    [{ scale: "gap", rater: null }, -6, "Lower numbers for difference between leader and employees"],
  ] as const)("%j", async (outcome, value, expected) => {
    const found = of(outcome, value);
    expect(title(found)).toBe(`${expected} among trained leaders`);
    const page = await pageOf(found);
    has(page, "no primary outcome that employees answer");
    lacks(page, /undefined|NaN|Too few answers/);
  });
  it("is never called hidden for want of an outcome", async () => {
    const own = modelOf({ plan: { ...plan, primary: [] } }, facts, { ...analysis, estimates: [] });
    expect(title(own)).toBe("At least 5,040 employees' answers in the latest survey round");
    lacks(await pageOf(own), /Too few answers|undefined|NaN/);
  });
});

describe("a study without arms", () => {
  const plain = modelOf(
    { arms: [], figure: null },
    without(({ grouping }) => grouping === "arm"),
    { ...analysis, estimates: [] },
  );
  it("speaks of levels, and counts no leader, arm or answer as zero", async () => {
    expect(title(plain)).toBe("Transformational leadership went from 60.9 to 64.2 points");
    const page = words(await pageOf(plain));
    lacks(page, /\b0 of \d/);
    has(page, "559 of 560");
    has(page, "The level has risen since the first survey round");
  });
  it("does not tell of a change that the test does not find", () => {
    const before = new Map(
      facts.atoms.filter(({ wave }) => wave === "baseline").map((atom) => [atom.leader, atom.sums]),
    );
    const still = { ...facts, atoms: facts.atoms.map((atom) => ({ ...atom, sums: before.get(atom.leader)! })) };
    const found = modelOf({ arms: [], figure: null }, still, { ...analysis, estimates: [] });
    expect(title(found)).toBe(
      "No statistically significant change in transformational leadership: 60.9 and now 60.9 points",
    );
  });
  it("leaves the leaders out where nobody knows of any", async () => {
    const unknown = { ...facts, responses: facts.responses.map((row) => ({ ...row, leaders: 0, measured: 0 })) };
    lacks(words(await pageOf(modelOf({ arms: [] }, unknown, { ...analysis, estimates: [] }))), /0 of 0/);
  });
});
