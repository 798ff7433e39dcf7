/**
 * Cluster-robust and mixed-model inference, tests by draws, trial and measurement statistics over typed arrays: what
 * `spejl/stats` exports. Nothing here reads files, needs a database or draws charts.
 *
 * What goes in: one array entry per observation (`rowsFrom`), or sums where a function says so. What comes out: small
 * readonly records. A number that cannot be had is `null` or a word that says why, never NaN; a call that no data could
 * make right (arrays of different lengths) throws a RangeError.
 *
 * @module
 */
export * from "./distribution/distributions.ts";
export { noncentralityForPower, noncentralT, powerOfT } from "./distribution/noncentral-t.ts";
export type { Tails } from "./distribution/special-functions.ts";
export { type DrawTask, drawBlock, drawBlocks } from "./draws/draw-task.ts";
export { type NormalEstimate, type NormalPairs, normalPairs, productInterval } from "./draws/product-interval.ts";
export type { RandomisationTask } from "./draws/randomisation-draws.ts";
export {
  type RandomisationTest,
  type RandomisedModel,
  randomisationTask,
  randomisationTest,
} from "./draws/randomisation-test.ts";
export {
  membersOf,
  type WildBootstrap,
  type WildOptions,
  type WildStatistics,
  wildBootstrap,
  wildStatistics,
  wildTask,
} from "./draws/wild-bootstrap.ts";
export type { WildTask, WildWeights } from "./draws/wild-draws.ts";
export {
  type OneWay,
  type OneWaySums,
  oneWay,
  oneWaySums,
  slightlySkewedVariance,
  uniformVariance,
  withinGroupAgreement,
} from "./measurement/agreement.ts";
export { type AgreementGroup, agreementGroups } from "./measurement/agreement-groups.ts";
export {
  factorInvariance,
  type GroupFactor,
  type InvarianceFit,
  type InvarianceLevel,
  invarianceLevels,
  type NoFit,
} from "./measurement/confirmatory-factor.ts";
export { type Correlation, correlation, disattenuated } from "./measurement/correlation.ts";
export type { GroupMoments, PatternMoments } from "./measurement/factor-moments.ts";
export type { FitMeasures } from "./measurement/fit-measures.ts";
export { correlationMatrix, covarianceMatrix, factorGroup } from "./measurement/item-covariance.ts";
export {
  alphaIfDropped,
  alphaInterval,
  cronbachAlpha,
  itemRestCorrelation,
  minimumResiduals,
  type OneFactor,
  omegaTotal,
  type ReliabilityInterval,
} from "./measurement/reliability.ts";
export type { Likelihood } from "./mixed/evaluation.ts";
export {
  type ContrastVariance,
  type MixedContrast,
  type MixedModel,
  type MixedModelSpec,
  mixedModel,
  mixedModelAt,
  type NoMixedModel,
  type VarianceComponent,
  type Variances,
} from "./mixed/model.ts";
export type { RandomEffects } from "./mixed/moments.ts";
export type { ModelRows } from "./moments/model-rows.ts";
export { clusterCodes, interceptName, type Observations, type ObservedRows, rowsFrom } from "./moments/rows-from.ts";
export type { ClusterProducts } from "./regression/cluster-products.ts";
export {
  type ClusterRobust,
  type ClusterRobustType,
  clusterRobust,
  type RobustContrast,
} from "./regression/cluster-robust.ts";
export { type JointTest, jointTest } from "./regression/joint-test.ts";
export { type DroppedColumn, type LeastSquares, leastSquares } from "./regression/least-squares.ts";
export { linearContrast } from "./regression/linear-contrast.ts";
export { type Logistic, logisticRegression } from "./regression/logistic.ts";
export {
  type ResponseSurface,
  responseSurface,
  type SurfaceParameter,
  type SurfaceShape,
} from "./regression/response-surface.ts";
export { type TTest, tTest } from "./regression/t-test.ts";
export { type Instrumented, type TwoStage, twoStageLeastSquares } from "./regression/two-stage.ts";
export {
  type ClusterDesign,
  clusterPrecision,
  detectableEffect,
  type Precision,
  powerFor,
} from "./trial/cluster-power.ts";
export { type ClusteredArm, clusteredLeeBounds } from "./trial/clustered-lee-bounds.ts";
export { equalProportions, type GroupCount } from "./trial/contingency.ts";
export { type CountedArm, countedLeeBounds } from "./trial/counted-lee-bounds.ts";
export { effectInterval, type LeeBounds, leeBounds, type MeasuredArm } from "./trial/lee-bounds.ts";
export { holm, type JointStatistic, romanoWolf } from "./trial/multiplicity.ts";
