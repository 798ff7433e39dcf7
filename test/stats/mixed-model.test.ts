import { describe, expect, test } from "vitest";
import { ancovaModel } from "../../src/estimation/effect-model.ts";
import { tTwoTail } from "../../src/stats/distributions.ts";
import { leastSquares } from "../../src/stats/least-squares.ts";
import { randomIntercept } from "../../src/stats/mixed-model.ts";
import { modelRows } from "../../src/stats/model-rows.ts";
import { oracleStudy, surveys } from "../estimation/oracle-survey.ts";
import { expectClose, expected } from "../oracle/read.ts";

interface RMixed {
  readonly n: number;
  readonly cluster: number;
  readonly residual: number;
  readonly deviance: number;
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly p: readonly number[];
  readonly kenward_roger_se: readonly number[];
  readonly kenward_roger_df: readonly number[];
}

const answers = expected("mixed") as Readonly<Record<string, RMixed>>;

/** lme4 stops where its derivative-free search does; the deviance is flat there, so it agrees further. */
const stoppingPoint = 1e-6;
/** lmerTest differentiates the deviance numerically. */
const numericalDerivative = 1e-5;
const flat = 1e-11;

const cases = [
  { name: "forty", survey: surveys[0]!, blocks: false, covariates: ["x1", "x2"] },
  { name: "forty_blocks", survey: surveys[0]!, blocks: true, covariates: [] },
  { name: "eight", survey: surveys[1]!, blocks: false, covariates: [] },
  { name: "pairs", survey: surveys[2]!, blocks: false, covariates: [] },
];

function fitted({ survey, blocks, covariates }: (typeof cases)[number]) {
  const { study, design, cellsOf } = oracleStudy(survey, { baseline: true, blocks, plan: { covariates } });
  const outcome = study.plan.primary[0]!;
  const source = { study, design, cells: cellsOf(outcome, "complete")!, unadjusted: cellsOf(outcome, "all"), wave: 1 };
  const rows = modelRows(ancovaModel(source, "rows").model);
  const fit = leastSquares(rows);
  const effects = survey.arms.slice(1).map((arm) => `arm ${arm}`);
  const contrasts = effects.map((effect) => Float64Array.from(fit.columns, (column) => Number(column === effect)));
  return { rows, fit, contrasts };
}

describe("a random intercept per leader equals lme4", () => {
  test.each(cases)("$name", (one) => {
    const r = answers[one.name]!;
    const { rows, fit, contrasts } = fitted(one);
    const model = randomIntercept(fit, rows.behind, contrasts)!;
    expect(rows.observations).toBe(r.n);
    expectClose(model.deviance, r.deviance, flat, "deviance");
    expect(model.deviance).toBeLessThan(r.deviance + flat * Math.abs(r.deviance));
    expect(Math.abs(model.variances.cluster - r.cluster)).toBeLessThan(stoppingPoint * (r.cluster + r.residual));
    expectClose(model.variances.residual, r.residual, stoppingPoint, "residual");
    for (const [k, contrast] of model.contrasts.entries()) {
      expectClose(contrast.estimate, r.estimate[k]!, stoppingPoint, "estimate");
      expectClose(Math.sqrt(contrast.satterthwaite.variance), r.se[k]!, stoppingPoint, "se");
      expectClose(contrast.satterthwaite.df, r.df[k]!, numericalDerivative, "Satterthwaite df");
      const statistic = contrast.estimate / Math.sqrt(contrast.satterthwaite.variance);
      expectClose(tTwoTail(statistic, contrast.satterthwaite.df), r.p[k]!, numericalDerivative, "p");
      expectClose(Math.sqrt(contrast.kenwardRoger.variance), r.kenward_roger_se[k]!, numericalDerivative, "KR se");
      expectClose(contrast.kenwardRoger.df, r.kenward_roger_df[k]!, numericalDerivative, "KR df");
    }
  });
});

test("leaders with one respondent each have no variance of their own to tell apart", () => {
  const { study, design, cellsOf } = oracleStudy(surveys[1]!, { baseline: true, blocks: false, plan: {} });
  const cells = cellsOf(study.plan.primary[0]!, "all")!;
  const single = {
    ...cells,
    sums: cells.sums.map((sum, c) => sum / cells.n[c]!),
    products: cells.sums.map((sum, c) => (sum / cells.n[c]!) ** 2),
    n: cells.n.map(() => 1),
  };
  const rows = modelRows(ancovaModel({ study, design, cells: single, unadjusted: single, wave: 1 }, "rows").model);
  expect(randomIntercept(leastSquares(rows), rows.behind, [])).toBeNull();
});
