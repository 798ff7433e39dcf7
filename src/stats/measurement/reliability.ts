import { fCritical } from "../distribution/distributions.ts";

/**
 * Cronbach's (1951) alpha of items with this covariance matrix (full, row-major, any divisor); as `raw_alpha` of R's
 * psych::alpha. Null with fewer than two items, or where they cancel each other out.
 */
export function cronbachAlpha(covariance: Float64Array, items: number): number | null {
  const total = covariance.reduce((sum, value) => sum + value, 0);
  if (items < 2 || !(total > 0)) return null;
  let trace = 0;
  for (let i = 0; i < items; i++) trace += covariance[i * items + i]!;
  return (items / (items - 1)) * (1 - trace / total);
}

/** 95 % interval of a reliability. */
export interface ReliabilityInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * 95 % interval of Cronbach's alpha by Feldt, Woodruff & Salih (1987): (1 − α)·F quantiles on n − 1 and (n − 1)(items − 1)
 * df; as `feldt` of R's psych::alpha, which prints it first and counts every row as one of n. Chosen over the normal
 * interval of Duhachek & Iacobucci (2004), printed beside it there, because it is exact in small samples (leaders' own
 * answers) where that one is symmetric and passes 1; it takes the items as parallel, and both take the respondents as
 * independent. Null with fewer than two respondents or items.
 */
export function alphaInterval(alpha: number, n: number, items: number): ReliabilityInterval | null {
  if (n < 2 || items < 2) return null;
  const df1 = n - 1;
  const df2 = df1 * (items - 1);
  return { low: 1 - (1 - alpha) * fCritical(0.025, df1, df2), high: 1 - (1 - alpha) * fCritical(0.975, df1, df2) };
}

const sumOfRow = (matrix: Float64Array, items: number, i: number): number =>
  matrix.subarray(i * items, (i + 1) * items).reduce((sum, value) => sum + value, 0);

/**
 * Correlation of item i with the sum of the others, from the covariance matrix (full, row-major); as `r.drop` of R's
 * psych::alpha. Null where the others cancel each other out, or the correlation of pairwise covariances has no root.
 */
export function itemRestCorrelation(covariance: Float64Array, items: number, i: number): number | null {
  const variance = covariance[i * items + i]!;
  const row = sumOfRow(covariance, items, i);
  const total = covariance.reduce((sum, value) => sum + value, 0);
  const rest = total - 2 * row + variance;
  return items > 1 && variance * rest > 0 ? (row - variance) / Math.sqrt(variance * rest) : null;
}

/**
 * Cronbach's alpha of the items without item i; as `alpha.drop` of R's psych::alpha. Null unless two items stay (psych
 * prints a regression weight for the one that stays of two) and they do not cancel each other out.
 */
export function alphaIfDropped(covariance: Float64Array, items: number, i: number): number | null {
  if (items < 3) return null;
  const stay = Array.from({ length: items }, (_, k) => k).filter((k) => k !== i);
  const rest = Float64Array.from(stay.flatMap((a) => stay.map((b) => covariance[a * items + b]!)));
  return cronbachAlpha(rest, items - 1);
}

/** Loadings of one factor, and whether one of them stopped at the bound that keeps its uniqueness at 0.005 (Heywood). */
export interface OneFactor {
  readonly loadings: Float64Array;
  readonly heywood: boolean;
}

const largestLoading = Math.sqrt(0.995);

/** Best loading of item i given the others: least squares on its off-diagonal correlations. */
function bestLoading(correlation: Float64Array, loadings: Float64Array, i: number): number {
  const items = loadings.length;
  let cross = 0;
  let squares = 0;
  for (let j = 0; j < items; j++) {
    if (j === i) continue;
    cross += correlation[i * items + j]! * loadings[j]!;
    squares += loadings[j]! ** 2;
  }
  const best = squares > 0 ? cross / squares : 0;
  return Math.min(largestLoading, Math.max(-largestLoading, best));
}

/**
 * One factor by minimum residuals (Harman & Jones 1966): the loadings whose products come closest to the correlations
 * off the diagonal (full matrix, row-major), item by item until nothing moves. Two items share one loading.
 */
export function minimumResiduals(correlation: Float64Array, items: number): OneFactor {
  if (items === 2) {
    const size = Math.sqrt(Math.abs(correlation[1]!));
    return { loadings: Float64Array.of(size, Math.sign(correlation[1]!) * size), heywood: false };
  }
  const loadings = new Float64Array(items).fill(0.5);
  for (let round = 0; round < 20_000; round++) {
    let moved = 0;
    for (let i = 0; i < items; i++) {
      const best = bestLoading(correlation, loadings, i);
      moved = Math.max(moved, Math.abs(best - loadings[i]!));
      loadings[i] = best;
    }
    if (moved < 1e-15) break;
  }
  return { loadings, heywood: loadings.some((loading) => Math.abs(loading) >= largestLoading) };
}

/**
 * McDonald's (1999) omega total, 1 − Σu² / ΣR, from the correlations (full, row-major) and their one factor, items
 * with a negative loading turned first; as `omega.tot` of R's psych::omega with one factor. Not finite where the
 * turned items still cancel each other out.
 */
export function omegaTotal(correlation: Float64Array, { loadings }: OneFactor): number {
  const items = loadings.length;
  let total = 0;
  let uniqueness = 0;
  for (let i = 0; i < items; i++) {
    uniqueness += 1 - loadings[i]! ** 2;
    const sign = loadings[i]! < 0 ? -1 : 1;
    for (let j = 0; j < items; j++) total += sign * (loadings[j]! < 0 ? -1 : 1) * correlation[i * items + j]!;
  }
  return 1 - uniqueness / total;
}
