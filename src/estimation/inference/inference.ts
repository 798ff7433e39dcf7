import { clusterRobust, type RobustContrast } from "../../stats/regression/cluster-robust.ts";
import { type JointTest, jointTest } from "../../stats/regression/joint-test.ts";
import type { LeastSquares } from "../../stats/regression/least-squares.ts";
import { tTest } from "../../stats/regression/t-test.ts";
import type { StandardErrors, Study } from "../../study/study.ts";
import type { Comparison } from "../design/comparisons.ts";
import type { Draws } from "../design/draws.ts";
import type { Detail, NotEstimable, Warning } from "../design/status.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import type { RandomPart } from "../model/random-part.ts";

/** The numbers of one effect, in the unit of the outcome but `statistic` and the p-values. */
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
  /** Of randomisation inference: p of the estimate that is not studentised; null elsewhere. */
  readonly pRaw: number | null;
  /** Of a mixed model; null elsewhere. */
  readonly randomPart: RandomPart | null;
  /** What else a reader should know of this effect; left out where there is nothing. */
  readonly details?: readonly Detail[];
}

/** A fitted model, and one contrast of its coefficients per comparison. */
export interface FittedContrasts extends FittedModel {
  readonly comparisons: readonly Comparison[];
  readonly contrasts: readonly Float64Array[];
  readonly draws: Draws;
}

/** Numbers per comparison or the reason why there are none, and what holds for the model as a whole. */
export interface Inference {
  readonly effects: readonly (EffectNumbers | NotEstimable)[];
  readonly warnings: readonly Warning[];
}

/**
 * From a fitted model and its contrasts to the numbers of each, or the reason why there are none; in the order of the
 * contrasts.
 */
export type Infer = (given: FittedContrasts) => Inference | Promise<Inference>;

/**
 * A test that all contrasts of a fitted model are zero; null where they depend on each other or the leaders are too
 * few.
 */
export type InferJointly = (fitted: FittedModel, contrasts: readonly Float64Array[]) => JointTest | null;

/** The numbers of a contrast by its t test on `df` degrees of freedom, or why there are none. */
export function numbersOf(contrast: RobustContrast, confidence: number): EffectNumbers | NotEstimable {
  const found = tTest(contrast, confidence);
  return typeof found === "string" ? found : { ...found, pRaw: null, randomPart: null };
}

/** Satterthwaite for the standard errors that are made for it; G − 1 for the others, as estimatr and Stata have it. */
export const degreesOfFreedom = (type: StandardErrors, contrast: RobustContrast, clusters: number): number =>
  type === "CR2" || type === "CR3" ? contrast.df : clusters - 1;

/**
 * Numbers of each contrast with the plan's standard errors (clubSandwich's CR0 to CR3, clustered by leader), or why
 * there are none; and how many leaders have leverage one.
 */
export function clusterRobustNumbers({ plan }: Study, fit: LeastSquares, contrasts: readonly Float64Array[]) {
  const robust = clusterRobust(fit, plan.standardErrors, contrasts);
  return {
    numbers: robust.contrasts.map((contrast) => {
      const df = degreesOfFreedom(plan.standardErrors, contrast, robust.clusters);
      return numbersOf({ ...contrast, df }, plan.confidence);
    }),
    leverageOne: robust.leverageOne,
  };
}

/** Cluster-robust standard errors of the plan's type; warns of leaders with leverage one. */
export const clusterRobustInference: Infer = ({ source, fit, contrasts }) => {
  const { numbers, leverageOne } = clusterRobustNumbers(source.study, fit, contrasts);
  return {
    effects: numbers,
    warnings: leverageOne > 0 ? [{ code: "leverage-one", names: [], count: leverageOne }] : [],
  };
};

/** HTZ with CR2 (Tipton & Pustejovsky 2015), whatever the plan's standard errors. */
export const clusterRobustJointTest: InferJointly = ({ fit }, contrasts) => jointTest(fit, contrasts);
