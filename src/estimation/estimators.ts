import type { Estimator } from "../study/study.ts";
import { randomisationInference, wildBootstrapInference } from "./drawn-inference.ts";
import { clusterRobustInference, clusterRobustJointTest, type Infer, type InferJointly } from "./inference.ts";
import { mixedInference } from "./mixed-inference.ts";
import { ancova, ancovaOfMeans, differenceInDifferences, type ModelKind, withinLeader } from "./model-kinds.ts";

/** How an estimator gets from the cells to its numbers. */
export interface EstimatorEntry {
  readonly model: ModelKind;
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

/** Every estimator that is built: to add one is to add its entry here. */
export const estimatorEntries: Readonly<Partial<Record<Estimator, EstimatorEntry>>> = {
  ancova: { model: ancova, ...robust },
  "cluster-means": { model: ancovaOfMeans, ...robust },
  "difference-in-differences": { model: differenceInDifferences, ...robust },
  "leader-fixed-effects": { model: withinLeader, ...robust },
  mixed: { model: ancova, infer: mixedInference, inferJointly: null, standardErrors: null },
  "wild-bootstrap": { model: ancova, infer: wildBootstrapInference, inferJointly: null, standardErrors: "CR1" },
  randomisation: { model: ancova, infer: randomisationInference, inferJointly: null, standardErrors: "CR1" },
};
