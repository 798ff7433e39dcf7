import { type LeeBounds, leeBounds, type MeasuredArm, trimThreshold } from "./lee-bounds.ts";

/** An arm that was given to whole clusters of units. */
export interface ClusteredArm extends MeasuredArm {
  /** Cluster of each measured outcome. */
  readonly cluster: Int32Array;
  /** Cluster of each unit that was randomised and not measured. */
  readonly lost: Int32Array;
}

/** Part of a sum of squares below which what is left of it is rounding. */
const rounding = 1e-24;

/** What each unit adds to the error of a statistic: `measured` by outcome, `lost` the same for every lost unit. */
interface Influence {
  readonly measured: Float64Array;
  readonly lost: number;
}

/** G / (G − 1) · Σ (sum of a cluster)², and G: NaN with a single cluster. */
function clusterVariance(
  { cluster, lost }: ClusteredArm,
  influence: Influence,
): { variance: number; clusters: number } {
  const sums = new Map<number, number>();
  for (const [i, own] of cluster.entries()) sums.set(own, (sums.get(own) ?? 0) + influence.measured[i]!);
  for (const own of lost) sums.set(own, (sums.get(own) ?? 0) + influence.lost);
  const clusters = sums.size;
  const squares = [...sums.values()].reduce((sum, value) => sum + value ** 2, 0);
  return { variance: clusters < 2 ? Number.NaN : (squares * clusters) / (clusters - 1), clusters };
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const ofMean = ({ outcomes }: MeasuredArm): Influence => {
  const mean = meanOf(outcomes);
  return { measured: outcomes.map((value) => (value - mean) / outcomes.length), lost: 0 };
};

/** Adds `by` times what each unit adds to the relative error of the share that was measured. */
function withShare({ outcomes: { length }, randomised }: MeasuredArm, given: Influence, by: number): Influence {
  const lost = -1 / randomised;
  const measured = (randomised - length) / length / randomised;
  return { measured: given.measured.map((value) => value + by * measured), lost: given.lost + by * lost };
}

/** Variance of the mean of the largest outcomes of `more`, less the mean of `less`; threshold and shares are estimated. */
function trimmedVariance(more: ClusteredArm, less: ClusteredArm, excess: number): number {
  const { outcomes } = more;
  const kept = outcomes.length - excess / less.randomised;
  const threshold = trimThreshold({ more, less, excess }, outcomes.slice().sort());
  const beyond = outcomes.map((value) => Math.max(0, value - threshold));
  const above = beyond.reduce((sum, value) => sum + value, 0) / kept;
  const ofKept = { measured: beyond.map((value) => value / kept - above / outcomes.length), lost: 0 };
  return (
    clusterVariance(more, withShare(more, ofKept, above)).variance +
    clusterVariance(less, withShare(less, ofMean(less), above)).variance
  );
}

const root = (variance: number): number | null => (Number.isNaN(variance) ? null : Math.sqrt(variance));
const negated = (arm: ClusteredArm): ClusteredArm => ({ ...arm, outcomes: arm.outcomes.map((value) => -value) });

/** Welch's degrees of freedom with clusters for units. */
function welch(treated: ClusteredArm, control: ClusteredArm): { variance: number; df: number } {
  const one = clusterVariance(treated, ofMean(treated));
  const other = clusterVariance(control, ofMean(control));
  const [a, b] = [one.variance, other.variance];
  const df = (a + b) ** 2 / (a ** 2 / (one.clusters - 1) + b ** 2 / (other.clusters - 1));
  const fewest = Math.min(one.clusters, other.clusters) - 1;
  const size = meanOf(treated.outcomes) ** 2 + meanOf(control.outcomes) ** 2;
  return {
    variance: a + b > rounding * size || Number.isNaN(a + b) ? a + b : 0,
    df: Number.isFinite(df) ? df : fewest,
  };
}

/**
 * Lee's bounds where clusters of units were given to arms whole: the bounds of `leeBounds`, with standard errors from
 * the sums of the units' influence over each cluster (of the trimmed mean, its threshold and the shares that were
 * measured), times G / (G − 1), and Welch's degrees of freedom over clusters. With clusters of one and nothing trimmed it
 * is `leeBounds`. Standard errors are null with fewer than two clusters in an arm. Null where an arm has no outcome.
 */
export function clusteredLeeBounds(treated: ClusteredArm, control: ClusteredArm): LeeBounds | null {
  const bounds = leeBounds(treated, control);
  if (bounds === null) return null;
  const { variance, df } = welch(treated, control);
  if (bounds.trims === null) return { ...bounds, lowSe: root(variance), highSe: root(variance), df };
  const [more, less] = bounds.trims === "treated" ? [treated, control] : [control, treated];
  const excess = more.outcomes.length * less.randomised - less.outcomes.length * more.randomised;
  const top = root(trimmedVariance(more, less, excess));
  const bottom = root(trimmedVariance(negated(more), negated(less), excess));
  const [lowSe, highSe] = bounds.trims === "treated" ? [bottom, top] : [top, bottom];
  return { ...bounds, lowSe, highSe, df };
}
