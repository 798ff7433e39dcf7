import type { Cells } from "./moments.ts";

/**
 * Cells in which every row of a leader counts `weights[leader]` times. A regression on them is the weighted one, and its
 * cluster-robust variance the one whose working variance is the inverse of the weights: clubSandwich's
 * `vcovCR(lm(…, weights = w), target = 1 / w)`.
 */
export function weightCells(cells: Cells, weights: Float64Array): Cells {
  const m = cells.columns.length;
  const size = (m * (m + 1)) / 2;
  const weightOf = (cell: number): number => weights[cells.leader[cell]!]!;
  return {
    ...cells,
    n: cells.n.map((value, c) => value * weightOf(c)),
    sums: cells.sums.map((value, k) => value * weightOf(Math.floor(k / m))),
    products: cells.products.map((value, k) => value * weightOf(Math.floor(k / size))),
  };
}
