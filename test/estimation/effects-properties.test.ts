import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CellsOf, Rows } from "../../src/estimation/design/cells-of.ts";
import type { Design } from "../../src/estimation/design/design.ts";
import { drawHere } from "../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import type { Estimate } from "../../src/estimation/inference/estimate.ts";
import { estimatorEntries } from "../../src/estimation/inference/estimators.ts";
import { mergeCells, mergeWeightedCells } from "../../src/stats/moments/merge-cells.ts";
import { type Cells, isWeighted } from "../../src/stats/moments/moments.ts";
import { type Estimator, type Study, standardErrorTypes } from "../../src/study/study.ts";
import { expectClose } from "../oracle/read.ts";
import {
  type Answer,
  type Assigned,
  addedCells,
  answersIn,
  cellsOfAnswers,
  madeDesign,
  madeStudy,
} from "./made-study.ts";

const built = Object.keys(estimatorEntries) as Estimator[];
/** These draw: dearer than the others, and their p and interval belong to the draws. */
const drawn: readonly Estimator[] = ["wild-bootstrap", "randomisation"];
/** Attendance and classes are the trained leaders': with the arms swapped these answer another question. */
const ofTrained: readonly Estimator[] = ["complier", "partially-nested", "class-clustered"];
const runsOf = (estimator: Estimator): number => (drawn.includes(estimator) ? 2 : 30);

const parts = { arms: ["control", "a"], waves: ["before", "after", "later"], baseline: "before" };
const studyWith = (robustness: readonly Estimator[]): Study =>
  madeStudy({ ...parts, plan: { covariates: ["x"], robustness } });
const drawnStudy = studyWith(drawn);
const otherStudy = studyWith(built.filter((estimator) => estimator !== "ancova" && !drawn.includes(estimator)));
const studyOf = (estimator: Estimator): Study => (drawn.includes(estimator) ? drawnStudy : otherStudy);

interface Trial {
  readonly assigned: readonly Assigned[];
  readonly answers: readonly Answer[];
}

const answer = fc.record({
  y: fc.integer({ min: 0, max: 100 }),
  x: fc.integer({ min: 0, max: 50 }),
  weight: fc.integer({ min: 5, max: 40 }).map((tenths) => tenths / 10),
});
const team = fc.record({
  before: fc.array(answer, { minLength: 0, maxLength: 5 }),
  after: fc.array(answer, { minLength: 1, maxLength: 5 }),
  later: fc.array(answer, { minLength: 0, maxLength: 4 }),
  attended: fc.integer({ min: 0, max: 6 }),
});
/**
 * Twelve to twenty leaders, every other one in the control arm, blocks of four, classes of two trained leaders. With
 * fewer the model is all but saturated: a leader's leverage comes within 1e-6 of one, and no two orders of adding up
 * share more digits than that.
 */
const trial: fc.Arbitrary<Trial> = fc.array(team, { minLength: 12, maxLength: 20 }).map((teams) => ({
  assigned: teams.map(({ attended }, g) => ({
    leader: `l${g}`,
    arm: parts.arms[g % 2]!,
    block: `b${Math.floor(g / 4)}`,
    ...(g % 2 === 1 && { class: `c${Math.floor(g / 4)}`, attended }),
  })),
  answers: teams.flatMap((one, g) =>
    (["before", "after", "later"] as const).flatMap((wave) =>
      one[wave].map(
        ({ y, x, weight }, k): Answer => ({
          ...{ leader: `l${g}`, wave, y, covariates: { x } },
          ...{ respondent: String(k), weight },
        }),
      ),
    ),
  ),
}));

const effectsOf = (of: Study, design: Design, cellsOf: CellsOf) => estimateEffects(of, design, cellsOf, drawHere);

/** Every estimate of a study's trial, as it is or changed. */
type EstimatesOf = (of: Study, one: Trial) => Promise<readonly Estimate[]>;

/** Estimators are tried on the same trials, and one analysis has them all. */
function remembered(estimatesOf: EstimatesOf): EstimatesOf {
  const known = new Map<Study, Map<string, Promise<readonly Estimate[]>>>();
  return (of, one) => {
    const ofStudy = known.get(of) ?? new Map<string, Promise<readonly Estimate[]>>();
    known.set(of, ofStudy);
    const key = JSON.stringify(one);
    const estimates = ofStudy.get(key) ?? estimatesOf(of, one);
    ofStudy.set(key, estimates);
    return estimates;
  };
}

const plain = remembered(async (of, { assigned, answers }) => {
  const design = madeDesign(of, assigned);
  return (await effectsOf(of, design, cellsOfAnswers(of, design, answers))).estimates;
});

