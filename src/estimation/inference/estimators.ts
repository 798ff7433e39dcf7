import type { Estimator, Plan } from "../../study/study.ts";
import { ancovaByClass, hasClasses } from "../model/class-clusters.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import {
  ancova,
  ancovaOfMeans,
  ancovaOfPanel,
  ancovaWithWeights,
  differenceInDifferences,
  eventTime,
  lin,
  type ModelSpec,
  withinLeader,
} from "../model/model-specs.ts";
import { ancovaOfKnownTakeUp, complierInference } from "./complier.ts";
import { randomisationInference, wildBootstrapInference } from "./drawn-inference.ts";
import {
  clusterRobustInference,
  clusterRobustJointTest,
  type FittedContrasts,
  type Infer,
  type InferJointly,
} from "./inference.ts";
import { inverseProbabilityInference } from "./inverse-probability.ts";
import { leaderIntercepts, leaderWaveIntercepts, partiallyNested } from "./mixed-inference.ts";
import { weightedInference } from "./weighted-inference.ts";

/** How an estimator gets from the cells to its numbers. */
export interface EstimatorEntry {
  /** `primary`: that of the plan's primary estimator. */
  readonly model: ModelSpec | "primary";
  readonly infer: Infer;
  /** Null where no joint test of the arms is built for it. */
  readonly inferJointly: InferJointly | null;
  /** Cluster-robust standard errors that it reports: the plan's, always the same, or none. */
  readonly standardErrors: "plan" | "CR1" | null;
}

const robust = {
  infer: clusterRobustInference,
  inferJointly: clusterRobustJointTest,
  standardErrors: "plan",
} as const;

/** The same where leaders share classes; where they do not, the reason in the place of a row that says nothing new. */
const classClustered = {
  infer: (given: FittedContrasts) =>
    hasClasses(given.source)
      ? clusterRobustInference(given)
      : { effects: given.contrasts.map(() => "no-classes" as const), warnings: [] },
  inferJointly: (fitted: FittedModel, contrasts: readonly Float64Array[]) =>
    hasClasses(fitted.source) ? clusterRobustJointTest(fitted, contrasts) : null,
  standardErrors: "plan",
} as const;

/** Every estimator: to add one is to add its name to the plan's and its entry here. */
export const estimatorEntries: Readonly<Record<Estimator, EstimatorEntry>> = {
  ancova: { model: ancova, ...robust },
  "cluster-means": { model: ancovaOfMeans, ...robust },
  lin: { model: lin, ...robust },
  "difference-in-differences": { model: differenceInDifferences, ...robust },
  "leader-fixed-effects": { model: withinLeader, ...robust },
  "event-time": { model: eventTime, ...robust },
  mixed: { model: ancova, ...leaderIntercepts, standardErrors: null },
  "mixed-leader-wave": { model: differenceInDifferences, ...leaderWaveIntercepts, standardErrors: null },
  "partially-nested": { model: ancova, ...partiallyNested, standardErrors: null },
  "class-clustered": { model: ancovaByClass, ...classClustered },
  panel: { model: ancovaOfPanel, ...robust },
  "sampling-weights": {
    model: ancovaWithWeights,
    infer: weightedInference,
    inferJointly: null,
    standardErrors: "plan",
  },
  "wild-bootstrap": { model: "primary", infer: wildBootstrapInference, inferJointly: null, standardErrors: "CR1" },
  randomisation: { model: "primary", infer: randomisationInference, inferJointly: null, standardErrors: "CR1" },
  complier: { model: ancovaOfKnownTakeUp, infer: complierInference, inferJointly: null, standardErrors: "plan" },
  "inverse-probability": {
    model: ancova,
    infer: inverseProbabilityInference,
    inferJointly: null,
    standardErrors: "plan",
  },
};

/**
 * The model that an estimator is read from under a plan; null where it would be the primary estimator's and that has
 * none of its own.
 */
export function modelOf(plan: Plan, { model }: EstimatorEntry): ModelSpec | null {
  if (model !== "primary") return model;
  const primary = estimatorEntries[plan.estimator].model;
  return primary === "primary" ? null : primary;
}
