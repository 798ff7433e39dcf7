import { clusterRobust, type RobustContrast } from "../stats/cluster-robust.ts";
import { tQuantile, tTwoTail } from "../stats/distributions.ts";
import type { LeastSquares } from "../stats/least-squares.ts";
import { randomIntercept } from "../stats/mixed-model.ts";
import { type ModelRows, modelRows } from "../stats/model-rows.ts";
import { randomisationTest } from "../stats/randomisation-test.ts";
import { wildBootstrap } from "../stats/wild-bootstrap.ts";
import type { StandardErrors, Study } from "../study/study.ts";
import type { EffectModel } from "./effect-model.ts";

/** The numbers of one effect. */
export interface EffectNumbers {
  readonly estimate: number;
  readonly se: number;
  /** Null where p comes from draws. */
  readonly df: number | null;
  readonly statistic: number;
  readonly p: number;
  /** Null where the interval is unbounded or not computed. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A fitted model and the contrasts that are asked for: one per arm in `arms` (indices in `study.arms`). */
export interface Question {
  readonly study: Study;
  readonly effects: EffectModel;
  readonly arms: readonly number[];
  readonly rows: ModelRows;
  readonly fit: LeastSquares;
  readonly contrasts: readonly Float64Array[];
}

/** Numbers per contrast, null where there is no standard error; and how many leaders have leverage one. */
export interface Inference {
  readonly effects: readonly (EffectNumbers | null)[];
  readonly leverageOne: number;
}

export type Infer = (question: Question) => Inference;

function numbersOf(estimate: number, variance: number, df: number, confidence: number): EffectNumbers | null {
  if (!(variance > 0 && Number.isFinite(variance) && df > 0)) return null;
  const se = Math.sqrt(variance);
  const statistic = estimate / se;
  const half = tQuantile(1 - confidence, df) * se;
  return { estimate, se, df, statistic, p: tTwoTail(statistic, df), low: estimate - half, high: estimate + half };
}

/** Satterthwaite for the standard errors that are made for it; G − 1 for the others, as estimatr and Stata have it. */
const degreesOfFreedom = (type: StandardErrors, contrast: RobustContrast, clusters: number): number =>
  type === "CR2" || type === "CR3" ? contrast.df : clusters - 1;

/** Cluster-robust standard errors of the plan's type. */
export const clusterRobustInference: Infer = ({ study, fit, contrasts }) => {
  const { standardErrors, confidence } = study.plan;
  const robust = clusterRobust(fit, standardErrors, contrasts);
  return {
    effects: robust.contrasts.map((contrast) => {
      const df = degreesOfFreedom(standardErrors, contrast, robust.clusters);
      return numbersOf(contrast.estimate, contrast.variance, df, confidence);
    }),
    leverageOne: robust.leverageOne,
  };
};

/** Random intercept per leader, degrees of freedom by Satterthwaite. */
export const mixedInference: Infer = ({ study, rows, fit, contrasts }) => {
  const model = randomIntercept(fit, rows.behind, contrasts);
  return {
    effects: contrasts.map((_, k) => {
      const contrast = model?.contrasts[k];
      if (!contrast) return null;
      const { variance, df } = contrast.satterthwaite;
      return numbersOf(contrast.estimate, variance, df, study.plan.confidence);
    }),
    leverageOne: 0,
  };
};

/** Fewer draws where each costs more: by then p comes close to the robust one anyway. */
const drawsFor = ({ effects, fit }: Question): number =>
  effects.design.leaders.length * fit.coefficients.length <= 40_000 ? 4999 : 999;

/** Wild cluster bootstrap-t: CR1 standard error, p and interval from the draws, the seed of the study. */
export const wildBootstrapInference: Infer = (question) => {
  const { study, fit, contrasts } = question;
  const options = { seed: study.seed, draws: drawsFor(question), confidence: study.plan.confidence };
  return {
    effects: contrasts.map((contrast) => {
      const result = wildBootstrap(fit, contrast, options);
      if (result === null) return null;
      const { estimate, se, statistic, p, low, high } = result;
      return { estimate, se, df: null, statistic, p, low, high };
    }),
    leverageOne: 0,
  };
};

/**
 * Randomisation within blocks: CR1 standard error, p from re-drawn arms, no interval. Null for all arms where one that
 * has leaders is not identified, since its leaders would pass for the reference.
 */
export const randomisationInference: Infer = (question) => {
  const { study, effects, arms, contrasts, fit } = question;
  const none = { effects: contrasts.map(() => null), leverageOne: 0 };
  if (contrasts.length === 0 || fit.dropped.some(({ name }) => effects.effectColumn.includes(name))) return none;
  const columns = effects.model.columns.filter(({ name }) => !effects.effectColumn.includes(name));
  const model = {
    rows: modelRows({ ...effects.model, columns }),
    label: effects.design.arm.map((arm) => arms.indexOf(arm)),
    block: effects.design.block,
    arms: arms.length,
  };
  const results = randomisationTest(model, { seed: study.seed, draws: drawsFor(question) });
  return {
    effects: results.map((result) => result && { ...result, df: null, low: null, high: null }),
    leverageOne: 0,
  };
};
