import type { Cells } from "../../stats/moments/moments.ts";

/** Mean of one column of the cells (shifted as the cells are) by leader at one wave, NaN where a leader has none. */
export function columnMeans(cells: Cells, leaders: number, wave: number, column: number): Float64Array {
  const m = cells.columns.length;
  const means = new Float64Array(leaders).fill(Number.NaN);
  cells.leader.forEach((leader, c) => {
    if (cells.wave[c] === wave && cells.n[c]! > 0) means[leader] = cells.sums[c * m + column]! / cells.n[c]!;
  });
  return means;
}

/** The same of the outcome, which is the last column: in the reported unit, less its shift. */
export const outcomeMeans = (cells: Cells, leaders: number, wave: number): Float64Array =>
  columnMeans(cells, leaders, wave, cells.columns.length - 1);
