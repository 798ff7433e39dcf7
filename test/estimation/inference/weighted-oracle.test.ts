import { describe, expect, test } from "vitest";
import type { Estimator, Plan } from "../../../src/study/study.ts";
import { standardErrorTypes } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { type OracleSurvey, oracleEstimates } from "../oracle-survey.ts";

interface RAnswer {
  readonly n: number;
  readonly leaders: number;
  readonly leverage_one: boolean;
  readonly estimate: readonly number[];
  readonly se: Readonly<Record<string, readonly number[]>>;
  readonly df: Readonly<Record<string, readonly number[]>>;
}

/** R's own QR and the cross-products part in the last digits; its answers are stored with fifteen. */
const coefficientTolerance = 1e-12;
/** The adjustment takes a root of a Gram matrix of rows and weighted rows, which doubles its condition. */
const errorTolerance = 1e-12;

const surveys: readonly (OracleSurvey & { readonly blocks: boolean })[] = [
  { name: "people-forty", arms: ["control", "a", "b", "c"], wave: "after", blocks: true },
  { name: "people-eight", arms: ["control", "a"], wave: "after", blocks: false },
  { name: "people-pairs", arms: ["control", "a"], wave: "later", blocks: false },
];

const answers = expected("weighted") as Readonly<Record<string, Readonly<Record<string, RAnswer>>>>;

const runs: Readonly<Record<string, { readonly estimator: Estimator; readonly covariates: readonly string[] }>> = {
  weighted: { estimator: "sampling-weights", covariates: ["x1", "x2"] },
  weighted_plain: { estimator: "sampling-weights", covariates: [] },
  panel: { estimator: "panel", covariates: ["x1", "x2"] },
  panel_plain: { estimator: "panel", covariates: [] },
};

const estimatesOf = ({ blocks, ...survey }: (typeof surveys)[number], plan: Partial<Plan>) =>
  oracleEstimates(survey, { baseline: true, blocks, plan });

describe.each(surveys)("$name", (survey) => {
  const r = answers[survey.name.slice("people-".length)]!;

  test.each(Object.keys(runs))("%s equals R", async (name) => {
    const { estimator, covariates } = runs[name]!;
    const wanted = r[name]!;
    for (const standardErrors of standardErrorTypes) {
      if (!wanted.se[standardErrors]) continue;
      const rows = (await estimatesOf(survey, { robustness: [estimator], covariates, standardErrors })).filter(
        (row) => row.estimator === estimator,
      );
      expect(rows.map(({ arm }) => arm)).toEqual(survey.arms.slice(1));
      rows.forEach((row, k) => {
        expect([row.status, row.leaders, row.respondents, row.seType]).toEqual([
          ...["estimated", wanted.leaders, wanted.n, standardErrors],
        ]);
        expectClose(row.estimate, wanted.estimate[k]!, coefficientTolerance, "estimate");
        expectClose(row.se, wanted.se[standardErrors]![k]!, errorTolerance, `${standardErrors} se`);
        const df = standardErrors === "CR2" || standardErrors === "CR3" ? wanted.df[standardErrors]![k]! : null;
        expectClose(row.df, df ?? wanted.leaders - 1, errorTolerance, `${standardErrors} df`);
        expect(row.warnings.some(({ code }) => code === "leverage-one")).toBe(wanted.leverage_one);
      });
    }
  });
});
