import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import { baselineWave, controlArm, type Design } from "./design.ts";

/** Sum, sum of squares (both of the shifted outcome) and count over chosen cells. */
export interface OutcomeSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** Adds up the outcome over the cells that `chosen` names. */
export function outcomeSums(cells: Cells, chosen: (cell: number) => boolean): OutcomeSums {
  const m = cells.columns.length;
  const size = (m * (m + 1)) / 2;
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let c = 0; c < cells.n.length; c++) {
    if (!chosen(c)) continue;
    n += cells.n[c]!;
    sum += cells.sums[c * m + m - 1]!;
    squares += cells.products[c * size + size - 1]!;
  }
  return { n, sum, squares };
}

/** Standard deviation with n − 1; null below two rows. */
export const sdOf = ({ n, sum, squares }: OutcomeSums): number | null =>
  n < 2 ? null : Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1));

/**
 * Respondent-level standard deviation of the outcome, in its unit, of the control arm at the baseline (without a
 * baseline wave, at `wave`): what effects are standardised by (Glass's Δ). Null without a control arm or with fewer
 * than two respondents in it.
 */
export function referenceSd(study: Study, design: Design, cells: Cells | null, wave: number): number | null {
  const control = controlArm(study);
  if (cells === null || control < 0) return null;
  const baseline = baselineWave(study);
  const at = baseline < 0 ? wave : baseline;
  return sdOf(outcomeSums(cells, (c) => cells.wave[c] === at && design.arm[cells.leader[c]!] === control));
}
