import { quantileSorted } from "simple-statistics";
import { type Cell, shown, suppressed } from "./published.ts";
import type { Rules } from "./rules.ts";
import { roundInside } from "./team.ts";
import type { Unit } from "./unit.ts";

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

type Quartiles = Pick<Benchmark, "low" | "high">;

/** Quartiles of `means` without each of its members, as far as anybody asked. */
const known = new WeakMap<readonly number[], Map<string, Quartiles>>();

/** Quartiles (type 7) without one member. They depend only on which side of each quartile it stands: each case is made once. */
const quartilesWithout = (means: readonly number[], index: number): Quartiles => {
  const cases = known.get(means) ?? new Map<string, Quartiles>();
  known.set(means, cases);
  const side = (p: number): number => Math.sign(index - Math.floor((means.length - 2) * p) - 1);
  const key = `${side(0.25)} ${side(0.75)}`;
  const others = (): readonly number[] => means.toSpliced(index, 1);
  const found = cases.get(key) ?? { low: quantileSorted(others(), 0.25), high: quantileSorted(others(), 0.75) };
  cases.set(key, found);
  return found;
};

/**
 * The middle half (quartiles, type 7) of the other leaders' means. `means` are all publishable means, ascending, in
 * reported unit; `own` is the reader's own mean when it is among them. Never an end of the scale, where all answered
 * alike. Suppressed below `rules.benchmark` others.
 */
export const benchmark = (means: readonly number[], own: number | null, unit: Unit, rules: Rules): Cell<Benchmark> => {
  const others = own === null ? means.length : means.length - 1;
  if (rules.benchmark === null || others < rules.benchmark) return suppressed;
  const { low, high } =
    own === null
      ? { low: quantileSorted(means, 0.25), high: quantileSorted(means, 0.75) }
      : quartilesWithout(means, Math.min(firstIndex(means, own), means.length - 1));
  return shown({ low: roundInside(low, unit), high: roundInside(high, unit) });
};
