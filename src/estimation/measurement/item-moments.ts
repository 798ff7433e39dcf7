import { upper } from "../../stats/matrix/triangular.ts";
import type { GroupMoments, PatternMoments } from "../../stats/measurement/factor-moments.ts";
import type { Rater } from "../../study/study.ts";

/** Moments of the answers to one scale by respondents who answered the same of its items. */
export interface ItemMoments {
  readonly scale: string;
  readonly wave: string;
  readonly rater: Rater;
  /** '' in a study without arms. */
  readonly arm: string;
  /** By item of the scale. */
  readonly answered: readonly boolean[];
  readonly n: number;
  /** Σ x_i, from a fixed origin; 0 where not answered. */
  readonly sums: readonly number[];
  /** Σ x_i x_j as a packed upper triangle. */
  readonly products: readonly number[];
}

/** Which items somebody answered. */
export const itemsAnswered = (cells: readonly ItemMoments[], order: number): readonly boolean[] =>
  Array.from({ length: order }, (_, i) => cells.some(({ answered }) => answered[i]));

const isComplete = ({ answered }: ItemMoments, kept: readonly number[]): boolean => kept.every((i) => answered[i]);

/** Respondents who answered some of the kept items, but not all. */
export const incomplete = (cells: readonly ItemMoments[], kept: readonly number[]): number =>
  cells
    .filter((cell) => !isComplete(cell, kept) && kept.some((i) => cell.answered[i]))
    .reduce((sum, { n }) => sum + n, 0);

/** Means and covariances of the kept items over the respondents who answered all of them; null where nobody did. */
export function completeMoments(cells: readonly ItemMoments[], kept: readonly number[]): PatternMoments | null {
  const complete = cells.filter((cell) => isComplete(cell, kept));
  const n = complete.reduce((sum, cell) => sum + cell.n, 0);
  if (n === 0) return null;
  const size = kept.length;
  const means = Float64Array.from(kept, (i) => complete.reduce((sum, { sums }) => sum + sums[i]!, 0) / n);
  const covariance = new Float64Array(size * size);
  for (const [a, i] of kept.entries()) {
    for (const [b, j] of kept.entries()) {
      const place = (order: number): number => upper(order, Math.min(i, j), Math.max(i, j));
      const product = complete.reduce((sum, { products, sums }) => sum + products[place(sums.length)]!, 0);
      covariance[a * size + b] = product / n - means[a]! * means[b]!;
    }
  }
  return { n, items: Int32Array.from(kept.keys()), means, covariance };
}

/** A group of respondents who all answered the same items. */
export const asGroup = (pattern: PatternMoments): GroupMoments => ({ patterns: [pattern] });
