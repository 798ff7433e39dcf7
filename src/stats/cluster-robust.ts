import { type Adjustment, adjust, clusterLeverage, leverageRoom } from "./cluster-leverage.ts";
import type { LeastSquares } from "./least-squares.ts";
import { lower, packedLength, solveLower, solveLowerTransposed } from "./triangular.ts";

/** Cluster-robust standard errors: plain, with G/(G − 1), as Stata, bias-reduced linearisation, jackknife. */
export type ClusterRobustType = "CR0" | "CR1" | "CR1S" | "CR2" | "CR3";

/** A linear combination of coefficients with its variance and its degrees of freedom by Satterthwaite. */
export interface RobustContrast {
  readonly estimate: number;
  readonly variance: number;
  readonly df: number;
}

export interface ClusterRobust {
  readonly contrasts: readonly RobustContrast[];
  /** Covariance of all coefficients, packed lower triangle. */
  readonly covariance: Float64Array;
  /** Clusters that alone determine some combination of the coefficients; CR2 and CR3 leave that direction out. */
  readonly leverageOne: number;
  /** Clusters with at least one row. */
  readonly clusters: number;
}

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
  return (factor * (fit.observations - 1)) / (fit.observations - fit.coefficients.length - occupiedAbsorbed(fit));
}

const occupiedAbsorbed = (fit: LeastSquares): number => (fit.absorbed > 0 ? occupiedClusters(fit.start) : 0);

/** L⁻¹c: the contrast in whitened coordinates. */
export function whiten(fit: LeastSquares, contrast: Float64Array): Float64Array {
  const direction = contrast.slice();
  solveLower(fit.factor, direction.length, direction, 0);
  return direction;
}

/** Sums over clusters behind Satterthwaite's df of one contrast: Σ p_gg, Σ(a² − 2a w'w) and Σ w w'. */
interface DegreesOfFreedom {
  readonly direction: Float64Array;
  trace: number;
  squares: number;
  readonly outer: Float64Array;
}

/** Σ over the rows of a cluster of whitened row × weight. */
export function combineRows(
  fit: LeastSquares,
  first: number,
  size: number,
  weights: Float64Array,
  into: Float64Array,
): void {
  const order = into.length;
  into.fill(0);
  for (let i = 0; i < size; i++) {
    const weight = weights[i]!;
    for (let k = 0, at = (first + i) * order; k < order; k++, at++) into[k]! += fit.whitened[at]! * weight;
  }
}

function addOuter(outer: Float64Array, vector: Float64Array): void {
  for (let i = 0, at = 0; i < vector.length; i++) {
    const value = vector[i]!;
    if (value === 0) at += i + 1;
    else for (let j = 0; j <= i; j++, at++) outer[at]! += value * vector[j]!;
  }
}

/** Inner product of `b` with as many elements of `a` from `offset` on. */
export function dot(a: Float64Array, offset: number, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < b.length; k++) sum += a[offset + k]! * b[k]!;
  return sum;
}

/** Sum of squares of all elements of the full symmetric matrix. */
function frobenius(packed: Float64Array, order: number): number {
  let sum = 0;
  for (let i = 0, at = 0; i < order; i++) {
    for (let j = 0; j <= i; j++, at++) sum += (i === j ? 1 : 2) * packed[at]! ** 2;
  }
  return sum;
}

/** C M C' for C = L⁻ᵀ: from whitened coordinates to coefficients. */
function toCoefficients(fit: LeastSquares, meat: Float64Array, factor: number): Float64Array {
  const order = fit.coefficients.length;
  const full = new Float64Array(order * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < order; j++) full[i * order + j] = meat[lower(Math.max(i, j), Math.min(i, j))]!;
  for (let i = 0; i < order; i++) solveLowerTransposed(fit.factor, order, full, i * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < i; j++)
      [full[i * order + j], full[j * order + i]] = [full[j * order + i]!, full[i * order + j]!];
  for (let i = 0; i < order; i++) solveLowerTransposed(fit.factor, order, full, i * order);
  const covariance = new Float64Array(packedLength(order));
  for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) covariance[lower(i, j)] = full[i * order + j]! * factor;
  return covariance;
}

/**
 * Cluster-robust variance of contrasts of the coefficients: CR0 and CR1 (Liang & Zeger 1986), CR2 (Bell & McCaffrey
 * 2002) and CR3, with Satterthwaite degrees of freedom under the identity working model (Bell & McCaffrey 2002; Imbens
 * & Kolesár 2016; Pustejovsky & Tipton 2018). Each contrast has one entry per kept column. Cost: clusters × columns²,
 * never clusters².
 */
export function clusterRobust(
  fit: LeastSquares,
  type: ClusterRobustType,
  contrasts: readonly Float64Array[],
): ClusterRobust {
  const order = fit.coefficients.length;
  const power = adjustmentOf(type);
  const room = leverageRoom(fit);
  const weights = new Float64Array(room.excess.length);
  const vector = new Float64Array(order);
  const meat = new Float64Array(packedLength(order));
  const sums = contrasts.map(
    (contrast): DegreesOfFreedom => ({
      direction: whiten(fit, contrast),
      trace: 0,
      squares: 0,
      outer: new Float64Array(packedLength(order)),
    }),
  );
  let leverageOne = 0;
  for (let g = 0; g + 1 < fit.start.length; g++) {
    const first = fit.start[g]!;
    const size = fit.start[g + 1]! - first;
    if (size === 0) continue;
    if (clusterLeverage(fit, g, power, room) > 0) leverageOne++;
    for (let i = 0; i < size; i++) weights[i] = fit.residuals[first + i]!;
    adjust(weights, size, room);
    combineRows(fit, first, size, weights, vector);
    addOuter(meat, vector);
    for (const sum of sums) {
      for (let i = 0; i < size; i++) weights[i] = dot(fit.whitened, (first + i) * order, sum.direction);
      adjust(weights, size, room);
      let a = 0;
      for (let i = 0; i < size; i++) a += weights[i]! ** 2;
      combineRows(fit, first, size, weights, vector);
      const w = dot(vector, 0, vector);
      sum.trace += a - w;
      sum.squares += a * a - 2 * a * w;
      addOuter(sum.outer, vector);
    }
  }
  const clusters = occupiedClusters(fit.start);
  const factor = smallSampleFactor(type, fit, clusters);
  return {
    contrasts: contrasts.map((contrast, k) => contrastOf(fit, contrast, sums[k]!, meat, factor)),
    covariance: toCoefficients(fit, meat, factor),
    leverageOne,
    clusters,
  };
}

function contrastOf(
  fit: LeastSquares,
  contrast: Float64Array,
  { direction, trace, squares, outer }: DegreesOfFreedom,
  meat: Float64Array,
  factor: number,
): RobustContrast {
  const order = fit.coefficients.length;
  let variance = 0;
  for (let i = 0, at = 0; i < order; i++) {
    for (let j = 0; j <= i; j++, at++) variance += (i === j ? 1 : 2) * meat[at]! * direction[i]! * direction[j]!;
  }
  return {
    estimate: dot(contrast, 0, fit.coefficients),
    variance: variance * factor,
    df: (trace * trace) / (squares + frobenius(outer, order)),
  };
}
