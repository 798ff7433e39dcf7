import type { LeeBounds } from "./lee-bounds.ts";

/** An arm that was given to whole clusters of units, as how many units of a cluster have which outcome. */
export interface CountedArm {
  /** One entry per cluster and outcome in it, in any order, with the units that have it. */
  readonly outcomes: Float64Array;
  readonly counts: Float64Array;
  readonly cluster: Int32Array;
  /** Units that were randomised, measured or not, by cluster; 0 for clusters of other arms. */
  readonly randomised: Float64Array;
}

/** An arm with its totals, and its distinct outcomes from the smallest. */
interface PooledArm extends CountedArm {
  readonly measured: number;
  readonly invited: number;
  readonly clusters: number;
  readonly values: Float64Array;
  readonly having: Float64Array;
}

const totalOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

function pooled(arm: CountedArm): PooledArm {
  const having = new Map<number, number>();
  arm.outcomes.forEach((value, i) => {
    having.set(value, (having.get(value) ?? 0) + arm.counts[i]!);
  });
  const values = Float64Array.from(having.keys()).sort();
  return {
    ...arm,
    measured: totalOf(arm.counts),
    invited: totalOf(arm.randomised),
    clusters: arm.randomised.reduce((count, units) => count + Number(units > 0), 0),
    values,
    having: values.map((value) => having.get(value)!),
  };
}

const negated = (arm: PooledArm): PooledArm => ({
  ...arm,
  outcomes: arm.outcomes.map((value) => -value),
  values: arm.values.map((value) => -value).reverse(),
  having: arm.having.slice().reverse(),
});

const meanOf = ({ values, having, measured }: PooledArm): number =>
  values.reduce((sum, value, i) => sum + having[i]! * value, 0) / measured;

/** What is kept of an arm without its smallest outcomes: the smallest kept, and how far above it the others are on average. */
interface Kept {
  readonly threshold: number;
  readonly above: number;
  readonly units: number;
}

/** The last outcome that is dropped goes in part; the threshold lies halfway where it goes whole, as Stata's `_pctile`. */
function keptOf({ values, having, measured }: PooledArm, dropped: number): Kept {
  let first = 0;
  let before = 0;
  while (first < values.length - 1 && before + having[first]! <= dropped) before += having[first++]!;
  const whole = first > 0 && before === dropped;
  const threshold = whole ? (values[first - 1]! + values[first]!) / 2 : values[first]!;
  const units = measured - dropped;
  let sum = (having[first]! - (dropped - before)) * (values[first]! - threshold);
  for (let i = first + 1; i < values.length; i++) sum += having[i]! * (values[i]! - threshold);
  return { threshold, above: sum / units, units };
}

/** Part of a squared mean below which a variance is rounding. */
const rounding = 1e-24;

/**
 * G / (G − 1) · Σ (sum of a cluster's influence)² of a mean of `ofValue` over `units` measured units, plus `by` times
 * the relative error of the share that was measured. NaN with a single cluster.
 */
function clusterVariance(arm: PooledArm, ofValue: (value: number) => number, by: number): number {
  const { outcomes, counts, cluster, randomised, measured, invited, clusters } = arm;
  const sums = randomised.map((units) => (-by * units) / invited);
  outcomes.forEach((value, i) => {
    sums[cluster[i]!]! += counts[i]! * (ofValue(value) + by / measured);
  });
  const squares = sums.reduce((sum, value) => sum + value ** 2, 0);
  const variance = clusters < 2 ? Number.NaN : (squares * clusters) / (clusters - 1);
  return variance <= rounding * meanOf(arm) ** 2 ? 0 : variance;
}

const meanVariance = (arm: PooledArm, by: number): number => {
  const mean = meanOf(arm);
  return clusterVariance(arm, (value) => (value - mean) / arm.measured, by);
};

const fewestClusters = (one: PooledArm, other: PooledArm): number => Math.min(one.clusters, other.clusters);

/** One end of the bounds: mean of the largest outcomes of `more` less the mean of `less`, with its standard error. */
interface End {
  readonly estimate: number;
  readonly se: number | null;
}

const root = (variance: number): number | null => (Number.isNaN(variance) ? null : Math.sqrt(variance));

/** Variance by the influence on the trimmed mean, on its threshold and on both shares that were measured. */
function upperEnd(more: PooledArm, less: PooledArm, dropped: number): End {
  const { threshold, above, units } = keptOf(more, dropped);
  const beyond = (value: number): number => Math.max(0, value - threshold) / units - above / more.measured;
  const variance = clusterVariance(more, beyond, above) + meanVariance(less, above);
  return { estimate: threshold + above - meanOf(less), se: units < 2 ? null : root(variance) };
}

/**
 * Welch's degrees of freedom of the difference in means with clusters for units; those of the smaller arm where nothing
 * varies.
 */
export function clusteredWelch(treatedArm: CountedArm, controlArm: CountedArm): number {
  const [treated, control] = [pooled(treatedArm), pooled(controlArm)];
  const [a, b] = [meanVariance(treated, 0), meanVariance(control, 0)];
  const df = (a + b) ** 2 / (a ** 2 / (treated.clusters - 1) + b ** 2 / (control.clusters - 1));
  return Number.isFinite(df) ? df : fewestClusters(treated, control) - 1;
}

/**
 * Lee's bounds (`leeBounds`) where clusters of units were given to arms whole and outcomes come as counts: one pass over
 * them, whatever the number of units. Standard errors are from the sums of the units' influence over each cluster (of
 * the trimmed mean, its threshold and the shares that were measured), times G / (G − 1). The degrees of freedom are the
 * clusters of the smaller arm − 1: with Welch's, intervals of a simulation as in data/calibration-units.md covered 93 to
 * 97 %, as few clusters make the standard error of a strongly trimmed mean too small. Where nothing is trimmed both bounds are the difference in means.
 * Standard errors are null with fewer than two clusters in an arm, or fewer than two units left after trimming. Null
 * where an arm has no outcome.
 */
export function countedLeeBounds(treatedArm: CountedArm, controlArm: CountedArm): LeeBounds | null {
  const [treated, control] = [pooled(treatedArm), pooled(controlArm)];
  if (treated.measured === 0 || control.measured === 0) return null;
  const df = fewestClusters(treated, control) - 1;
  const excess = treated.measured * control.invited - control.measured * treated.invited;
  if (excess === 0) {
    const difference = meanOf(treated) - meanOf(control);
    const se = root(meanVariance(treated, 0) + meanVariance(control, 0));
    return { low: difference, high: difference, lowSe: se, highSe: se, trims: null, trimmed: 0, df };
  }
  const [more, less] = excess > 0 ? [treated, control] : [control, treated];
  const dropped = Math.abs(excess) / less.invited;
  const top = upperEnd(more, less, dropped);
  const bottom = upperEnd(negated(more), negated(less), dropped);
  const trimmed = dropped / more.measured;
  return excess > 0
    ? { low: -bottom.estimate, high: top.estimate, lowSe: bottom.se, highSe: top.se, trims: "treated", trimmed, df }
    : { low: -top.estimate, high: bottom.estimate, lowSe: top.se, highSe: bottom.se, trims: "control", trimmed, df };
}
