import { nonLinear, type Support } from "../../disclosure/aggregate.ts";
import { type Cell, suppressed } from "../../disclosure/published.ts";
import { tTwoTail } from "../../stats/distribution/distributions.ts";
import { holm } from "../../stats/trial/multiplicity.ts";
import type { CellMean } from "../../tables/aggregated.ts";
import { type LevelSource, rowAt, type Series, shownLevel } from "./levels.ts";

/** What a test says of a series from its first wave to its last. */
export type Change = "rise" | "fall" | "none";

export interface ChangedSeries extends Series {
  /** Suppressed where a level is, or where there are too few leaders to test. */
  readonly change: Cell<Change>;
}

interface ChangeTest {
  readonly support: Support;
  readonly difference: number;
  readonly p: number;
}

/**
 * Welch's test of two means as if their leaders were others at each wave. They are mostly the same, whose means go
 * together, so that p is rather too large than too small.
 */
const welch = (before: CellMean, after: CellMean): ChangeTest | null => {
  if (!before.se || !after.se) return null;
  const [a, b] = [before.se ** 2, after.se ** 2];
  const df = (a + b) ** 2 / (a ** 2 / (before.leaders - 1) + b ** 2 / (after.leaders - 1));
  const difference = after.mean - before.mean;
  const support = {
    n: Math.min(before.n, after.n),
    leaders: Math.min(before.leaders, after.leaders),
    largest: Math.max(before.largest, after.largest),
  };
  return { support, difference, p: tTwoTail(difference / Math.sqrt(a + b), df) };
};

const testOf = (grouping: string, { id, levels }: Series, { rows, waves, rules }: LevelSource): ChangeTest | null => {
  const [first, last] = [waves[0] ?? "", waves.at(-1) ?? ""];
  const before = rowAt(rows, grouping, id, first);
  const after = rowAt(rows, grouping, id, last);
  if (first === last || !before || !after || !shownLevel(levels[0]) || !shownLevel(levels.at(-1))) return null;
  const test = welch(before, after);
  return test && nonLinear(test.support, test, rules).state === "shown" ? test : null;
};

const changeOf = ({ difference }: ChangeTest, p: number, confidence: number): Change => {
  if (p >= 1 - confidence - 1e-12) return "none";
  return difference > 0 ? "rise" : "fall";
};

/** Each series with whether it changed from the first wave to the last, adjusted by Holm for all that are tested. */
export const withChanges = (
  grouping: string,
  all: readonly Series[],
  source: LevelSource,
): readonly ChangedSeries[] => {
  const tests = all.map((series) => testOf(grouping, series, source));
  const tested = tests.filter((test) => test !== null);
  const adjusted = holm(tested.map(({ p }) => p));
  return all.map((series, index) => {
    const test = tests[index] ?? null;
    if (test === null) return { ...series, change: suppressed };
    const change = changeOf(test, adjusted[tested.indexOf(test)]!, source.confidence);
    return { ...series, change: nonLinear(test.support, change, source.rules) };
  });
};
