import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CellsOf } from "../../src/estimation/cells-of.ts";
import type { Design } from "../../src/estimation/design.ts";
import { drawHere } from "../../src/estimation/draws.ts";
import type { Estimate } from "../../src/estimation/estimate.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import { mergeCells } from "../../src/stats/merge-cells.ts";
import type { Cells } from "../../src/stats/moments.ts";
import { type Plan, type Study, standardErrorTypes } from "../../src/study/study.ts";
import { expectClose } from "../oracle/read.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeCells, madeDesign, madeStudy } from "./made-study.ts";

const plan: Partial<Plan> = {
  covariates: ["x"],
  robustness: ["difference-in-differences", "leader-fixed-effects", "cluster-means"],
};
const parts = { arms: ["control", "a"], waves: ["before", "after"], baseline: "before" };
const study = madeStudy({ ...parts, plan });

interface Trial {
  readonly assigned: readonly Assigned[];
  readonly answers: readonly Answer[];
}

const answer = fc.record({ y: fc.integer({ min: 0, max: 100 }), x: fc.integer({ min: 0, max: 50 }) });
const team = fc.record({
  before: fc.array(answer, { minLength: 0, maxLength: 5 }),
  after: fc.array(answer, { minLength: 1, maxLength: 5 }),
});
/**
 * Twelve to twenty leaders, every other one in the control arm, blocks of four. With fewer the model is all but
 * saturated: a leader's leverage comes within 1e-6 of one, and no two orders of adding up share more digits than that.
 */
const trial: fc.Arbitrary<Trial> = fc.array(team, { minLength: 12, maxLength: 20 }).map((teams) => ({
  assigned: teams.map((_, g) => ({ leader: `l${g}`, arm: parts.arms[g % 2]!, block: `b${Math.floor(g / 4)}` })),
  answers: teams.flatMap((one, g) =>
    (["before", "after"] as const).flatMap((wave) =>
      one[wave].map(({ y, x }): Answer => ({ leader: `l${g}`, wave, y, covariates: { x } })),
    ),
  ),
}));

const estimatesOf = async (of: Study, { assigned, answers }: Trial): Promise<readonly Estimate[]> => {
  const design = madeDesign(of, assigned);
  return (await estimateEffects(of, design, cellsOfAnswers(of, design, answers), drawHere)).estimates;
};

/** What the estimates are compared by; a df is as ill-conditioned as the design, so it gets its own tolerance. */
function sameNumbers(one: readonly Estimate[], other: readonly Estimate[], scale: number): void {
  expect(other.map((row) => row.status)).toEqual(one.map((row) => row.status));
  for (const [k, row] of one.entries()) {
    if (row.status !== "estimated" || row.se! < 1e-6 || row.df! < 1e-3) continue;
    const size = Math.abs(row.se!) + Math.abs(row.estimate!);
    expect(Math.abs(other[k]!.estimate! - scale * row.estimate!)).toBeLessThan(1e-8 * Math.abs(scale) * size);
    expect(Math.abs(other[k]!.se! - Math.abs(scale) * row.se!)).toBeLessThan(1e-7 * Math.abs(scale) * size);
    expectClose(other[k]!.df, row.df!, 1e-5, `df of ${row.id}`);
  }
}

/** The same answers counted in two halves and added up. */
function mergedHalves(design: Design, answers: readonly Answer[], columns: readonly string[]): Cells | null {
  const [first, second] = [0, 1].map((half) =>
    madeCells(
      study,
      design,
      answers.filter((_, k) => k % 2 === half),
      columns,
    ),
  );
  return first && second ? mergeCells([second, first]) : (first ?? second ?? null);
}

describe("an estimate does not depend on", () => {
  test("how the rows were split before their moments were added", async () => {
    await fc.assert(
      fc.asyncProperty(trial, async (one) => {
        const design = madeDesign(study, one.assigned);
        const whole = cellsOfAnswers(study, design, one.answers);
        const merged: CellsOf = (_, rows) => mergedHalves(design, one.answers, rows === "complete" ? ["x"] : []);
        const rows = async (cellsOf: CellsOf) => (await estimateEffects(study, design, cellsOf, drawHere)).estimates;
        sameNumbers(await rows(whole), await rows(merged), 1);
      }),
      { numRuns: 60 },
    );
  });

  test("the order of the leaders", async () => {
    await fc.assert(
      fc.asyncProperty(trial, async (one) => {
        sameNumbers(
          await estimatesOf(study, one),
          await estimatesOf(study, { ...one, assigned: one.assigned.toReversed() }),
          1,
        );
      }),
      { numRuns: 60 },
    );
  });
});

test("swapping the two arms flips the sign and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(trial, async (one) => {
      const other = (arm: string): string => (arm === "a" ? "control" : "a");
      const swapped = one.assigned.map((leader) => ({ ...leader, arm: other(leader.arm) }));
      sameNumbers(await estimatesOf(study, one), await estimatesOf(study, { ...one, assigned: swapped }), -1);
    }),
    { numRuns: 60 },
  );
});

test("an outcome shifted and scaled scales the estimate", async () => {
  await fc.assert(
    fc.asyncProperty(trial, fc.constantFrom(0.1, -2, 7), fc.constantFrom(-40, 0, 300), async (one, scale, shift) => {
      const answers = one.answers.map((row) => ({ ...row, y: row.y * scale + shift }));
      sameNumbers(await estimatesOf(study, one), await estimatesOf(study, { ...one, answers }), scale);
    }),
    { numRuns: 60 },
  );
});

test.each(standardErrorTypes)(
  "means weighted by respondents give the row-level estimate and its %s error",
  async (type) => {
    const plain = madeStudy({ ...parts, plan: { robustness: ["cluster-means"], standardErrors: type } });
    await fc.assert(
      fc.asyncProperty(trial, async (one) => {
        const [rows, means] = await estimatesOf(plain, one);
        sameNumbers([rows!], [means!], 1);
      }),
      { numRuns: 30 },
    );
  },
);
