import { normalQuantile, normalTwoTail, tQuantile, tTwoTail } from "../stats/distributions.ts";
import type { Estimate } from "./estimate.ts";
import type { EffectNumbers } from "./inference.ts";

/** Normal where there are no degrees of freedom. */
const dfOf = ({ df }: EffectNumbers): number => df ?? Number.POSITIVE_INFINITY;

const quantile = (twoTail: number, df: number): number =>
  df === Number.POSITIVE_INFINITY ? normalQuantile(twoTail) : tQuantile(twoTail, df);

const twoTail = (t: number, df: number): number =>
  df === Number.POSITIVE_INFINITY ? normalTwoTail(t) : tTwoTail(t, df);

/** P(T ≥ t). */
const upperTail = (t: number, df: number): number => (t > 0 ? twoTail(t, df) / 2 : 1 - twoTail(t, df) / 2);

/**
 * The smallest true effect that a two-sided test at 1 − `confidence` would find with power 0.8, given the standard
 * error: (t₁₋α/₂ + t₀.₈) · se (Bloom 1995).
 */
export function minimumDetectable(numbers: EffectNumbers, confidence: number): number {
  const df = dfOf(numbers);
  return (quantile(1 - confidence, df) + quantile(0.4, df)) * numbers.se;
}

/**
 * Two one-sided t tests that the effect lies within ± `margin` (Schuirmann 1987), each at α = 1 − `confidence`; `p` is
 * the larger of both. Equivalent where p < α, which is where the interval of confidence 1 − 2α lies inside the margin
 * (Lakens 2017). Null without a margin.
 */
export function equivalence(
  numbers: EffectNumbers,
  margin: number | null,
  confidence: number,
): Estimate["equivalence"] {
  if (margin === null) return null;
  const above = upperTail((numbers.estimate + margin) / numbers.se, dfOf(numbers));
  const below = upperTail((margin - numbers.estimate) / numbers.se, dfOf(numbers));
  const p = Math.max(above, below);
  return { margin, p, equivalent: p < 1 - confidence };
}
