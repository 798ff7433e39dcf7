import { packedLength, upper } from "../matrix/triangular.ts";
import type { Cells } from "./moments.ts";

/** A column that is a column of the cells (as it is shifted there) in cells with a code, and zero in all others. */
export interface ProductColumn {
  readonly name: string;
  /** Column of the cells. */
  readonly column: number;
  /** Code of each cell. */
  readonly codes: Int32Array;
  readonly code: number;
}

/**
 * The same cells with further columns, which stand before the outcome: each the product of an indicator of cells and of
 * a column that varies by row. What is constant in a cell goes through its sums, so that no row is needed and nothing is
 * rounded.
 */
export function withProducts(cells: Cells, products: readonly ProductColumn[]): Cells {
  const before = cells.columns.length;
  const order = before + products.length;
  const own = Array.from({ length: before }, (_, column) => ({ column, codes: null, code: 0 }));
  const all = [...own.slice(0, -1), ...products, own.at(-1)!];
  const count = cells.n.length;
  const sums = new Float64Array(count * order);
  const squares = new Float64Array(count * packedLength(order));
  const among = (
    { codes, code }: { readonly codes: Int32Array | null; readonly code: number },
    cell: number,
  ): boolean => codes === null || codes[cell] === code;
  for (let c = 0; c < count; c++) {
    let at = c * packedLength(order);
    for (let i = 0; i < order; i++) {
      const row = all[i]!;
      const counts = among(row, c);
      if (counts) sums[c * order + i] = cells.sums[c * before + row.column]!;
      for (let j = i; j < order; j++, at++) {
        const other = all[j]!;
        if (!counts || !among(other, c)) continue;
        const [first, second] = [Math.min(row.column, other.column), Math.max(row.column, other.column)];
        squares[at] = cells.products[c * packedLength(before) + upper(before, first, second)]!;
      }
    }
  }
  return {
    ...cells,
    columns: [...cells.columns.slice(0, -1), ...products.map(({ name }) => name), cells.columns.at(-1)!],
    shift: Float64Array.from(all, ({ column }, k) => (k < before - 1 || k === order - 1 ? cells.shift[column]! : 0)),
    sums,
    products: squares,
  };
}
