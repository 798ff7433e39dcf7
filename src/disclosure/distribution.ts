import { type Cell, shown, suppressed, valueIn } from "./published.ts";
import type { Rules } from "./rules.ts";

/** Neighbouring answer categories `from`–`to` (positions, both inclusive), and the fewest and most who chose one of them. */
export interface Class {
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly most: number;
}

/** How a team's answers to one item are spread over classes of the answer categories, lowest first. */
export interface Distribution {
  readonly n: number;
  readonly classes: readonly Class[];
}

type Span = Pick<Class, "from" | "to">;

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

/**
 * The classes follow from the number of answers alone, never from the answers: those above the middle and all others,
 * and where there are enough for it those below, in and above the middle.
 */
const classesOf = (categories: number, fewest: number, rules: Rules): readonly Span[] => {
  const above = { from: Math.ceil(categories / 2), to: categories - 1 };
  if (categories % 2 === 0 || fewest < rules.categories) return [{ from: 0, to: above.from - 1 }, above];
  return [{ from: 0, to: above.from - 2 }, { from: above.from - 1, to: above.from - 1 }, above];
};

/** Counts by class. That all chose one class, and that all but one did, is said in the same words. */
const counted = (counts: readonly number[], classes: readonly Span[]): Distribution => {
  const n = total(counts);
  const chosen = classes.map(({ from, to }) => total(counts.slice(from, to + 1)));
  const alike = chosen.some((each) => each >= n - 1);
  const band = (each: number) => (each >= n - 1 ? { least: n - 1, most: n } : { least: 0, most: 1 });
  return {
    n,
    classes: classes.map((span, index) => {
      const each = chosen[index]!;
      return { ...span, ...(alike ? band(each) : { least: each, most: each }) };
    }),
  };
};

/**
 * The spreads of the items of one scale: of all of them or of none, by their numbers of answers alone, so that nobody
 * learns anything from which is missing. `items` holds per item one count per answer category, lowest first. A scale of
 * one item has none, as its mean and its classes together would give the answers away.
 */
export const distributions = (items: readonly (readonly number[])[], rules: Rules): Cell<readonly Distribution[]> => {
  const fewest = Math.min(...items.map(total));
  const categories = items[0]?.length ?? 0;
  if (items.length < 2 || categories < 2 || fewest < rules.respondents) return suppressed;
  const classes = classesOf(categories, fewest, rules);
  return shown(items.map((counts) => counted(counts, classes)));
};

/** The lowest sum of the positions of the answers that the classes allow. */
const leastSum = ({ n, classes }: Distribution): number => {
  let left = n - classes.reduce((sum, { least }) => sum + least, 0);
  return classes.reduce((sum, { from, least, most }) => {
    const more = Math.min(left, most - least);
    left -= more;
    return sum + from * (least + more);
  }, 0);
};

/** The same answers counted from the other end. */
const turned = ({ n, classes }: Distribution, last: number): Distribution => ({
  n,
  classes: classes.map((each) => ({ ...each, from: last - each.to, to: last - each.from })).reverse(),
});

/**
 * Where the mean of a scale must lie by what the spreads of its items tell: as shares of its range. `reversed` says of
 * each item whether a low answer counts as a high one. Exact where every answer counts, else as near as the page tells.
 */
export const impliedMean = (
  cell: Cell<readonly Distribution[]>,
  reversed: readonly boolean[],
): { readonly low: number; readonly high: number } => {
  const items = valueIn(cell);
  if (items === null) return { low: 0, high: 1 };
  const ends = items.map((item, index) => {
    const last = item.classes.at(-1)!.to;
    const [scored, other] = reversed[index] ? [turned(item, last), item] : [item, turned(item, last)];
    return { low: leastSum(scored) / (item.n * last), high: 1 - leastSum(other) / (item.n * last) };
  });
  const mean = (values: readonly number[]) => total(values) / values.length;
  return { low: mean(ends.map(({ low }) => low)), high: mean(ends.map(({ high }) => high)) };
};
