import { expect, test } from "vitest";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import type { Effects } from "../../../src/estimation/estimate-effects.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import type { Plan } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { type OracleSurvey, oracleEffects } from "../oracle-survey.ts";
import { unitSurvey } from "../unit-survey.ts";

interface RClasses {
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly f: number;
  readonly df2: number;
}
const r = expected("classes") as { readonly leaders: RClasses; readonly units: RClasses };
const plan: Partial<Plan> = { robustness: ["class-clustered"] };
/** Cluster-robust numbers agree with clubSandwich to here. */
const tolerance = 1e-9;

const survey: OracleSurvey = { name: "classes", arms: ["control", "a", "b"], wave: "later" };

function expectAsR({ estimates, jointTests }: Effects, wanted: RClasses): void {
  const rows = estimates.filter(({ estimator }) => estimator === "class-clustered");
  expect(rows.map(({ arm, seType }) => [arm, seType])).toEqual([
    ["a", "CR2"],
    ["b", "CR2"],
  ]);
  rows.forEach((row, k) => {
    expectClose(row.estimate, wanted.estimate[k]!, tolerance, "estimate");
    expectClose(row.se, wanted.se[k]!, tolerance, "se");
    expectClose(row.df, wanted.df[k]!, tolerance, "df");
  });
  const joint = jointTests.find(({ estimator }) => estimator === "class-clustered")!;
  expectClose(joint.f, wanted.f, tolerance, "F");
  expectClose(joint.df2, wanted.df2, tolerance, "df of F");
}

test("classes of the trained are clusters and control leaders are alone, as in clubSandwich", async () => {
  const found = await oracleEffects(survey, { baseline: true, blocks: false, plan });
  expectAsR(found, r.leaders);
  const [ancova, byClass] = ["ancova", "class-clustered"].map((one) =>
    found.estimates.find(({ estimator }) => estimator === one),
  );
  expectClose(byClass!.estimate, ancova!.estimate!, tolerance, "estimate");
  expect(Math.abs(byClass!.se! / ancova!.se! - 1)).toBeGreaterThan(0.01);
});

test("a class that reaches over units of allocation joins them", async () => {
  // Control leaders have a class in the roster too, which changes nothing.
  const { study, design, cellsOf } = unitSurvey(plan, (place) => String(place % 20));
  const ofArm = design.class.map((one, leader) => one * 3 + design.arm[leader]!);
  expectAsR(await estimateEffects(study, { ...design, class: ofArm }, cellsOf, drawHere), r.units);
});

test("without a class of two measured leaders there is nothing to cluster", async () => {
  for (const classOf of [() => undefined, (place: number) => String(place)]) {
    const { study, design, cellsOf } = unitSurvey(plan, classOf);
    const { estimates } = await estimateEffects(study, design, cellsOf, drawHere);
    const rows = estimates.filter(({ estimator }) => estimator === "class-clustered");
    expect(rows.map(({ status, estimate }) => [status, estimate])).toEqual([
      ["no-classes", null],
      ["no-classes", null],
    ]);
  }
  const inControl = unitSurvey(plan, () => "one");
  const only = {
    ...inControl.design,
    class: inControl.design.class.map((one, g) => (inControl.design.arm[g] === 0 ? one : -1)),
  };
  const { estimates } = await estimateEffects(inControl.study, only, inControl.cellsOf, drawHere);
  expect(estimates.at(-1)).toMatchObject({ estimator: "class-clustered", status: "no-classes" });
});
