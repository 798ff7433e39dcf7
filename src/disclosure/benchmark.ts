import { type Cell, shown, suppressed } from "./published.ts";
import type { Rules } from "./rules.ts";
import { roundTo, type Unit } from "./unit.ts";

/** The middle half of all other leaders: whole points of an index. */
export interface Benchmark {
  readonly low: number;
  readonly high: number;
}

/** Quantile (type 7) of `sorted` with one entry of the value `without` left out; null leaves none out. */
export const quantileWithout = (sorted: Float64Array, without: number | null, p: number): number => {
  const omitted = without === null ? sorted.length : firstIndex(sorted, without);
  const at = (index: number): number => sorted[index >= omitted ? index + 1 : index]!;
  const count = sorted.length - (without === null ? 0 : 1);
  const position = (count - 1) * p;
  const below = Math.floor(position);
  const above = Math.min(count - 1, below + 1);
  return at(below) + (position - below) * (at(above) - at(below));
};

const firstIndex = (sorted: Float64Array, value: number): number => {
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
export const benchmark = (means: Float64Array, own: number | null, unit: Unit, rules: Rules): Cell<Benchmark> => {
  const others = means.length - (own === null ? 0 : 1);
  if (rules.benchmark === null || others < rules.benchmark) return suppressed;
  return shown({
    low: roundTo(quantileWithout(means, own, 0.25), unit.decimals),
    high: roundTo(quantileWithout(means, own, 0.75), unit.decimals),
  });
};
