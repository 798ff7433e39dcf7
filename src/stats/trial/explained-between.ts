import { fCritical, normalCritical } from "../distribution/distributions.ts";

/** Means of clusters before and after, about the means of their groups. */
export interface PairedMeans {
  readonly correlation: number;
  readonly clusters: number;
  readonly groups: number;
  /** Variance of the later means within groups, on clusters − groups degrees of freedom. */
  readonly variance: number;
  /** The part of it that is sampling error of the means, on `samplingDf` degrees of freedom. */
  readonly samplingVariance: number;
  readonly samplingDf: number;
}

/** A share with its interval, from 0 to 1. */
export interface Share {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

const clamped = (share: number): number => Math.min(1, Math.max(0, share));

/** r² by Fisher's z; the groups' means take groups − 1 degrees of freedom. */
function squaredCorrelation({ correlation, clusters, groups }: PairedMeans, confidence: number): Bounds {
  const half = normalCritical(1 - confidence) / Math.sqrt(clusters - groups - 2);
  const ends = [-half, half].map((step) => Math.tanh(Math.atanh(correlation) + step));
  const squares = ends.map((end) => end * end);
  return { low: ends[0]! * ends[1]! <= 0 ? 0 : Math.min(...squares), high: Math.max(...squares) };
}

/** Reliability of the later means, 1 − 1/F, by the F distribution. */
function reliability(means: PairedMeans, confidence: number): Bounds {
  const { variance, samplingVariance, samplingDf, clusters, groups } = means;
  const f = variance / samplingVariance;
  const tail = (1 - confidence) / 2;
  return {
    low: Math.max(0, 1 - fCritical(tail, clusters - groups, samplingDf) / f),
    high: 1 - 1 / (f * fCritical(tail, samplingDf, clusters - groups)),
  };
}

/** Interval of a ratio from those of its parts (MOVER-R: Newcombe 2016, Statistical Methods in Medical Research 25). */
function ratioInterval(over: number, under: number, one: Bounds, other: Bounds): Bounds {
  const product = over * under;
  const root = (ends: number): number => Math.sqrt(Math.max(0, product * product - ends));
  const low = one.low * other.high * (2 * over - one.low) * (2 * under - other.high);
  const high = one.high * other.low * (2 * over - one.high) * (2 * under - other.low);
  return {
    low: (product - root(low)) / (other.high * (2 * under - other.high)),
    high: other.low > 0 ? (product + root(high)) / (other.low * (2 * under - other.low)) : 1,
  };
}

/**
 * Share of the variance between clusters that their earlier means explain: 1 − residual/total variance between clusters,
 * which is r² of the observed means, adjusted for the one slope, over the reliability of the later ones (sampling error
 * is nobody's to explain). The interval comes from those of both parts. In simulation the lower end of its 80 % interval
 * is above the truth in 8 to 13 of 100 studies of 20 to 100 clusters. Null with fewer than ten clusters or without
 * variance between them.
 */
export function explainedBetween(means: PairedMeans, confidence: number): Share | null {
  const { correlation, clusters, groups, variance, samplingVariance, samplingDf } = means;
  const reliable = 1 - samplingVariance / variance;
  if (clusters < Math.max(10, groups + 3) || samplingDf < 1 || !(samplingVariance > 0 && reliable > 0)) return null;
  const square = Math.min(correlation * correlation, 1 - 1e-12);
  const adjusted = 1 - ((1 - square) * (clusters - groups)) / (clusters - groups - 1);
  const ends = ratioInterval(
    square,
    reliable,
    squaredCorrelation({ ...means, correlation: Math.sign(correlation) * Math.sqrt(square) }, confidence),
    reliability(means, confidence),
  );
  return { estimate: clamped(adjusted / reliable), low: clamped(ends.low), high: clamped(ends.high) };
}
