import { divide, leading, subtract } from "./field.ts";

/** A row of a reduced echelon basis: one in the column of its own pivot, zero in those of all others. */
export interface BasisRow {
  readonly pivot: number;
  readonly values: Float64Array;
}

/**
 * A reduced row echelon basis modulo a prime, grown row by row. Pivots are the first columns that they can be, so that
 * the rows with a pivot among the last columns are exactly a basis of the combinations that rest on those alone.
 */
export interface Echelon {
  readonly rows: BasisRow[];
}

/** What is left of a row beside the basis; all zero where the basis says it already. */
export const reduced = ({ rows }: Echelon, row: Float64Array): Float64Array => {
  const rest = row.slice();
  for (const { pivot, values } of rows) {
    const factor = rest[pivot]!;
    if (factor !== 0) subtract(rest, values, factor);
  }
  return rest;
};

/** Adds a reduced row that is not zero; gives back the rows that are new or other than before. */
export const grow = ({ rows }: Echelon, rest: Float64Array): readonly BasisRow[] => {
  const pivot = leading(rest);
  const values = rest.slice();
  divide(values, pivot);
  const changed = rows.filter((row) => row.values[pivot] !== 0);
  for (const row of changed) subtract(row.values, values, row.values[pivot]!);
  const added = { pivot, values };
  rows.push(added);
  return [...changed, added];
};
