import { fUpper } from "../distribution/distributions.ts";

/** Sums of a score over clusters of unequal size. */
export interface OneWaySums {
  readonly n: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  readonly clusters: number;
  /** Σ over clusters of (sum of the cluster)² / its size. */
  readonly between: number;
}

/** Analysis of variance of a score by cluster. */
export interface OneWay {
  /** Share of the variance that lies between clusters; the cluster size in it is the mean size. */
  readonly icc1: number;
  /** Reliability of a cluster's mean. */
  readonly icc2: number;
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

/**
 * The sums that `oneWay` needs, from one score per respondent and the cluster that each belongs to. Scores that are not
 * finite are left out.
 */
export function oneWaySums(score: ArrayLike<number>, cluster: ArrayLike<number | string>): OneWaySums {
  const totals = new Map<number | string, { n: number; sum: number }>();
  let [n, sum, sumOfSquares] = [0, 0, 0];
  for (let i = 0; i < score.length; i++) {
    const value = score[i]!;
    if (!Number.isFinite(value)) continue;
    const total = totals.get(cluster[i]!) ?? { n: 0, sum: 0 };
    totals.set(cluster[i]!, total);
    total.n++;
    total.sum += value;
    n++;
    sum += value;
    sumOfSquares += value * value;
  }
  const between = [...totals.values()].reduce((squares, total) => squares + total.sum ** 2 / total.n, 0);
  return { n, sum, sumOfSquares, clusters: totals.size, between };
}

/**
 * ICC(1), ICC(2) and the F test from the mean squares of a one-way analysis of variance, as ICC1 and ICC2 of R's
 * multilevel on an `aov` (Bliese 2000). Null with fewer than two clusters, no cluster of two, or no variation between
 * them; F is ∞ where nothing varies inside.
 */
export function oneWay({ n, sum, sumOfSquares, clusters, between }: OneWaySums): OneWay | null {
  const df1 = clusters - 1;
  const df2 = n - clusters;
  const rounding = 1e-13 * sumOfSquares;
  const betweenSquares = between - (sum * sum) / n;
  const withinSquares = sumOfSquares - between;
  if (df1 < 1 || df2 < 1 || betweenSquares <= rounding || withinSquares < -rounding) return null;
  const betweenMean = betweenSquares / df1;
  const withinMean = withinSquares > rounding ? withinSquares / df2 : 0;
  const f = betweenMean / withinMean;
  return {
    icc1: (betweenMean - withinMean) / (betweenMean + (n / clusters - 1) * withinMean),
    icc2: (betweenMean - withinMean) / betweenMean,
    f,
    df1,
    df2,
    p: fUpper(f, df1, df2),
  };
}

/**
 * Variance of one item whose `answers` equally spaced answers are all as likely, in squared steps (James, Demaree &
 * Wolf 1984).
 */
export const uniformVariance = (answers: number): number => (answers * answers - 1) / 12;

const slightlySkewedVariances: ReadonlyMap<number, number> = new Map([
  [5, 1.34],
  [6, 1.85],
  [7, 2.9],
  [8, 3.47],
  [9, 5.66],
  [10, 6.3],
  [11, 7.31],
]);

/**
 * Variance of one item when nothing but a slight lean to one side makes the answers alike: the values of LeBreton &
 * Senter (2008, table 2, as in LeBreton's R package WGA), who give them for 5 to 11 answers. Null for other numbers.
 */
export const slightlySkewedVariance = (answers: number): number | null => slightlySkewedVariances.get(answers) ?? null;

/**
 * Agreement rwg(j) of one cluster (James, Demaree & Wolf 1984), from 0 to 1, from the mean of its item variances (n −
 * 1), against the variance of the null (`uniformVariance`, `slightlySkewedVariance`); a variance above the null counts
 * as the null. As `rwg.j` of R's multilevel; with one item, rwg.
 */
export function withinGroupAgreement(meanVariance: number, items: number, nullVariance: number): number {
  const ratio = Math.min(1, meanVariance / nullVariance);
  return (items * (1 - ratio)) / (items * (1 - ratio) + ratio);
}
