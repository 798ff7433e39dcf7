import { tCritical, tTwoTail } from "../distribution/distributions.ts";
import type { RobustContrast } from "./cluster-robust.ts";

/** Two-sided t test that a contrast is zero, and its interval; all in the unit of the estimate but `statistic` and `p`. */
export interface TTest {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
  readonly statistic: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/**
 * t, p and interval (of that confidence, 0.95 say) of an estimate with its variance on `df` degrees of freedom, as
 * clubSandwich's `coef_test` and `conf_int` for CR2. `no-variation` where the variance is zero, `not-identified` where it
 * or `df` does not exist.
 */
export function tTest(
  { estimate, variance, df }: RobustContrast,
  confidence: number,
): TTest | "not-identified" | "no-variation" {
  if (!(Number.isFinite(variance) && df > 0)) return "not-identified";
  if (!(variance > 0)) return "no-variation";
  const se = Math.sqrt(variance);
  const statistic = estimate / se;
  const half = tCritical(1 - confidence, df) * se;
  return { estimate, se, df, statistic, p: tTwoTail(statistic, df), low: estimate - half, high: estimate + half };
}
