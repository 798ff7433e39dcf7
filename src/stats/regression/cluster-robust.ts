import { coordinatesIn } from "../matrix/orthonormal-basis.ts";
import { lower, packedLength, solveLower, solveLowerTransposed } from "../matrix/triangular.ts";
import type { Adjustment } from "./cluster-leverage.ts";
import { type ClusterSums, clusterSums } from "./cluster-sums.ts";
import type { LeastSquares } from "./least-squares.ts";
import { degreesOfFreedom, pairWeights } from "./satterthwaite.ts";

/**
 * Cluster-robust standard errors, by clubSandwich's names: plain, times G/(G − 1), Stata's factor, bias-reduced
 * linearisation, jackknife.
 */
export type ClusterRobustType = "CR0" | "CR1" | "CR1S" | "CR2" | "CR3";

/**
 * A linear combination of coefficients, its variance (in its squared unit) and its degrees of freedom by
 * Satterthwaite, whatever the type; packages that use G − 1 for CR0 and CR1 take `clusters − 1` of `ClusterRobust`
 * instead.
 */
export interface RobustContrast {
  readonly estimate: number;
  readonly variance: number;
  readonly df: number;
}

/**
 * Cluster-robust variances of a fit: of each contrast, in the order in which they were asked for, and of all
 * coefficients.
 */
export interface ClusterRobust {
  readonly contrasts: readonly RobustContrast[];
  /** Covariance of all coefficients, packed lower triangle. */
  readonly vcov: Float64Array;
  /** Clusters that alone determine some combination of the coefficients; CR2 and CR3 leave that direction out. */
  readonly leverageOne: number;
  /** Clusters with at least one row. */
  readonly clusters: number;
}

/** The power of I − H that a type adjusts a cluster's residuals by. */
export const adjustmentOf = (type: ClusterRobustType): Adjustment => (type === "CR2" ? -0.5 : type === "CR3" ? -1 : 0);

/** Clusters that have rows. */
export function occupiedClusters(start: Int32Array): number {
  let count = 0;
  for (let g = 0; g + 1 < start.length; g++) if (start[g + 1]! > start[g]!) count++;
  return count;
}

/** CR1S counts absorbed effects among the parameters, as Stata's areg and estimatr do. */
function smallSampleFactor(type: ClusterRobustType, fit: LeastSquares, clusters: number): number {
  if (type !== "CR1" && type !== "CR1S") return 1;
  const factor = clusters / (clusters - 1);
  if (type === "CR1") return factor;
  return (factor * (fit.observations - 1)) / (fit.observations - fit.coefficients.length - fit.absorbed);
}

/** L⁻¹c: the contrast in the coordinates of the orthonormal design, whose coefficients have variance σ² each. */
export function orthonormalContrast(fit: LeastSquares, contrast: Float64Array): Float64Array {
  const direction = contrast.slice();
  solveLower(fit.factor, direction.length, direction, 0);
  return direction;
}

/** Inner product of `b` with as many elements of `a` from `offset` on. */
export function dot(a: Float64Array, offset: number, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < b.length; k++) sum += a[offset + k]! * b[k]!;
  return sum;
}

/** v'M w for a packed lower triangle. */
export function quadratic(packed: Float64Array, left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0, at = 0; i < left.length; i++) {
    for (let j = 0; j < i; j++, at++) sum += packed[at]! * (left[i]! * right[j]! + left[j]! * right[i]!);
    sum += packed[at++]! * left[i]! * right[i]!;
  }
  return sum;
}

/** C M C' for C = L⁻ᵀ: from orthonormal coordinates to coefficients. */
function sandwich(fit: LeastSquares, meat: Float64Array, factor: number): Float64Array {
  const order = fit.coefficients.length;
  const full = new Float64Array(order * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < order; j++) full[i * order + j] = meat[lower(Math.max(i, j), Math.min(i, j))]!;
  for (let i = 0; i < order; i++) solveLowerTransposed(fit.factor, order, full, i * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < i; j++)
      [full[i * order + j], full[j * order + i]] = [full[j * order + i]!, full[i * order + j]!];
  for (let i = 0; i < order; i++) solveLowerTransposed(fit.factor, order, full, i * order);
  const vcov = new Float64Array(packedLength(order));
  for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) vcov[lower(i, j)] = full[i * order + j]! * factor;
  return vcov;
}

/**
 * Cluster-robust variance of contrasts of the coefficients, one entry per kept column each: CR0 and CR1 (Liang & Zeger
 * 1986), CR2 (Bell & McCaffrey 2002) and CR3, with Satterthwaite degrees of freedom under the identity working model
 * (Bell & McCaffrey 2002; Imbens & Kolesár 2016; Pustejovsky & Tipton 2018); as clubSandwich's `vcovCR` and
 * `coef_test`. With one cluster the variance is zero or not finite: `tTest` says so. Cost: clusters × columns², never
 * clusters².
 */
export function clusterRobust(
  fit: LeastSquares,
  type: ClusterRobustType,
  contrasts: readonly Float64Array[],
): ClusterRobust {
  const directions = contrasts.map((contrast) => orthonormalContrast(fit, contrast));
  const sums = clusterSums(fit, adjustmentOf(type), directions);
  const clusters = occupiedClusters(fit.start);
  const factor = smallSampleFactor(type, fit, clusters);
  return {
    contrasts: contrasts.map((contrast, k) => ({
      estimate: dot(contrast, 0, fit.coefficients),
      variance: quadratic(sums.meat, directions[k]!, directions[k]!) * factor,
      df: contrastDf(sums, directions[k]!),
    })),
    vcov: sandwich(fit, sums.meat, factor),
    leverageOne: sums.leverageOne,
    clusters,
  };
}

function contrastDf(sums: ClusterSums, direction: Float64Array): number {
  const along = coordinatesIn(sums.basis, direction)!;
  return degreesOfFreedom(sums, pairWeights(along, along));
}
