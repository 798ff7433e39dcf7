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

/** The cells by the kept items that they answer; those that answer none are left out. */
function byPattern(cells: readonly ItemMoments[], kept: readonly number[]): readonly (readonly ItemMoments[])[] {
  const patterns = new Map<string, ItemMoments[]>();
  for (const cell of cells) {
    const key = kept.map((i) => (cell.answered[i] ? "1" : "0")).join("");
    if (!key.includes("1")) continue;
    const found = patterns.get(key);
    if (found === undefined) patterns.set(key, [cell]);
    else found.push(cell);
  }
  return [...patterns].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, own]) => own);
}

/** Means and covariances of the kept items that all of the cells answer. */
function patternMoments(cells: readonly ItemMoments[], kept: readonly number[]): PatternMoments {
  const places = [...kept.keys()].filter((at) => cells[0]!.answered[kept[at]!]);
  const n = cells.reduce((sum, cell) => sum + cell.n, 0);
  const means = Float64Array.from(places, (at) => cells.reduce((sum, { sums }) => sum + sums[kept[at]!]!, 0) / n);
  const covariance = new Float64Array(places.length ** 2);
  for (const [a, i] of places.entries()) {
    for (const [b, j] of places.entries()) {
      const [low, high] = [Math.min(kept[i]!, kept[j]!), Math.max(kept[i]!, kept[j]!)];
      const product = cells.reduce((sum, { products, sums }) => sum + products[upper(sums.length, low, high)]!, 0);
      covariance[a * places.length + b] = product / n - means[a]! * means[b]!;
    }
  }
  return { n, items: Int32Array.from(places), means, covariance };
}

/** Moments of the kept items by pattern of those that are answered, over the respondents who answered any of them. */
export const groupMoments = (cells: readonly ItemMoments[], kept: readonly number[]): GroupMoments => ({
  patterns: byPattern(cells, kept).map((own) => patternMoments(own, kept)),
});

/** Respondents who answered some of the items, but not all. */
export const incomplete = ({ patterns }: GroupMoments, order: number): number =>
  patterns.reduce((sum, { n, items }) => sum + (items.length < order ? n : 0), 0);
