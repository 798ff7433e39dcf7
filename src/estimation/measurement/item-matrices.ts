import type { ScaleSums } from "./measurement.ts";

/** Covariances and correlations of the items that vary, each from the respondents who answered both. */
export interface ItemMatrices {
  readonly items: readonly string[];
  readonly constant: readonly string[];
  readonly covariance: Float64Array;
  /** Each divided by the standard deviations over the same respondents, as R's `cor(use = "pairwise")`. */
  readonly correlation: Float64Array;
  /** Every pair of items has at least two respondents. */
  readonly complete: boolean;
}

type Pairs = NonNullable<ScaleSums["pairs"]>;

interface PairMoments {
  readonly covariance: number;
  readonly correlation: number;
}

function pairMoments(pairs: Pairs, order: number, i: number, j: number): PairMoments {
  const at = i * order + j;
  const mirrored = j * order + i;
  const n = pairs.n[at]!;
  const cross = pairs.products[at]! - (pairs.sums[at]! * pairs.sums[mirrored]!) / n;
  const squaresI = pairs.squares[at]! - pairs.sums[at]! ** 2 / n;
  const squaresJ = pairs.squares[mirrored]! - pairs.sums[mirrored]! ** 2 / n;
  return { covariance: cross / (n - 1), correlation: i === j ? 1 : cross / Math.sqrt(squaresI * squaresJ) };
}

function varies(pairs: Pairs, order: number, i: number): boolean {
  const at = i * order + i;
  const n = pairs.n[at]!;
  return n > 1 && pairs.squares[at]! - pairs.sums[at]! ** 2 / n > 1e-12 * pairs.squares[at]!;
}

/** Builds both matrices; an item without variation is left out, as psych::alpha does. */
export function itemMatrices(items: readonly string[], pairs: Pairs): ItemMatrices {
  const order = items.length;
  const kept = items.map((_, i) => i).filter((i) => varies(pairs, order, i));
  const covariance = new Float64Array(kept.length ** 2);
  const correlation = new Float64Array(kept.length ** 2);
  for (const [a, i] of kept.entries()) {
    for (const [b, j] of kept.entries()) {
      const moments = pairMoments(pairs, order, i, j);
      covariance[a * kept.length + b] = moments.covariance;
      correlation[a * kept.length + b] = moments.correlation;
    }
  }
  return {
    items: kept.map((i) => items[i]!),
    constant: items.filter((_, i) => !kept.includes(i)),
    covariance,
    correlation,
    complete: covariance.every(Number.isFinite) && correlation.every(Number.isFinite),
  };
}
