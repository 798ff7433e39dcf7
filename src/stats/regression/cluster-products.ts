import { packedLength, upper } from "../matrix/triangular.ts";
import type { ModelRows } from "../moments/model-rows.ts";

/**
 * Cross-products of columns within each cluster, those that are not zero. A pair of columns has a number if its product
 * is not zero in some cluster; pairs are in order of their first column, then their second, first ≤ second.
 */
export interface ClusterProducts {
  readonly columns: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Products of cluster g are `value[start[g] … start[g + 1])`, of the pairs `pair` there, ascending. */
  readonly start: Int32Array;
  readonly pair: Int32Array;
  readonly value: Float64Array;
}

/** Adds the upper triangle of z z' of one row of columns. */
function addRow(columns: readonly Float64Array[], row: number, products: Float64Array): void {
  for (let i = 0, at = 0; i < columns.length; i++) {
    const value = columns[i]![row]!;
    if (value === 0) at += columns.length - i;
    else for (let j = i; j < columns.length; j++, at++) products[at]! += value * columns[j]![row]!;
  }
}

/** Cross-products of columns (one number per pseudo-row each) within every cluster. */
export function clusterProducts(
  { start }: Pick<ModelRows, "start">,
  columns: readonly Float64Array[],
): ClusterProducts {
  const products = new Float64Array(packedLength(columns.length));
  const number = new Int32Array(products.length);
  const places: number[] = [];
  const values: number[] = [];
  const ends = new Int32Array(start.length);
  for (let g = 0; g + 1 < start.length; g++) {
    products.fill(0);
    for (let row = start[g]!; row < start[g + 1]!; row++) addRow(columns, row, products);
    for (let at = 0; at < products.length; at++) {
      if (products[at] === 0) continue;
      number[at] = 1;
      places.push(at);
      values.push(products[at]!);
    }
    ends[g + 1] = places.length;
  }
  const first: number[] = [];
  const second: number[] = [];
  for (let i = 0; i < columns.length; i++) {
    for (let j = i; j < columns.length; j++) {
      const at = upper(columns.length, i, j);
      if (number[at] === 0) continue;
      number[at] = first.length;
      first.push(i);
      second.push(j);
    }
  }
  return {
    columns: columns.length,
    first: Int32Array.from(first),
    second: Int32Array.from(second),
    start: ends,
    pair: Int32Array.from(places, (at) => number[at]!),
    value: Float64Array.from(values),
  };
}
