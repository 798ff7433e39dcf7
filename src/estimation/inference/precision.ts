import { tCritical, tTwoTail } from "../../stats/distribution/distributions.ts";
import type { Estimate } from "./estimate.ts";
import type { EffectNumbers } from "./inference.ts";

type Precise = Pick<Estimate, "se" | "df">;

/** P(T ≥ t). */
const upperTail = (t: number, df: number): number => (t > 0 ? tTwoTail(t, df) / 2 : 1 - tTwoTail(t, df) / 2);

/**
 * The smallest true effect that a two-sided test at 1 − `confidence` would find with power 0.8, given the standard
 * error: (t₁₋α/₂ + t₀.₈) · se (Bloom 1995). Null where p comes from draws: the standard error beside them, with normal
 * quantiles, is not the test that was made, and with few clusters promises far too much.
 */
export const minimumDetectable = ({ se, df }: Precise, confidence: number): number | null =>
  df === null || se === null ? null : (tCritical(1 - confidence, df) + tCritical(0.4, df)) * se;

/**
 * The interval that belongs to an adjusted p: at the level α · p / pAdjusted, which is what the correction leaves of
 * α = 1 − `confidence` for this test. It omits zero exactly where pAdjusted < α, so figures and words cannot part. For
 * Holm, the step's α / (m − k + 1). Null without a t distribution (p from draws) or without an adjusted p.
 */
export function adjustedInterval(
  { estimate, se, df, p }: Precise & Pick<Estimate, "estimate" | "p">,
  pAdjusted: number | null,
  confidence: number,
): Estimate["adjusted"] {
  if (estimate === null || se === null || df === null || p === null || pAdjusted === null) return null;
  const half = tCritical((1 - confidence) * (pAdjusted > 0 ? p / pAdjusted : 1), df) * se;
  return { low: estimate - half, high: estimate + half };
}

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
