import { brokenByCell } from "./cell-promises.ts";
import { chanceOf } from "./chance.ts";
import { hostileCell } from "./hostile-cells.ts";

/** A cell of a seed that was read as it must not be. */
export interface CellFinding {
  readonly cell: string;
  readonly broken: readonly string[];
}

const mostFindings = 50;

/** Reads so many hostile cells of a seed in every way that a delivery's cells are read. */
export const fuzzCells = (seed: number, count: number): readonly CellFinding[] => {
  const chance = chanceOf(seed, -2);
  const findings: CellFinding[] = [];
  for (let k = 0; k < count && findings.length < mostFindings; k += 1) {
    const cell = hostileCell(chance);
    const broken = brokenByCell(cell);
    if (broken.length > 0) findings.push({ cell, broken });
  }
  return findings;
};
