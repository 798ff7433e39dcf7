import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rows } from "../../../src/estimation/design/cells-of.ts";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import { ancovaModel } from "../../../src/estimation/model/effect-model.ts";
import { countedRows } from "../../../src/estimation/model/weighted-model.ts";
import { isWeighted } from "../../../src/stats/moments/moments.ts";
import { clusterRobust } from "../../../src/stats/regression/cluster-robust.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";
import { weightedClusterRobust } from "../../../src/stats/regression/weighted-cluster-robust.ts";
import { type StandardErrors, standardErrorTypes } from "../../../src/study/study.ts";
import { expectClose, input } from "../../oracle/read.ts";
import { type Answer, cellsOfAnswers, madeDesign, madeStudy } from "../made-study.ts";

/** Sums in another order, or of other size, part in the last digits of what they cancel to. */
const reordered = 1e-9;

const arms = ["control", "a", "b", "c"];
const rows = input("people-forty");
const answers = rows.map(
  (row): Answer => ({
    leader: row.leader!,
    wave: row.wave!,
    y: Number(row.y),
    covariates: { x1: Number(row.x1), x2: row.x2 === "" ? null : Number(row.x2) },
    respondent: row.respondent!,
    weight: Number(row.weight),
  }),
);
const study = madeStudy({
  arms,
  waves: ["before", "after"],
  baseline: "before",
  plan: { robustness: ["sampling-weights", "panel"], covariates: ["x1", "x2"] },
});
const assigned = [...new Map(rows.map((row) => [row.leader!, row])).values()].map((row) => ({
  leader: row.leader!,
  arm: row.arm!,
  block: row.block!,
}));
const design = madeDesign(study, assigned);

async function effectsOf(given: readonly Answer[], estimator: string, of = study) {
  const { estimates } = await estimateEffects(of, design, cellsOfAnswers(of, design, given), drawHere);
  return estimates.filter((row) => row.estimator === estimator);
}

/** The weighted model's variance, and that of its pseudo-rows, which are the rows times √w. */
function bothVariances(given: readonly Answer[], type: StandardErrors) {
  const cellsOf = cellsOfAnswers(study, design, given);
  const of = (kind: Rows) => cellsOf(study.plan.primary[0]!, kind);
  const cells = of("weighted complete")!;
  if (!isWeighted(cells)) throw new Error("cells without weights");
  const { model } = ancovaModel({ study, design, cells, unadjusted: of("weighted all"), wave: 1 }, "rows");
  const fit = leastSquares(countedRows(model));
  const contrasts = ["arm a", "arm b", "arm c"].map((name) =>
    Float64Array.from(fit.columns, (column) => Number(column === name)),
  );
  return {
    weighted: weightedClusterRobust(model, cells, fit, type, contrasts).contrasts,
    scaled: clusterRobust(fit, type, contrasts).contrasts,
  };
}

describe("sampling weights", () => {
  test("of one everywhere change nothing", async () => {
    const ones = answers.map((answer) => ({ ...answer, weight: 1 }));
    for (const standardErrors of standardErrorTypes) {
      const plan = { ...study, plan: { ...study.plan, standardErrors } };
      const plain = await effectsOf(ones, "ancova", plan);
      for (const [k, row] of (await effectsOf(ones, "sampling-weights", plan)).entries()) {
        for (const key of ["estimate", "se", "df", "p"] as const)
          expectClose(row[key], plain[k]![key]!, reordered, key);
        expect([row.leaders, row.respondents, row.warnings]).toEqual([
          ...[plain[k]!.leaders, plain[k]!.respondents],
          [...plain[k]!.warnings, { code: "weights-alike", names: [], count: 0 }],
        ]);
      }
    }
  });

  test("alike inside a leader are rows times √w, except CR2, which has another working model", () => {
    const weightOf = (leader: string): number => 0.3 + design.leaders.indexOf(leader) / 7;
    const constant = answers.map((answer) => ({ ...answer, weight: weightOf(answer.leader) }));
    for (const type of ["CR0", "CR1", "CR1S", "CR3"] as const) {
      const { weighted, scaled } = bothVariances(constant, type);
      for (const [k, { estimate, variance }] of weighted.entries()) {
        expectClose(estimate, scaled[k]!.estimate, reordered, "estimate");
        expectClose(variance, scaled[k]!.variance, reordered, type);
      }
    }
    const same = answers.map((answer) => ({ ...answer, weight: 2.5 }));
    const { weighted, scaled } = bothVariances(same, "CR2");
    for (const [k, { variance, df }] of weighted.entries()) {
      expectClose(variance, scaled[k]!.variance, reordered, "CR2");
      expectClose(df, scaled[k]!.df, reordered, "df");
    }
  });

  test("count by their ratios; a shifted and stretched outcome takes its effects along", async () => {
    const before = await effectsOf(answers, "sampling-weights");
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: -200, max: 200, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        async (ratio, shift, stretch) => {
          const changed = answers.map((answer) => ({
            ...answer,
            weight: answer.weight! * ratio,
            y: shift + stretch * answer.y,
          }));
          for (const [k, row] of (await effectsOf(changed, "sampling-weights")).entries()) {
            expectClose(row.estimate, stretch * before[k]!.estimate!, reordered, "estimate");
            expectClose(row.se, stretch * before[k]!.se!, reordered, "se");
            expectClose(row.df, before[k]!.df!, reordered, "df");
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test("a weight of two is the same answer twice in the estimate", async () => {
    const doubled = answers.map((answer, at) => ({ ...answer, weight: at % 3 === 0 ? 2 : 1 }));
    const twice = answers.flatMap((answer, at) => {
      const one = { ...answer, weight: 1 };
      return at % 3 === 0 ? [one, one] : [one];
    });
    const wanted = await effectsOf(twice, "sampling-weights");
    for (const [k, row] of (await effectsOf(doubled, "sampling-weights")).entries())
      expectClose(row.estimate, wanted[k]!.estimate!, reordered, "estimate");
  });
});

describe("the panel", () => {
  test("without respondents' ids cannot be told", async () => {
    const nameless = answers.map(({ respondent: _, ...answer }) => answer);
    for (const row of await effectsOf(nameless, "panel")) {
      expect([row.status, row.estimate, row.leaders]).toEqual(["no-panel", null, 0]);
      expect(row.note).toContain("No respondent is known");
    }
  });

  test("needs a baseline", async () => {
    const after = madeStudy({ arms, waves: ["after"], baseline: null, plan: study.plan });
    expect((await effectsOf(answers, "panel", after)).map(({ status }) => status)).toEqual(
      arms.slice(1).map(() => "no-baseline-wave"),
    );
  });

  test("of all employees is the whole survey", async () => {
    const stay = answers.filter(({ leader, respondent }) =>
      ["before", "after"].every((wave) =>
        answers.some((other) => other.wave === wave && other.leader === leader && other.respondent === respondent),
      ),
    );
    const plain = await effectsOf(stay, "ancova");
    for (const [k, row] of (await effectsOf(answers, "panel")).entries())
      expect([row.estimate, row.se, row.df]).toEqual([plain[k]!.estimate, plain[k]!.se, plain[k]!.df]);
  });

  test("of one leader per arm is too few", async () => {
    const few = answers.map((answer) =>
      ["L01", "L06"].includes(answer.leader)
        ? answer
        : { ...answer, respondent: `${answer.wave} ${answer.respondent}` },
    );
    for (const row of await effectsOf(few, "panel")) expect(["too-few-leaders", "arm-empty"]).toContain(row.status);
  });
});
