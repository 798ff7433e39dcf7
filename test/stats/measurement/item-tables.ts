import type { ItemTables } from "../../../src/stats/measurement/polychoric-matrix.ts";
import { input } from "../../oracle/read.ts";

/** Tables of answers from 1 to so many categories; null where an item was not answered. */
export function itemTables(
  rows: readonly (readonly (number | null)[])[],
  items: number,
  categories: number,
): ItemTables {
  const counts = new Float64Array((items * categories) ** 2);
  for (const row of rows)
    for (let i = 0; i < items; i++)
      for (let j = i; j < items; j++)
        if (row[i] != null && row[j] != null)
          counts[((i * items + j) * categories + row[i]! - 1) * categories + row[j]! - 1]! += 1;
  return { items, categories, counts };
}

/** Answers of an input whose first column is the leader. */
export const itemRows = (name: string): readonly (readonly (number | null)[])[] =>
  input(name).map(({ leader: _, ...cells }) => Object.values(cells).map((cell) => (cell === "" ? null : Number(cell))));
