import { incompleteBeta, incompleteGamma } from "./special-functions.ts";

/** P(|Z| ≥ |z|) of the standard normal, computed on the tail: R's `2 * pnorm(-abs(z))`. */
export const normalTwoTail = (z: number): number => incompleteGamma(0.5, (z * z) / 2).upper;

/**
 * P(|T| ≥ |t|) of Student's t with df > 0 degrees of freedom (need not be whole), computed on the tail: R's `2 *
 * pt(-abs(t), df)`. Normal at df = ∞.
 */
export function tTwoTail(t: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY) return normalTwoTail(t);
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(df / (df + square), square / (df + square), df / 2, 0.5).lower;
}

/** P(F ≥ f) for f ≥ 0 with df1, df2 > 0 degrees of freedom: R's `pf(f, df1, df2, lower.tail = FALSE)`. */
export const fUpper = (f: number, df1: number, df2: number): number =>
  f === Number.POSITIVE_INFINITY
    ? 0
    : incompleteBeta(df2 / (df2 + df1 * f), (df1 * f) / (df2 + df1 * f), df2 / 2, df1 / 2).lower;

/** P(χ² ≥ x) for x ≥ 0 with df > 0 degrees of freedom: R's `pchisq(x, df, lower.tail = FALSE)`. */
export const chiSquareUpper = (x: number, df: number): number => incompleteGamma(df / 2, x / 2).upper;

/** The x > 0 at which a falling tail function is `p`: bisection in log x, to the last digits. */
function solveTail(tail: (x: number) => number, p: number): number {
  if (p >= 1) return 0;
  if (p <= 0) return Number.POSITIVE_INFINITY;
  let high = 1;
  while (tail(high) > p && high < 1e300) high *= 2;
  let low = high / 2;
  while (tail(low) <= p && low > 1e-300) low /= 2;
  for (let k = 0; k < 200; k++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (tail(middle) > p) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

const mostCriticals = 1000;
const tCriticals = new Map<string, number>();

/**
 * Two-sided critical value: the t > 0 with P(|T| ≥ t) = p, R's `qt(1 - p/2, df)`. The half width of an interval in
 * units of se is `tCritical(1 − confidence, df)`. 0 at p ≥ 1, ∞ at p ≤ 0.
 */
export const tCritical = (p: number, df: number): number => {
  // All intervals of a wave ask for the same one: thousands of leaders' and units'.
  const key = `${p} ${df}`;
  const found = tCriticals.get(key);
  if (found !== undefined) return found;
  if (tCriticals.size >= mostCriticals) tCriticals.clear();
  const value = solveTail((t) => tTwoTail(t, df), p);
  tCriticals.set(key, value);
  return value;
};

/** Two-sided critical value: the z > 0 with P(|Z| ≥ z) = p, R's `qnorm(1 - p/2)`. 0 at p ≥ 1, ∞ at p ≤ 0. */
export const normalCritical = (p: number): number => solveTail(normalTwoTail, p);

/** Upper critical value: the f with P(F ≥ f) = p, R's `qf(1 - p, df1, df2)`. 0 at p ≥ 1, ∞ at p ≤ 0. */
export const fCritical = (p: number, df1: number, df2: number): number => solveTail((f) => fUpper(f, df1, df2), p);

/** Upper critical value: the x with P(χ² ≥ x) = p, R's `qchisq(1 - p, df)`. 0 at p ≥ 1, ∞ at p ≤ 0. */
export const chiSquareCritical = (p: number, df: number): number => solveTail((x) => chiSquareUpper(x, df), p);

/** Φ(z) = P(Z ≤ z), each tail with its own accuracy. */
export const normalCdf = (z: number): number => (z < 0 ? normalTwoTail(z) / 2 : 1 - normalTwoTail(z) / 2);

/** Abramowitz & Stegun 26.2.23: upper quantile to 4.5e-4. */
function roughUpperQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/** z with Φ(z) = p, by three steps of Halley from a rough value; ±∞ at 1 and 0. */
export function normalCdfInverse(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const tail = Math.min(p, 1 - p);
  let z = roughUpperQuantile(tail);
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(-z) - tail) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
    z += error / (1 - (error * z) / 2);
  }
  return p < 0.5 ? -z : z;
}
