import { quantileSorted } from "simple-statistics";
import { type Cell, shown, suppressed } from "./published.ts";
import type { Rules } from "./rules.ts";
import { roundTo, type Unit } from "./unit.ts";

/** The middle half of all other leaders: whole points of an index. */
export interface Benchmark {
  readonly low: number;
  readonly high: number;
}

/** Where `value` stands among `sorted`, or would: each leader asks, so it is found by halving. */
const firstIndex = (sorted: readonly number[], value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The middle half (quartiles, type 7) of the other leaders' means. `means` are all publishable means, ascending, in
 * reported unit; `own` is the reader's own mean when it is among them. Suppressed below `rules.benchmark` others.
 */
export const benchmark = (means: readonly number[], own: number | null, unit: Unit, rules: Rules): Cell<Benchmark> => {
  const others = own === null ? means : means.toSpliced(Math.min(firstIndex(means, own), means.length - 1), 1);
  if (rules.benchmark === null || others.length < rules.benchmark) return suppressed;
  return shown({
    low: roundTo(quantileSorted(others, 0.25), unit.decimals),
    high: roundTo(quantileSorted(others, 0.75), unit.decimals),
  });
};
