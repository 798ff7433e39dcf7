import { type Cell, shown, suppressed } from "./published.ts";
import type { Rules } from "./rules.ts";

/** Neighbouring answer categories `from`–`to` (positions, both inclusive) and how many chose one of them. */
export interface Class {
  readonly from: number;
  readonly to: number;
  readonly n: number;
}

/** How a team's answers to one item are spread over classes of the answer categories, lowest first. */
export interface Distribution {
  readonly n: number;
  readonly classes: readonly Class[];
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

const merge = (counts: readonly number[], from: number, to: number): Class => ({
  from,
  to,
  n: total(counts.slice(from, to + 1)),
});

const threeClasses = (counts: readonly number[]): readonly Class[] => {
  const last = counts.length - 1;
  const below = Math.ceil(counts.length / 2) - 1;
  const above = Math.floor(counts.length / 2);
  const half = below === above ? [merge(counts, below, below)] : [];
  const low = below === above ? below - 1 : below;
  const high = below === above ? above + 1 : above;
  return [...(low >= 0 ? [merge(counts, 0, low)] : []), ...half, ...(high <= last ? [merge(counts, high, last)] : [])];
};

const fewInEnd = (n: number): boolean => n === 1 || n === 2;

const mergedEnds = (counts: readonly number[]): readonly Class[] => {
  const last = counts.length - 1;
  const from = fewInEnd(counts[0] ?? 0) ? 1 : 0;
  const to = fewInEnd(counts[last] ?? 0) ? last - 1 : last;
  const inner = Array.from({ length: to - from + 1 }, (_, index) => merge(counts, from + index, from + index));
  return inner.map((each) => ({
    from: from === 1 && each.from === 1 ? 0 : each.from,
    to: to === last - 1 && each.to === to ? last : each.to,
    n:
      each.n +
      (from === 1 && each.from === 1 ? (counts[0] ?? 0) : 0) +
      (to === last - 1 && each.to === to ? (counts[last] ?? 0) : 0),
  }));
};

/**
 * The spread of a team's answers to one item (disclosure 2.4). `counts` holds one entry per answer category, lowest
 * first. Every category from `rules.categories` respondents on, with an end category of one or two answers merged into
 * its neighbour; three classes below that; nothing below `rules.respondents`, and nothing where all answered alike.
 */
export const distribution = (counts: readonly number[], rules: Rules): Cell<Distribution> => {
  const n = total(counts);
  if (n < rules.respondents) return suppressed;
  const classes = n >= rules.categories && counts.length > 3 ? mergedEnds(counts) : threeClasses(counts);
  return classes.some((each) => each.n === n) ? suppressed : shown({ n, classes });
};

/**
 * The spreads of all items of one scale, or none: with the scale's mean and the other items shown, a single hidden item
 * could be worked out.
 */
export const distributions = (items: readonly (readonly number[])[], rules: Rules): Cell<readonly Distribution[]> => {
  const cells = items.map((counts) => distribution(counts, rules));
  const values = cells.flatMap((cell) => (cell.state === "shown" ? [cell.value] : []));
  return items.length > 0 && values.length === items.length ? shown(values) : suppressed;
};
