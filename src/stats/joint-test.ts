import { choleskyDropping } from "./cholesky.ts";
import { adjust, clusterLeverage, leverageRoom } from "./cluster-leverage.ts";
import { combineRows, dot, whiten } from "./cluster-robust.ts";
import { fUpper } from "./distributions.ts";
import type { LeastSquares } from "./least-squares.ts";
import { lower, packedLength, solveLower } from "./triangular.ts";

/** An F test of several contrasts at once. */
export interface JointTest {
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

/** Contrasts in whitened coordinates made orthonormal, and the contrasts of the coefficients turned alike. */
interface Orthonormal {
  readonly directions: readonly Float64Array[];
  readonly estimates: Float64Array;
}

function orthonormal(fit: LeastSquares, contrasts: readonly Float64Array[]): Orthonormal | null {
  const whitened = contrasts.map((contrast) => whiten(fit, contrast));
  const count = contrasts.length;
  const gram = new Float64Array(packedLength(count));
  for (let s = 0; s < count; s++) for (let t = 0; t <= s; t++) gram[lower(s, t)] = dot(whitened[s]!, 0, whitened[t]!);
  const { factor, dropped } = choleskyDropping(gram, count, 1e-10);
  if (dropped.length > 0) return null;
  const directions = contrasts.map(() => new Float64Array(fit.coefficients.length));
  const across = new Float64Array(count);
  for (let k = 0; k < fit.coefficients.length; k++) {
    for (let s = 0; s < count; s++) across[s] = whitened[s]![k]!;
    solveLower(factor, count, across, 0);
    for (let s = 0; s < count; s++) directions[s]![k] = across[s]!;
  }
  const estimates = Float64Array.from(contrasts, (contrast) => dot(contrast, 0, fit.coefficients));
  solveLower(factor, count, estimates, 0);
  return { directions, estimates };
}

/** Sums over clusters: covariance of the estimates, W_st = Σ w_s w_t' by (s, t), s ≤ t, and the part of T inside clusters. */
interface Sums {
  readonly covariance: Float64Array;
  readonly outer: readonly Float64Array[];
  inside: number;
}

/** One cluster's adjusted weights and w for each direction. */
interface Share {
  readonly weights: readonly Float64Array[];
  readonly w: readonly Float64Array[];
}

/** Adds v w' to a full square matrix. */
function addProduct(outer: Float64Array, v: Float64Array, w: Float64Array): void {
  for (let i = 0, at = 0; i < v.length; i++) {
    const value = v[i]!;
    for (let j = 0; j < w.length; j++, at++) outer[at]! += value * w[j]!;
  }
}

/** Inner product of the first `size` numbers. */
function product(a: Float64Array, b: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Adds one cluster to the sums over pairs s ≤ t; a pair and its mirror image are equal and count as two. */
function addShare(sums: Sums, { weights, w }: Share, size: number): void {
  const count = w.length;
  for (let s = 0; s < count; s++) {
    const ss = product(weights[s]!, weights[s]!, size);
    const ws = dot(w[s]!, 0, w[s]!);
    for (let t = s; t < count; t++) {
      const tt = product(weights[t]!, weights[t]!, size);
      const st = product(weights[s]!, weights[t]!, size);
      const own = ss * (tt - dot(w[t]!, 0, w[t]!)) - tt * ws;
      sums.inside += (s === t ? 1 : 2) * (own + st * st - 2 * st * dot(w[s]!, 0, w[t]!));
      addProduct(sums.outer[s * count + t]!, w[s]!, w[t]!);
    }
  }
}

/** ‖W‖² + tr(W W), summed over all pairs of directions. */
function between(outer: readonly Float64Array[], count: number, order: number): number {
  let sum = 0;
  for (let s = 0; s < count; s++) {
    for (let t = s; t < count; t++) {
      const matrix = outer[s * count + t]!;
      let own = 0;
      for (let i = 0; i < order; i++) {
        for (let j = 0; j < order; j++)
          own += matrix[i * order + j]! * (matrix[i * order + j]! + matrix[j * order + i]!);
      }
      sum += (s === t ? 1 : 2) * own;
    }
  }
  return sum;
}

function sumOverClusters(fit: LeastSquares, directions: readonly Float64Array[]): Sums {
  const order = fit.coefficients.length;
  const count = directions.length;
  const room = leverageRoom(fit);
  const residuals = new Float64Array(room.excess.length);
  const score = new Float64Array(order);
  const share = {
    weights: directions.map(() => new Float64Array(room.excess.length)),
    w: directions.map(() => new Float64Array(order)),
  };
  const outer = Array.from({ length: count * count }, () => new Float64Array(order * order));
  const sums: Sums = { covariance: new Float64Array(packedLength(count)), outer, inside: 0 };
  for (let g = 0; g + 1 < fit.start.length; g++) {
    const first = fit.start[g]!;
    const size = fit.start[g + 1]! - first;
    if (size === 0) continue;
    clusterLeverage(fit, g, -0.5, room);
    for (let i = 0; i < size; i++) residuals[i] = fit.residuals[first + i]!;
    adjust(residuals, size, room);
    combineRows(fit, first, size, residuals, score);
    for (let s = 0; s < count; s++) {
      const weights = share.weights[s]!;
      for (let i = 0; i < size; i++) weights[i] = dot(fit.whitened, (first + i) * order, directions[s]!);
      adjust(weights, size, room);
      combineRows(fit, first, size, weights, share.w[s]!);
      for (let t = 0; t <= s; t++) {
        sums.covariance[lower(s, t)]! += dot(score, 0, directions[s]!) * dot(score, 0, directions[t]!);
      }
    }
    addShare(sums, share, size);
  }
  return sums;
}

/**
 * Joint test that all contrasts are zero: CR2 with Hotelling's T² and its degrees of freedom (HTZ, Tipton & Pustejovsky
 * 2015), as clubSandwich's `Wald_test(test = "HTZ")`. Null where the contrasts depend on each other or the clusters are
 * too few.
 */
export function jointTest(fit: LeastSquares, contrasts: readonly Float64Array[]): JointTest | null {
  const count = contrasts.length;
  const basis = orthonormal(fit, contrasts);
  if (basis === null || count === 0) return null;
  const { covariance, outer, inside } = sumOverClusters(fit, basis.directions);
  const { factor, dropped } = choleskyDropping(covariance, count, 1e-12);
  const eta = (count * (count + 1)) / (inside + between(outer, count, fit.coefficients.length));
  const df2 = eta - count + 1;
  if (dropped.length > 0 || !(df2 > 0)) return null;
  solveLower(factor, count, basis.estimates, 0);
  const f = ((df2 / eta) * dot(basis.estimates, 0, basis.estimates)) / count;
  return { f, df1: count, df2, p: fUpper(f, count, df2) };
}
