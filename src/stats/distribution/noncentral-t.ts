import { normalTwoTail, tCritical } from "./distributions.ts";
import { stirlingError, type Tails } from "./special-functions.ts";

/** P(Z ≥ z), computed on the tail. */
const normalUpper = (z: number): number => (z >= 0 ? normalTwoTail(z) / 2 : 1 - normalTwoTail(z) / 2);

/** Log density of u = log √(χ²/df). */
function logDensity(df: number, u: number): number {
  const half = df / 2;
  // log(half^half e^−half / Γ(half)) by Stirling, so that no large terms cancel.
  const constant = Math.log(2) + Math.log(half / (2 * Math.PI)) / 2 - stirlingError(half);
  return constant + df * u - half * Math.expm1(2 * u);
}

/** Where the log density has fallen so far below its top (at 0) that the rest is nothing. */
function edge(df: number, direction: -1 | 1): number {
  const top = logDensity(df, 0);
  let u = direction * 0.1;
  while (logDensity(df, u) > top - 90) u *= 1.1;
  return u;
}

/**
 * Both tails at `t` of Student's t with noncentrality: of (Z + noncentrality)/√(χ²/df), df > 0; normal at df = ∞.
 *
 * Integrates P(Z ≥ t s − noncentrality) over s = √(χ²/df) in log s, where the trapezoid rule converges geometrically
 * (Trefethen & Weideman 2014); the steps follow the narrower of the density and of the normal factor.
 */
export function noncentralT(t: number, df: number, noncentrality: number): Tails {
  if (df === Number.POSITIVE_INFINITY)
    return { lower: normalUpper(noncentrality - t), upper: normalUpper(t - noncentrality) };
  const step = Math.min(0.1, 0.4 / Math.sqrt(2 * df), 0.4 / (Math.abs(noncentrality) + 3));
  const last = Math.ceil(edge(df, 1) / step);
  let lower = 0;
  let upper = 0;
  for (let k = Math.floor(edge(df, -1) / step); k <= last; k++) {
    const u = k * step;
    const density = Math.exp(logDensity(df, u)) * step;
    const z = t * Math.exp(u) - noncentrality;
    lower += density * normalUpper(-z);
    upper += density * normalUpper(z);
  }
  return { lower, upper };
}

const beyond = (critical: number, df: number, noncentrality: number): number =>
  noncentralT(critical, df, noncentrality).upper + noncentralT(-critical, df, noncentrality).lower;

/**
 * Power of the two-sided t test at `level` (0.05 say) on df > 0 degrees of freedom, where the true effect is
 * `noncentrality` standard errors: R's `power.t.test(strict = TRUE)`.
 */
export const powerOfT = (noncentrality: number, df: number, level: number): number =>
  beyond(tCritical(level, df), df, noncentrality);

/**
 * The true effect, in standard errors, at which the two-sided t test at `level` on `df` degrees of freedom has
 * `power`, by bisection to 1e-12; `level` < `power` < 1.
 */
export function noncentralityForPower(power: number, df: number, level: number): number {
  const critical = tCritical(level, df);
  let high = 1;
  while (beyond(critical, df, high) < power) high *= 2;
  let low = 0;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (beyond(critical, df, middle) < power) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
