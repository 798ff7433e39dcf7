import { bivariateNormalCdf, bivariateNormalDensity, type NormalPoint } from "../distribution/bivariate-normal.ts";
import { normalCdfInverse } from "../distribution/distributions.ts";

/** Where a variable passes from one category to the next: between −∞ and ∞, one more than there are categories. */
export type Thresholds = readonly NormalPoint[];

/** Thresholds of a normal variable with these frequencies; they may add up to more than `total`, and end at it. */
export function thresholds(frequencies: ArrayLike<number>, total: number): Thresholds {
  const points: NormalPoint[] = [{ z: Number.NEGATIVE_INFINITY, below: 0 }];
  let sum = 0;
  for (let a = 0; a < frequencies.length - 1; a++) {
    sum += frequencies[a]!;
    points.push({ z: normalCdfInverse(sum / total), below: Math.min(1, sum / total) });
  }
  return [...points, { z: Number.POSITIVE_INFINITY, below: 1 }];
}

/** A pair of items: how often each pair of categories was chosen (row-major), and where the categories part. */
export interface PairTable {
  readonly counts: Float64Array;
  readonly rows: Thresholds;
  readonly columns: Thresholds;
}

interface Fit {
  readonly logLikelihood: number;
  readonly score: number;
  readonly information: number;
}

/** Values of a function of two thresholds at the corners of all cells. */
function corners({ rows, columns }: PairTable, value: (row: NormalPoint, column: NormalPoint) => number): Float64Array {
  const grid = new Float64Array(rows.length * columns.length);
  for (const [a, row] of rows.entries())
    for (const [b, column] of columns.entries()) grid[a * columns.length + b] = value(row, column);
  return grid;
}

/** Log likelihood of a correlation, −∞ where it makes an observed cell impossible, and its derivatives. */
function fitAt(pair: PairTable, rho: number): Fit {
  const [height, width] = [pair.rows.length, pair.columns.length];
  const below = corners(pair, (row, column) => bivariateNormalCdf(row, column, rho));
  const density = corners(pair, (row, column) => bivariateNormalDensity(row.z, column.z, rho));
  const cell = (grid: Float64Array, a: number, b: number): number =>
    grid[(a + 1) * width + b + 1]! - grid[a * width + b + 1]! - grid[(a + 1) * width + b]! + grid[a * width + b]!;
  let [logLikelihood, score, information, n] = [0, 0, 0, 0];
  for (let a = 0; a < height - 1; a++) {
    for (let b = 0; b < width - 1; b++) {
      const count = pair.counts[a * (width - 1) + b]!;
      const probability = cell(below, a, b);
      const slope = cell(density, a, b);
      n += count;
      if (probability > 0) information += (slope * slope) / probability;
      if (count === 0) continue;
      logLikelihood += probability > 0 ? count * Math.log(probability) : Number.NEGATIVE_INFINITY;
      score += (count * slope) / probability;
    }
  }
  return { logLikelihood, score, information: information * n };
}

/** As far as a correlation goes where no answer speaks against more. R's optimize stops near there too. */
const largest = 0.9999;

/** The longest of the step, its half, its quarter … that does not make the table less likely but by rounding. */
function ascended(pair: PairTable, rho: number, fit: Fit): { readonly rho: number; readonly fit: Fit } | null {
  const step = fit.score / fit.information;
  if (!Number.isFinite(step)) return null;
  for (let share = 1; share > 1e-9; share /= 2) {
    const to = Math.min(largest, Math.max(-largest, rho + share * step));
    const next = fitAt(pair, to);
    if (next.logLikelihood >= fit.logLikelihood - 1e-13 * Math.abs(fit.logLikelihood)) return { rho: to, fit: next };
  }
  return null;
}

/**
 * Polychoric correlation of two ordinal variables whose thresholds are given: the correlation of two normal variables
 * behind them that makes the table most likely (Olsson 1979, two-step estimator), by Fisher scoring with step halving.
 * Null without answers, where either variable has one category only, or the thresholds rule out a cell with answers.
 */
export function polychoric(pair: PairTable): number | null {
  const varies = (points: Thresholds): boolean => points.some(({ below }) => below > 0 && below < 1);
  if (!pair.counts.some((count) => count > 0) || !varies(pair.rows) || !varies(pair.columns)) return null;
  let at = { rho: 0, fit: fitAt(pair, 0) };
  if (!Number.isFinite(at.fit.logLikelihood)) return null;
  for (let round = 0; round < 100; round++) {
    const next = ascended(pair, at.rho, at.fit);
    if (next === null || Math.abs(next.rho - at.rho) < 1e-13) return at.rho;
    at = next;
  }
  return at.rho;
}
