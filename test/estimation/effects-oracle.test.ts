import { describe, expect, test } from "vitest";
import {
  ancovaModel,
  differenceModel,
  type EffectModel,
  withinLeaderModel,
} from "../../src/estimation/model/effect-model.ts";
import { modelRows } from "../../src/stats/moments/model-rows.ts";
import { clusterRobust } from "../../src/stats/regression/cluster-robust.ts";
import { jointTest } from "../../src/stats/regression/joint-test.ts";
import { leastSquares } from "../../src/stats/regression/least-squares.ts";
import { standardErrorTypes } from "../../src/study/study.ts";
import { expectClose, expected } from "../oracle/read.ts";
import { type OracleRun, oracleEstimates, oracleStudy, surveys } from "./oracle-survey.ts";

interface RAnswer {
  readonly n: number;
  readonly leaders: number;
  readonly dropped: number;
  readonly leverage_one: boolean;
  readonly estimate: readonly number[];
  readonly residuals: number;
  readonly se: Readonly<Record<string, readonly number[]>>;
  readonly df: Readonly<Record<string, readonly number[]>>;
  readonly p: Readonly<Record<string, readonly number[]>>;
  readonly joint: { readonly f: number; readonly df1: number; readonly df2: number; readonly p: number };
}

/** R's own QR and the cross-products part in the last digits; its answers are stored with fifteen. */
const coefficientTolerance = 1e-12;
/** Both sides factor the same small matrices; what is left is their conditioning. */
const errorTolerance = 1e-12;
/** P-values carry the errors of statistic and df, magnified in the tail. */
const pTolerance = 1e-11;

const plain: OracleRun = { baseline: true, blocks: false, plan: {} };
const adjusted = ["x1", "x2"];
const runs: Readonly<Record<string, OracleRun>> = {
  ancova: { baseline: true, blocks: true, plan: { covariates: adjusted } },
  ancova_plain: plain,
  ancova_collinear: { baseline: true, blocks: false, plan: { covariates: ["x1", "x2", "x3"] } },
  after_only: { baseline: false, blocks: false, plan: { covariates: adjusted } },
  difference: { ...plain, plan: { estimator: "difference-in-differences" } },
  difference_adjusted: {
    baseline: true,
    blocks: true,
    plan: {
      estimator: "difference-in-differences",
      covariates: adjusted,
      differenceInDifferences: { blocks: true, covariates: true },
    },
  },
  within_leader: { ...plain, plan: { estimator: "leader-fixed-effects" } },
};

const answers = expected("effects") as Readonly<Record<string, Readonly<Record<string, RAnswer>>>>;

function modelOf(survey: (typeof surveys)[number], run: OracleRun): EffectModel {
  const { study, design, cellsOf } = oracleStudy(survey, run);
  const outcome = study.plan.primary[0]!;
  const source = {
    study,
    design,
    cells: cellsOf(outcome, "complete")!,
    unadjusted: cellsOf(outcome, "all"),
    wave: run.baseline ? 1 : 0,
  };
  if (run.plan.estimator === "difference-in-differences") return differenceModel(source);
  if (run.plan.estimator === "leader-fixed-effects") return withinLeaderModel(source);
  return ancovaModel(source, "rows");
}

describe.each(surveys)("the effects of $name", (survey) => {
  test.each(Object.keys(runs))("%s equals R", (name) => {
    const r = answers[survey.name]![name]!;
    const effects = modelOf(survey, runs[name]!);
    const fit = leastSquares(modelRows(effects.model));
    const names = survey.arms.slice(1).map((_, k) => effects.effectColumn[k + 1]!);
    const contrasts = names.map((column) => Float64Array.from(fit.columns, (other) => Number(other === column)));
    expectClose(fit.residualSumOfSquares, r.residuals, coefficientTolerance, "residuals");
    for (const type of standardErrorTypes) {
      if (!r.se[type]) continue;
      const robust = clusterRobust(fit, type, contrasts);
      // R has the leaders' effects as dummies there, and every leader alone determines its own.
      if (name !== "within_leader") expect(robust.leverageOne > 0).toBe(r.leverage_one);
      robust.contrasts.forEach((contrast, k) => {
        expectClose(contrast.estimate, r.estimate[k]!, coefficientTolerance, names[k]);
        expectClose(Math.sqrt(contrast.variance), r.se[type]![k]!, errorTolerance, `${type} ${names[k]}`);
        expectClose(contrast.df, r.df[type]![k]!, errorTolerance, `df ${type} ${names[k]}`);
      });
    }
    const joint = jointTest(fit, contrasts)!;
    expectClose(joint.f, r.joint.f, errorTolerance, "HTZ F");
    expectClose(joint.df2, r.joint.df2, errorTolerance, "HTZ df");
    expectClose(joint.p, r.joint.p, pTolerance, "HTZ p");
  });

  test.each(Object.keys(runs))("%s as the plan asks for it", async (name) => {
    const r = answers[survey.name]![name]!;
    const estimates = await oracleEstimates(survey, runs[name]!);
    expect(estimates.map((row) => row.arm)).toEqual(survey.arms.slice(1));
    estimates.forEach((row, k) => {
      expect([row.status, row.leaders, row.respondents, row.seType]).toEqual(["estimated", r.leaders, r.n, "CR2"]);
      expectClose(row.estimate, r.estimate[k]!, coefficientTolerance, "estimate");
      expectClose(row.se, r.se.CR2![k]!, errorTolerance, "se");
      expectClose(row.df, r.df.CR2![k]!, errorTolerance, "df");
      expectClose(row.p, r.p.CR2![k]!, pTolerance, "p");
      const dropped = row.warnings.find((warning) => warning.code === "column-dropped");
      expect(dropped?.names ?? []).toEqual(name === "ancova_collinear" ? ["x3"] : []);
    });
  });
});
