import { occupiedClusters } from "./cluster-robust.ts";
import type { LeastSquares } from "./least-squares.ts";

/** All clusters of one size: how many, and Σ z z' of their rows √n·mean. */
export interface SizeGroup {
  readonly n: number;
  readonly clusters: number;
  readonly products: Float64Array;
}

/**
 * What a random-intercept model needs of the data, with z = (whitened columns, residual of least squares): cross-products
 * inside clusters, and between clusters by cluster size. Square matrices are full, of order columns + 1.
 */
export interface MixedMoments {
  readonly order: number;
  readonly within: Float64Array;
  readonly groups: readonly SizeGroup[];
  /** Rows less clusters. */
  readonly withinRows: number;
}

function addOuter(matrix: Float64Array, z: Float64Array, sign: number): void {
  for (let i = 0; i < z.length; i++) {
    for (let j = 0; j < z.length; j++) matrix[i * z.length + j]! += sign * z[i]! * z[j]!;
  }
}

/** Splits each cluster into its mean and the rest; `behind` as in `ModelRows`. */
export function mixedMoments(fit: LeastSquares, behind: Float64Array): MixedMoments {
  const columns = fit.coefficients.length;
  const order = columns + 1;
  const within = new Float64Array(order * order);
  const groups = new Map<number, { n: number; clusters: number; products: Float64Array }>();
  const z = new Float64Array(order);
  const total = new Float64Array(order);
  let squares = 0;
  for (let g = 0; g + 1 < fit.start.length; g++) {
    total.fill(0);
    let n = 0;
    for (let row = fit.start[g]!; row < fit.start[g + 1]!; row++) {
      for (let k = 0; k < columns; k++) z[k] = fit.whitened[row * columns + k]!;
      z[columns] = fit.residuals[row]!;
      squares += z[columns]! ** 2;
      addOuter(within, z, 1);
      n += behind[row]!;
      const root = Math.sqrt(behind[row]!);
      for (let k = 0; k < order; k++) total[k]! += root * z[k]!;
    }
    if (n === 0) continue;
    for (let k = 0; k < order; k++) total[k]! /= Math.sqrt(n);
    const group = groups.get(n) ?? { n, clusters: 0, products: new Float64Array(order * order) };
    groups.set(n, group);
    group.clusters++;
    addOuter(group.products, total, 1);
    addOuter(within, total, -1);
  }
  within[order * order - 1]! += fit.residualSumOfSquares - squares;
  const sizes = [...groups.values()].sort((a, b) => a.n - b.n);
  return { order, within, groups: sizes, withinRows: fit.observations - occupiedClusters(fit.start) };
}
