import { coordinatesIn, orthonormalBasis } from "../matrix/orthonormal-basis.ts";
import { finish, nextCluster, type OuterSums, outerSums } from "../matrix/outer-sums.ts";
import { packedLength } from "../matrix/triangular.ts";
import {
  type Adjustment,
  adjust,
  clusterLeverage,
  type LeverageWorkspace,
  leverageWorkspace,
} from "./cluster-leverage.ts";
import type { LeastSquares } from "./least-squares.ts";

/**
 * What one pass over the clusters leaves for the variance and the degrees of freedom of every contrast in a space of
 * contrasts. In orthonormal coordinates, with an orthonormal basis e of the space, W_g the cluster's rows and u = (I −
 * H)^power W_g e_s: a_st = u_s'u_t, w_s = W_g'u_s. Pairs (s, t), s ≥ t, are packed lower triangles.
 */
export interface ClusterSums {
  readonly power: Adjustment;
  /** Row-major, `rank` directions. */
  readonly basis: Float64Array;
  readonly rank: number;
  /** Σ of the outer products of the clusters' adjusted scores, packed lower triangle. */
  readonly meat: Float64Array;
  /** Per pair Σ (a_st − w_s'w_t). */
  readonly trace: Float64Array;
  /** Per two pairs Σ (aa' − ab' − ba') with b_st = w_s'w_t; full square. */
  readonly squares: Float64Array;
  /** Per pair the symmetric part of Σ w_s w_t', packed lower triangles one after the other. */
  readonly outer: Float64Array;
  /** Clusters that alone determine some direction. */
  readonly leverageOne: number;
}

/** Scratch of the pass: u of all directions, residuals last; a and b by pair. */
interface Pass {
  readonly workspace: LeverageWorkspace;
  readonly adjusted: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly vectors: OuterSums;
}

/** u of every direction of the basis and, last, the adjusted residuals. */
function adjustAll(fit: LeastSquares, basis: Float64Array, first: number, size: number, pass: Pass): void {
  const { orthonormal, residuals } = fit;
  const { adjusted, workspace } = pass;
  const order = fit.coefficients.length;
  let at = 0;
  for (let direction = 0; direction < basis.length; direction += order) {
    for (let row = first; row < first + size; row++, at++) {
      let sum = 0;
      for (let k = 0, i = row * order; k < order; k++, i++) sum += orthonormal[i]! * basis[direction + k]!;
      adjusted[at] = sum;
    }
    adjust(adjusted, at - size, size, workspace);
  }
  for (let row = first; row < first + size; row++, at++) adjusted[at] = residuals[row]!;
  adjust(adjusted, at - size, size, workspace);
}

/** Puts W'u of vector `which` into `to`. */
function combine(fit: LeastSquares, first: number, size: number, pass: Pass, which: number, to: number): void {
  const { orthonormal } = fit;
  const { adjusted, vectors } = pass;
  const { waiting, place, order } = vectors;
  const from = which * size;
  for (let k = 0, at = 4 * to * order + place; k < order; k++, at += 4) {
    let sum = 0;
    for (let i = 0, row = first * order + k; i < size; i++, row += order)
      sum += orthonormal[row]! * adjusted[from + i]!;
    waiting[at] = sum;
  }
}

/** Position of the diagonal pair (s, s). */
const own = (s: number): number => (s * (s + 3)) / 2;

/** w of each direction stands for its pair with itself, w_s + w_t for the pair of two; a and b beside them. */
function pairUp(rank: number, size: number, { adjusted, a, b, vectors }: Pass): void {
  const { waiting, place, order } = vectors;
  for (let s = 0, pair = 0; s < rank; s++) {
    for (let t = 0; t <= s; t++, pair++) {
      let products = 0;
      for (let i = 0; i < size; i++) products += adjusted[s * size + i]! * adjusted[t * size + i]!;
      a[pair] = products;
      let inner = 0;
      let ws = 4 * own(s) * order + place;
      let wt = 4 * own(t) * order + place;
      let to = 4 * pair * order + place;
      for (let k = 0; k < order; k++, ws += 4, wt += 4, to += 4) {
        const first = waiting[ws]!;
        const second = waiting[wt]!;
        inner += first * second;
        if (s !== t) waiting[to] = first + second;
      }
      b[pair] = inner;
    }
  }
}