/** What the estimates are compared by; a df is as ill-conditioned as the design, so it gets its own tolerance. */
function sameNumbers(one: readonly Estimate[], other: readonly Estimate[], scale: number): number {
  expect(other.map((row) => row.status)).toEqual(one.map((row) => row.status));
  let compared = 0;
  for (const [k, row] of one.entries()) {
    if (row.status !== "estimated" || row.se! < 1e-6 || (row.df ?? 1) < 1e-3) continue;
    const size = Math.abs(row.se!) + Math.abs(row.estimate!);
    expect(Math.abs(other[k]!.estimate! - scale * row.estimate!)).toBeLessThan(1e-8 * Math.abs(scale) * size);
    expect(Math.abs(other[k]!.se! - Math.abs(scale) * row.se!)).toBeLessThan(1e-7 * Math.abs(scale) * size);
    if (row.df === null) expect(other[k]!.df).toBeNull();
    else expectClose(other[k]!.df, row.df, 1e-5, `df of ${row.id}`);
    compared++;
  }
  return compared;
}

/** So it is for every trial, and most trials have something to compare. */
async function comesOutAs(changed: EstimatesOf, estimator: Estimator, scale: number): Promise<void> {
  const study = studyOf(estimator);
  const its = (rows: readonly Estimate[]) => rows.filter((row) => row.estimator === estimator);
  let compared = 0;
  const checked = fc.asyncProperty(trial, async (one) => {
    compared += sameNumbers(its(await plain(study, one)), its(await changed(study, one)), scale);
  });
  await fc.assert(checked, { numRuns: runsOf(estimator) });
  expect(compared).toBeGreaterThan(runsOf(estimator) / 2);
}

/** The same answers counted in two halves and added up. */
function mergedHalves(of: Study, design: Design, answers: readonly Answer[], rows: Rows): Cells | null {
  const entering = answersIn(of, answers, rows);
  const half = (which: number) =>
    addedCells(
      of,
      design,
      entering.filter((_, k) => k % 2 === which),
      rows,
    );
  const [first, second] = [half(0), half(1)];
  if (!first || !second) return first ?? second ?? null;
  return isWeighted(first) && isWeighted(second) ? mergeWeightedCells([second, first]) : mergeCells([second, first]);
}

const split = remembered(async (of, { assigned, answers }) => {
  const design = madeDesign(of, assigned);
  const merged: CellsOf = (_, rows) => mergedHalves(of, design, answers, rows);
  return (await effectsOf(of, design, merged)).estimates;
});

const reordered: EstimatesOf = (of, one) => plain(of, { ...one, assigned: one.assigned.toReversed() });

const swapped: EstimatesOf = (of, one) => {
  const other = (arm: string): string => (arm === "a" ? "control" : "a");
  return plain(of, { ...one, assigned: one.assigned.map((leader) => ({ ...leader, arm: other(leader.arm) })) });
};

const scalings = [
  { scale: 0.1, shift: 300 },
  { scale: -2, shift: -40 },
  { scale: 7, shift: 0 },
].map(({ scale, shift }) => ({
  ...{ scale, shift },
  scaled: ((of, one) =>
    plain(of, {
      ...one,
      answers: one.answers.map((row) => ({ ...row, y: row.y * scale + shift })),
    })) satisfies EstimatesOf,
}));

describe.each(built)("%s", (estimator) => {
  test("does not depend on how the rows were split before their moments were added", () =>
    comesOutAs(split, estimator, 1));

  test("does not depend on the order of the leaders", () => comesOutAs(reordered, estimator, 1));

  test.skipIf(ofTrained.includes(estimator))("changes its sign and nothing else when the two arms are swapped", () =>
    comesOutAs(swapped, estimator, -1),
  );

  test.each(scalings)("is scaled as the outcome is, and not shifted: × $scale + $shift", ({ scale, scaled }) =>
    comesOutAs(scaled, estimator, scale),
  );
});

test.each(standardErrorTypes)("leaders' means, %s: a team whose answers come twice counts as before", (type) => {
  const plan = { robustness: ["cluster-means"], standardErrors: type } as const;
  const study = madeStudy({ ...parts, plan });
  return fc.assert(
    fc.asyncProperty(trial, async (one) => {
      const design = madeDesign(study, one.assigned);
      const twice = one.answers.flatMap((each) => (each.leader < "l5" ? [each, each] : [each]));
      const meansOf = async (answers: readonly Answer[]) => {
        const { estimates } = await effectsOf(study, design, cellsOfAnswers(study, design, answers));
        return estimates
          .filter((row) => row.estimator === "cluster-means")
          .map((row) => ({ ...row, respondents: 0, sd: null, standardised: null }));
      };
      sameNumbers(await meansOf(one.answers), await meansOf(twice), 1);
    }),
    { numRuns: 30 },
  );
});
