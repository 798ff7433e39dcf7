import { tCritical, tTwoTail } from "../../stats/distribution/distributions.ts";
import type { Estimate } from "./estimate.ts";
import type { EffectNumbers } from "./inference.ts";

/** P(T ≥ t). */
const upperTail = (t: number, df: number): number => (t > 0 ? tTwoTail(t, df) / 2 : 1 - tTwoTail(t, df) / 2);

/**
 * The smallest true effect that a two-sided test at 1 − `confidence` would find with power 0.8, given the standard
 * error: (t₁₋α/₂ + t₀.₈) · se (Bloom 1995). Null where p comes from draws: the standard error beside them, with normal
 * quantiles, is not the test that was made, and with few clusters promises far too much.
 */
export const minimumDetectable = ({ se, df }: EffectNumbers, confidence: number): number | null =>
  df === null ? null : (tCritical(1 - confidence, df) + tCritical(0.4, df)) * se;

/**
 * Two one-sided t tests that the effect lies within ± `margin` (Schuirmann 1987), each at α = 1 − `confidence`; `p` is
 * the larger of both. Equivalent where p < α, which is where the interval of confidence 1 − 2α lies inside the margin
 * (Lakens 2017). Null without a margin, and where p comes from draws.
 */
export function equivalence(
  { estimate, se, df }: EffectNumbers,
  margin: number | null,
  confidence: number,
): Estimate["equivalence"] {
  if (margin === null || df === null) return null;
  const above = upperTail((estimate + margin) / se, df);
  const below = upperTail((margin - estimate) / se, df);
  const p = Math.max(above, below);
  return { margin, p, equivalent: p < 1 - confidence };
}