function addProducts({ a, b }: Pass, trace: Float64Array, squares: Float64Array): void {
  const pairs = trace.length;
  for (let p = 0; p < pairs; p++) {
    const ap = a[p]!;
    const bp = b[p]!;
    trace[p]! += ap - bp;
    for (let q = 0; q <= p; q++) squares[p * pairs + q]! += ap * (a[q]! - b[q]!) - bp * a[q]!;
  }
}

/** ½ (Σ w_s w_t' + Σ w_t w_s') from the sums for w_s, w_t and w_s + w_t. */
function polarise(sums: Float64Array, rank: number, size: number): Float64Array {
  const outer = sums.slice(0, (rank * (rank + 1) * size) / 2);
  for (let s = 0, pair = 0; s < rank; s++) {
    for (let t = 0; t <= s; t++, pair++) {
      if (s === t) continue;
      for (let k = 0; k < size; k++) {
        outer[pair * size + k] = (sums[pair * size + k]! - sums[own(s) * size + k]! - sums[own(t) * size + k]!) / 2;
      }
    }
  }
  return outer;
}

function mirror(matrix: Float64Array, order: number): void {
  for (let i = 0; i < order; i++) for (let j = 0; j < i; j++) matrix[j * order + i] = matrix[i * order + j]!;
}

function sumOverClusters(fit: LeastSquares, power: Adjustment, basis: Float64Array): ClusterSums {
  const order = fit.coefficients.length;
  const rank = order === 0 ? 0 : basis.length / order;
  const pairs = packedLength(rank);
  const workspace = leverageWorkspace(fit);
  const pass: Pass = {
    workspace,
    adjusted: new Float64Array((rank + 1) * workspace.eigen.values.length),
    a: new Float64Array(pairs),
    b: new Float64Array(pairs),
    vectors: outerSums(order, pairs + 1),
  };
  const trace = new Float64Array(pairs);
  const squares = new Float64Array(pairs * pairs);
  let leverageOne = 0;
  for (let g = 0; g + 1 < fit.start.length; g++) {
    const first = fit.start[g]!;
    const size = fit.start[g + 1]! - first;
    if (size === 0) continue;
    if (clusterLeverage(fit, g, power, workspace) > 0) leverageOne++;
    adjustAll(fit, basis, first, size, pass);
    for (let s = 0; s < rank; s++) combine(fit, first, size, pass, s, own(s));
    combine(fit, first, size, pass, rank, pairs);
    pairUp(rank, size, pass);
    addProducts(pass, trace, squares);
    nextCluster(pass.vectors);
  }
  finish(pass.vectors);
  mirror(squares, pairs);
  const { sums } = pass.vectors;
  const meat = sums.slice(pairs * packedLength(order));
  return { power, basis, rank, meat, trace, squares, outer: polarise(sums, rank, packedLength(order)), leverageOne };
}

const latest = new WeakMap<LeastSquares, ClusterSums>();

/**
 * Sums over the clusters of a fit for contrasts in orthonormal coordinates. The latest of a fit is remembered and answers
 * for every contrast in its space. Cost: clusters × columns² × pairs of independent contrasts, never clusters².
 */
export function clusterSums(fit: LeastSquares, power: Adjustment, directions: readonly Float64Array[]): ClusterSums {
  const known = latest.get(fit);
  if (known?.power === power && directions.every((direction) => coordinatesIn(known.basis, direction) !== null)) {
    return known;
  }
  const sums = sumOverClusters(fit, power, orthonormalBasis(directions));
  latest.set(fit, sums);
  return sums;
}
