import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";
import { blockStream, drawsPerStream } from "./random-streams.ts";

/** An estimate with its standard error, in any unit; its sampling distribution is taken as normal. */
export interface NormalEstimate {
  readonly estimate: number;
  readonly se: number;
}

/** Two independent standard normal draws at every place. */
export interface NormalPairs {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** In (−1, 1). */
const symmetric = (stream: JumpableRandomGenerator): number => (stream.next() + 0.5) / 2 ** 31;

/**
 * Standard normals in pairs, by the polar method (Marsaglia & Bray 1964), the same for the same seed. Each pair comes
 * with all four combinations of signs, so that an estimate that turns its sign turns its interval and nothing else.
 */
export function normalPairs(seed: number, pairs: number): NormalPairs {
  const first = new Float64Array(4 * pairs);
  const second = new Float64Array(4 * pairs);
  let stream = blockStream(seed, 0);
  for (let k = 0; k < pairs; k++) {
    if (k % drawsPerStream === 0) stream = blockStream(seed, k / drawsPerStream);
    let x = 0;
    let y = 0;
    let square = 0;
    do {
      x = symmetric(stream);
      y = symmetric(stream);
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    first.set([x * factor, x * factor, -x * factor, -x * factor], 4 * k);
    second.set([y * factor, -y * factor, y * factor, -y * factor], 4 * k);
  }
  return { first, second };
}

/** Between two order statistics, linearly: R's type 7. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const next = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return sorted[below]! + (place - below) * (next - sorted[below]!);
}

/**
 * Monte-Carlo interval of the product of two independent estimates with normal sampling distributions: quantiles of the
 * products of draws (MacKinnon, Lockwood & Williams 2004, Multivariate Behavioral Research 39, 99–128; Preacher & Selig
 * 2012, Communication Methods and Measures 6, 77–98).
 */
export function productInterval(
  one: NormalEstimate,
  other: NormalEstimate,
  draws: NormalPairs,
  confidence: number,
): { readonly low: number; readonly high: number } {
  const products = draws.first
    .map((z, k) => (one.estimate + z * one.se) * (other.estimate + draws.second[k]! * other.se))
    .sort();
  return { low: quantile(products, (1 - confidence) / 2), high: quantile(products, (1 + confidence) / 2) };
}
