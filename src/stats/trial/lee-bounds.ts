import { tTwoTail } from "../distribution/distributions.ts";

/** One arm: outcomes of the units that were measured, in any unit, and how many were randomised to it. */
export interface MeasuredArm {
  readonly outcomes: Float64Array;
  readonly randomised: number;
}

/** Bounds of treated − control among the units that are measured whichever arm they are in. */
export interface LeeBounds {
  readonly low: number;
  readonly high: number;
  /** Null with fewer than two measured units in an arm, or fewer than two left after trimming. */
  readonly lowSe: number | null;
  readonly highSe: number | null;
  /** Whose outcomes are trimmed, and the share of them; neither where both arms lost the same share. */
  readonly trims: "treated" | "control" | null;
  readonly trimmed: number;
  /**
   * Of the standard errors: Welch's (1947), from the variances of the measured outcomes of both arms; for counts of
   * outcomes (`countedLeeBounds`), the clusters of the smaller arm − 1.
   */
  readonly df: number;
}

/** Mean of the largest outcomes of an arm that are kept, and its variance. */
interface KeptMean {
  readonly mean: number;
  readonly variance: number;
}

/** Part of a sum of squares below which what is left of it is rounding. */
const rounding = 1e-24;

/** Σ squared deviations / (n − 1) / n: variance of a plain mean. */
function plainMean(outcomes: Float64Array): KeptMean {
  const n = outcomes.length;
  const mean = outcomes.reduce((sum, value) => sum + value, 0) / n;
  const deviations = outcomes.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const squares = deviations > rounding * n * mean * mean ? deviations : 0;
  return { mean, variance: n < 2 ? Number.NaN : squares / (n - 1) / n };
}

/** Welch's degrees of freedom; those of the smaller arm where neither outcome varies or an arm has a single one. */
function welch({ outcomes: one }: MeasuredArm, { outcomes: other }: MeasuredArm): number {
  const [a, b] = [plainMean(one).variance, plainMean(other).variance];
  const df = (a + b) ** 2 / (a ** 2 / (one.length - 1) + b ** 2 / (other.length - 1));
  return Number.isFinite(df) ? df : Math.min(one.length, other.length) - 1;
}

/** The arm that lost less, the other one, and how many outcomes of the former are too many: `excess / randomised`. */
interface Trimming {
  readonly more: MeasuredArm;
  readonly less: MeasuredArm;
  /** Of `more`, in whole numbers: measured × the other's randomised − the other's measured × randomised. */
  readonly excess: number;
}

/** Smallest kept outcome as Stata's `_pctile` has the quantile: halfway where a whole number of outcomes goes. */
function thresholdOf(sorted: Float64Array, dropped: number, whole: boolean): number {
  const at = Math.floor(dropped);
  return whole ? (sorted[at - 1]! + sorted[at]!) / 2 : sorted[at]!;
}

/** The smallest outcome of `more` that is kept where its smallest are trimmed. */
function trimThreshold({ less, excess }: Trimming, sorted: Float64Array): number {
  return thresholdOf(sorted, excess / less.randomised, excess % less.randomised === 0);
}

/** Mean without the smallest outcomes, of which the last goes in part. The last two terms: threshold and share are estimated. */
function keptMean({ more, less, excess }: Trimming, outcomes: Float64Array): KeptMean {
  const sorted = outcomes.slice().sort();
  const whole = excess % less.randomised === 0;
  const dropped = excess / less.randomised;
  const threshold = trimThreshold({ more, less, excess }, sorted);
  const first = Math.floor(dropped);
  const kept = sorted.length - dropped;
  const share = dropped / sorted.length;
  const part = (i: number): number => (i === first ? 1 - (dropped - first) : 1);
  let sum = 0;
  for (let i = first; i < sorted.length; i++) sum += part(i) * (sorted[i]! - threshold);
  const above = sum / kept;
  let squares = 0;
  for (let i = first; i < sorted.length; i++) squares += part(i) * (sorted[i]! - threshold - above) ** 2;
  const split = !whole || sorted[first] === threshold;
  const odds = ({ outcomes: { length }, randomised }: MeasuredArm): number =>
    (randomised - length) / length / randomised;
  const variance =
    squares / (split ? kept : kept - 1) / kept +
    above ** 2 * (share / (1 - share) / sorted.length + odds(more) + odds(less));
  return { mean: threshold + above, variance: kept < 2 ? Number.NaN : variance };
}

