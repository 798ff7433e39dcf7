import {
  type Adjustment,
  adjust,
  clusterLeverage,
  type LeverageWorkspace,
  leverageWorkspace,
} from "../regression/cluster-leverage.ts";
import { dot } from "../regression/cluster-robust.ts";
import type { LeastSquares } from "../regression/least-squares.ts";

/**
 * What a wild bootstrap needs of one cluster for one contrast, orthonormal. The score's part along the contrast, and the
 * slope that stands for the refit in the variance, are of adjusted residuals (I − H)^power u: with power 0 the variance
 * of a draw is CR0, with −½ it is CR2, with −1 CR3.
 */
export interface ClusterFeatures {
  /** W'u. */
  readonly score: Float64Array;
  /** W'Wd: what a unit of the null adds to the score. */
  readonly slope: Float64Array;
  /** W'AWd and, along the contrast, d'W'Au and d'W'AWd with A = (I − H)^power. */
  readonly adjustedSlope: Float64Array;
  readonly along: number;
  readonly slopeAlong: number;
}

function addRows(fit: LeastSquares, g: number, weights: Float64Array, into: Float64Array): void {
  const order = into.length;
  for (let row = fit.start[g]!, i = 0; row < fit.start[g + 1]!; row++, i++) {
    for (let k = 0; k < order; k++) into[k]! += fit.orthonormal[row * order + k]! * weights[i]!;
  }
}

function featuresOf(
  fit: LeastSquares,
  g: number,
  direction: Float64Array,
  workspace: LeverageWorkspace | null,
): ClusterFeatures {
  const order = direction.length;
  const first = fit.start[g]!;
  const residuals = fit.residuals.subarray(first, fit.start[g + 1]!);
  const rows = Float64Array.from(residuals, (_, i) => dot(fit.orthonormal, (first + i) * order, direction));
  const adjusted = rows.slice();
  if (workspace !== null) adjust(adjusted, 0, adjusted.length, workspace);
  const features = {
    score: new Float64Array(order),
    slope: new Float64Array(order),
    adjustedSlope: new Float64Array(order),
    along: dot(adjusted, 0, residuals),
    slopeAlong: dot(adjusted, 0, rows),
  };
  addRows(fit, g, residuals, features.score);
  addRows(fit, g, rows, features.slope);
  addRows(fit, g, adjusted, features.adjustedSlope);
  return features;
}

/** Features of every cluster, one after the other, for a contrast in orthonormal coordinates. */
export function* wildFeatures(
  fit: LeastSquares,
  power: Adjustment,
  direction: Float64Array,
): Generator<ClusterFeatures> {
  const workspace = power === 0 ? null : leverageWorkspace(fit);
  for (let g = 0; g + 1 < fit.start.length; g++) {
    if (workspace !== null) clusterLeverage(fit, g, power, workspace);
    yield featuresOf(fit, g, direction, workspace);
  }
}
