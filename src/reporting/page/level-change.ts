import { derivedCell } from "../../disclosure/lattice/decided.ts";
import { type Cell, suppressed } from "../../disclosure/published.ts";
import { tTwoTail } from "../../stats/distribution/distributions.ts";
import { holm } from "../../stats/trial/multiplicity.ts";
import { errorAt, type LevelSource, type Series, shownLevel } from "./levels.ts";

/** What a test says of a series from its first wave to its last. */
export type Change = "rise" | "fall" | "none";

export interface ChangedSeries extends Series {
  /** Suppressed where a level is, or where it has no interval. */
  readonly change: Cell<Change>;
}

interface ChangeTest {
  readonly difference: number;
  readonly p: number;
}

/**
 * Welch's test of the two shown means as if their leaders were others at each wave. They are mostly the same, whose means
 * go together, so that p is rather too large than too small. It is made of what the page shows and adds nothing to it.
 */
const testOf = (grouping: string, { id, levels }: Series, source: LevelSource): ChangeTest | null => {
  const [first, last] = [source.waves[0] ?? "", source.waves.at(-1) ?? ""];
  const [before, after] = [shownLevel(levels[0]), shownLevel(levels.at(-1))];
  if (first === last || !before || !after) return null;
  const errors = [first, last].map((wave) => errorAt(source, { grouping, cell: id, wave }));
  const [a, b] = errors;
  if (!a || !b || a.se === 0 || b.se === 0) return null;
  const [va, vb] = [a.se ** 2, b.se ** 2];
  const df = (va + vb) ** 2 / (va ** 2 / a.df + vb ** 2 / b.df);
  const difference = after.mean - before.mean;
  return { difference, p: tTwoTail(difference / Math.sqrt(va + vb), df) };
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
    return { ...series, change: derivedCell([series.levels[0], series.levels.at(-1)], change) };
  });
};
