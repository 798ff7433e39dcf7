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
 * The spread of a team's answers to one item. `counts` holds one entry per answer category, lowest first. Every
 * category from `rules.categories` respondents on, with an end category of one or two answers merged into its
 * neighbour; three classes below that; suppressed below `rules.respondents`, and where all answered alike.
 */
export const distribution = (counts: readonly number[], rules: Rules): Cell<Distribution> => {
  const n = total(counts);
  if (n < rules.respondents) return suppressed;
  const classes = n >= rules.categories && counts.length > 3 ? mergedEnds(counts) : threeClasses(counts);
  return classes.some((each) => each.n === n) ? suppressed : shown({ n, classes });
};

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, n, category) => sum + n * category, 0);

/** Whether the sum of the hidden items leaves each of them at least one category of its mean open. */
const leavesRoom = (hidden: readonly (readonly number[])[]): boolean => {
  const most = (counts: readonly number[]) => total(counts) * (counts.length - 1);
  const known = hidden.reduce((sum, counts) => sum + sumOf(counts), 0);
  const mostOfAll = hidden.reduce((sum, counts) => sum + most(counts), 0);
  return hidden.every((counts) => {
    const lowest = Math.max(0, known - (mostOfAll - most(counts)));
    const highest = Math.min(most(counts), known);
    return highest - lowest >= total(counts);
  });
};

/**
 * The spreads of all items of a scale whose mean is shown, in the order of the questionnaire. The mean and the shown
 * items give the sum of the hidden ones away, so that a hidden item is never alone: the next ones are hidden with it
 * until the sum leaves the mean of each at least one category open. All are hidden where nothing less does.
 */
export const distributions = (items: readonly (readonly number[])[], rules: Rules): readonly Cell<Distribution>[] => {
  const cells = items.map((counts) => distribution(counts, rules));
  const first = cells.findIndex(({ state }) => state === "suppressed");
  if (first < 0) return cells;
  const hidden = new Set(cells.flatMap(({ state }, index) => (state === "suppressed" ? [index] : [])));
  for (let step = 1; step < items.length; step++) {
    if (hidden.size > 1 && leavesRoom([...hidden].map((index) => items[index]!))) break;
    hidden.add((first + step) % items.length);
  }
  const isSafe = hidden.size > 1 && leavesRoom([...hidden].map((index) => items[index]!));
  return cells.map((cell, index) => (isSafe && !hidden.has(index) ? cell : suppressed));
};
