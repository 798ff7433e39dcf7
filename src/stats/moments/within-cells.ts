import { packedLength, upper } from "../matrix/triangular.ts";
import type { Cells } from "./moments.ts";

/** Cross-products of the columns of cells about each cell's own mean (packed upper), and their size before centring. */
export interface WithinCells {
  readonly products: Float64Array;
  readonly scale: Float64Array;
}

/** Empty cross-products of that many columns. */
export const withinCells = (columns: number): WithinCells => ({
  products: new Float64Array(packedLength(columns)),
  scale: new Float64Array(columns),
});

/** Adds one cell. */
export function addWithin(cells: Cells, cell: number, { products, scale }: WithinCells): void {
  const m = cells.columns.length;
  const n = cells.n[cell]!;
  for (let i = 0, at = 0; i < m; i++) {
    const sum = cells.sums[cell * m + i]!;
    for (let j = i; j < m; j++, at++) {
      const product = cells.products[cell * products.length + at]!;
      products[at]! += product - (sum * cells.sums[cell * m + j]!) / n;
      if (i === j) scale[i]! += product;
    }
  }
}

/** R with R'R = products, in place; a column without variation beyond rounding gets a row of zeros. */
export function factorWithin({ products, scale }: WithinCells): void {
  const m = scale.length;
  for (let i = 0; i < m; i++) {
    for (let j = i; j < m; j++) {
      let sum = products[upper(m, i, j)]!;
      for (let k = 0; k < i; k++) sum -= products[upper(m, k, i)]! * products[upper(m, k, j)]!;
      products[upper(m, i, j)] = sum;
    }
    const pivot = products[upper(m, i, i)]!;
    const root = pivot > 1e-14 * scale[i]! ? Math.sqrt(pivot) : 0;
    for (let j = i; j < m; j++) products[upper(m, i, j)] = root === 0 ? 0 : products[upper(m, i, j)]! / root;
  }
}
