import type { Estimator, Plan } from "../../study/study.ts";
import { ancovaByClass } from "../model/class-clusters.ts";
import {
  ancova,
  ancovaOfMeans,
  ancovaOfPanel,
  ancovaWithWeights,
  differenceInDifferences,
  eventTime,
  type ModelKind,
  withinLeader,
} from "../model/model-kinds.ts";
import { ancovaOfKnownTakeUp, complierInference } from "./complier.ts";
import { randomisationInference, wildBootstrapInference } from "./drawn-inference.ts";
import { clusterRobustInference, clusterRobustJointTest, type Infer, type InferJointly } from "./inference.ts";
import { inverseProbabilityInference } from "./inverse-probability.ts";
import { leaderInference, leaderWaveInference, partiallyNestedInference } from "./mixed-inference.ts";
import { weightedInference } from "./weighted-inference.ts";

/** How an estimator gets from the cells to its numbers. */
export interface EstimatorEntry {
  /** `primary`: that of the plan's primary estimator. */
  readonly model: ModelKind | "primary";
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

const modelBased = { inferJointly: null, standardErrors: null } as const;

/** Every estimator: to add one is to add its name to the plan's and its entry here. */
export const estimatorEntries: Readonly<Record<Estimator, EstimatorEntry>> = {
  ancova: { model: ancova, ...robust },
  "cluster-means": { model: ancovaOfMeans, ...robust },
  "difference-in-differences": { model: differenceInDifferences, ...robust },
  "leader-fixed-effects": { model: withinLeader, ...robust },
  "event-time": { model: eventTime, ...robust },
  mixed: { model: ancova, infer: leaderInference, ...modelBased },
  "mixed-leader-wave": { model: differenceInDifferences, infer: leaderWaveInference, ...modelBased },
  "partially-nested": { model: ancova, infer: partiallyNestedInference, ...modelBased },
  "class-clustered": { model: ancovaByClass, ...robust },
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

/** The model that an estimator is read from under a plan; null where the primary one has none of its own. */
export function modelOf(plan: Plan, { model }: EstimatorEntry): ModelKind | null {
  if (model !== "primary") return model;
  const primary = estimatorEntries[plan.estimator].model;
  return primary === "primary" ? null : primary;
}
