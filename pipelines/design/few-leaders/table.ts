/** A share of replications with its Monte-Carlo standard error. */
export interface Rate {
  readonly rate: number;
  readonly se: number;
}

export const rateOf = (count: number, of: number): Rate => ({
  rate: count / of,
  se: Math.sqrt(((count / of) * (1 - count / of)) / of),
});

/** One row of a simulation's table: what was simulated, and what came out. */
export interface Cell {
  readonly values: readonly string[];
  readonly rates: readonly (Rate | null)[];
}

/** A simulation that writes one table. */
export interface Table {
  readonly id: string;
  readonly title: string;
  readonly lead: (replications: number) => string;
  readonly columns: readonly string[];
  readonly replications: number;
  readonly run: (replications: number, seed: number) => AsyncGenerator<Cell>;
}

const percent = (rate: Rate | null): string =>
  rate === null ? "–" : `${(100 * rate.rate).toFixed(1)} ± ${(196 * rate.se).toFixed(1)}`;

export const rowOf = ({ values, rates }: Cell): readonly string[] => [...values, ...rates.map(percent)];

/** The table as Markdown, rates in percent. */
export function markdownOf(table: Table, replications: number, cells: readonly Cell[]): string {
  const left = cells[0]?.values.length ?? 0;
  const line = (parts: readonly string[]): string => `| ${parts.join(" | ")} |`;
  return [
    `## ${table.title}`,
    "",
    table.lead(replications),
    "",
    line(table.columns),
    `|${table.columns.map((_, k) => (k < left ? "---" : "--:")).join("|")}|`,
    ...cells.map((cell) => line(rowOf(cell))),
    "",
  ].join("\n");
}
