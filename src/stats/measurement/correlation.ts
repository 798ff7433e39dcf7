import { normalCritical } from "../distribution/distributions.ts";

/** A correlation with its interval. */
export interface Correlation {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Arithmetic mean; NaN of nothing, so callers look at the length first. */
export const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation with n − 1; 0 where the values differ by no more than rounding. */
export function standardDeviation(values: Float64Array): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const size = values.reduce((sum, value) => sum + value * value, 0);
  return squares <= 1e-24 * size ? 0 : Math.sqrt(squares / (values.length - 1));
}

/**
 * Pearson's correlation with the interval by Fisher's z, as R's cor.test. Null with fewer than four pairs, where z has
 * no variance, or where one side does not vary.
 */
export function correlation(x: Float64Array, y: Float64Array, confidence: number): Correlation | null {
  const n = x.length;
  const [sx, sy] = [standardDeviation(x), standardDeviation(y)];
  if (n < 4 || sx === 0 || sy === 0) return null;
  const [mx, my] = [meanOf(x), meanOf(y)];
  const cross = x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  const estimate = Math.max(-1, Math.min(1, cross / ((n - 1) * sx * sy)));
  const half = normalCritical(1 - confidence) / Math.sqrt(n - 3);
  const z = Math.atanh(estimate);
  return { estimate, low: Math.tanh(z - half), high: Math.tanh(z + half) };
}

/**
 * Correlation corrected for attenuation, r / √(r_xx·r_yy) (Spearman 1904), as psych::correct.cor; the interval's ends
 * are divided alike, so the reliabilities are taken as known. It is not cut off at 1: a value beyond says that a
 * reliability is too low for the correlation that was seen. Null where a reliability is not positive.
 */
export function disattenuated(raw: Correlation, reliabilityX: number, reliabilityY: number): Correlation | null {
  if (!(reliabilityX > 0 && reliabilityY > 0)) return null;
  const root = Math.sqrt(reliabilityX * reliabilityY);
  return { estimate: raw.estimate / root, low: raw.low / root, high: raw.high / root };
}