const root = (variance: number): number | null => (Number.isNaN(variance) ? null : Math.sqrt(variance));

/** Bounds of more − less: its smallest outcomes trimmed give the high end, its largest the low one. */
function trimmedBounds(trimming: Trimming): Pick<LeeBounds, "low" | "high" | "lowSe" | "highSe"> {
  const { more, less } = trimming;
  const other = plainMean(less.outcomes);
  const top = keptMean(trimming, more.outcomes);
  const bottom = keptMean(
    trimming,
    more.outcomes.map((value) => -value),
  );
  return {
    low: -bottom.mean - other.mean,
    high: top.mean - other.mean,
    lowSe: root(bottom.variance + other.variance),
    highSe: root(top.variance + other.variance),
  };
}

/**
 * Bounds on the effect where units are lost, under monotonicity: the arm changes whether a unit is measured in one
 * direction only (Lee 2009, Review of Economic Studies 76, 1071–1102). They are about the units that would be measured
 * whichever arm they were in, not about all that were randomised. The arm that lost the smaller share is trimmed to
 * the share of the other, once from above and once from below; an outcome at the edge counts in part, so that ties and
 * small samples are trimmed by the exact share. Analytic standard errors as Lee's proposition 3 and Stata's `leebounds`
 * (Tauchmann 2014), to its divisors: n where an outcome is counted in part, n − 1 where none is. With equal shares both
 * bounds are the difference in means and its unequal-variance standard error. Units are independent. Null where an arm
 * has no outcome; `clusteredLeeBounds` where arms were given to whole clusters of units.
 */
export function leeBounds(treated: MeasuredArm, control: MeasuredArm): LeeBounds | null {
  if (treated.outcomes.length === 0 || control.outcomes.length === 0) return null;
  const excess = treated.outcomes.length * control.randomised - control.outcomes.length * treated.randomised;
  const df = welch(treated, control);
  if (excess === 0) {
    const one = plainMean(treated.outcomes);
    const other = plainMean(control.outcomes);
    const difference = one.mean - other.mean;
    const se = root(one.variance + other.variance);
    return { low: difference, high: difference, lowSe: se, highSe: se, trims: null, trimmed: 0, df };
  }
  if (excess > 0) {
    const trimmed = excess / control.randomised / treated.outcomes.length;
    return { ...trimmedBounds({ more: treated, less: control, excess }), trims: "treated", trimmed, df };
  }
  const turned = trimmedBounds({ more: control, less: treated, excess: -excess });
  return {
    low: -turned.high,
    high: -turned.low,
    lowSe: turned.highSe,
    highSe: turned.lowSe,
    trims: "control",
    trimmed: -excess / treated.randomised / control.outcomes.length,
    df,
  };
}

/** Half width C in standard errors: T(C + width/se) − T(−C) = confidence for the t distribution T, by bisection. */
function halfWidth(width: number, df: number, confidence: number): number {
  const outside = (c: number): number => (tTwoTail(c + width, df) + tTwoTail(c, df)) / 2;
  let low = 0;
  let high = 40;
  while (outside(high) > 1 - confidence && high < 1e9) high *= 2;
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (outside(middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Interval that covers the effect itself, wherever it lies between the bounds, with the given confidence (Imbens &
 * Manski 2004, Econometrica 72, 1845–1857), with t in place of the normal distribution: with 5 to 12 units per arm
 * normal quantiles cover 91 to 94 % instead of 95. Where nothing is trimmed it is Welch's. Null without standard errors.
 */
export function effectInterval(
  { low, high, lowSe, highSe, df }: LeeBounds,
  confidence: number,
): { readonly low: number; readonly high: number } | null {
  if (lowSe === null || highSe === null || !(Math.max(lowSe, highSe) > 0 && df > 0)) return null;
  const c = halfWidth((high - low) / Math.max(lowSe, highSe), df, confidence);
  return { low: low - c * lowSe, high: high + c * highSe };
}
