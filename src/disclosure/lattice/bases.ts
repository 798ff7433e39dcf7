import { divide, subtract } from "./field.ts";

/** Rows that are one in a column of their own and zero in those of all others. */
export interface Based {
  /** The columns, one a row. */
  readonly basis: readonly number[];
  readonly rows: readonly Float64Array[];
}

/** The rows on the first columns of an order that span them; null where these columns do not. */
const basedOn = (rows: readonly Float64Array[], order: readonly number[]): Based | null => {
  const left = rows.map((row) => row.slice());
  const done: { readonly row: Float64Array; readonly column: number }[] = [];
  for (const column of order) {
    const at = left.findIndex((row) => row[column] !== 0);
    if (at < 0) continue;
    const [row] = left.splice(at, 1) as [Float64Array];
    divide(row, column);
    for (const other of [...left, ...done.map((each) => each.row)])
      if (other[column] !== 0) subtract(other, row, other[column]!);
    done.push({ row, column });
    if (left.length === 0) return { basis: done.map((each) => each.column), rows: done.map((each) => each.row) };
  }
  return null;
};

/**
 * The rows brought to bases that have no column in common, as many as there are for the asking at most. A combination is
 * zero on all columns but those that it rests on, and no combination is zero on a whole basis: whatever carries one has
 * a column of each basis.
 */
export const disjointBases = (
  rows: readonly Float64Array[],
  order: readonly number[],
  most: number,
): readonly Based[] => {
  const found: Based[] = [];
  let left = order;
  while (found.length < most) {
    const based = basedOn(rows, left);
    if (based === null) return found;
    found.push(based);
    const used = new Set(based.basis);
    left = left.filter((column) => !used.has(column));
  }
  return found;
};
