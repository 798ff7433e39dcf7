import { derivedCell } from "../../disclosure/lattice/decided.ts";
import { type Cell, suppressed } from "../../disclosure/published.ts";
import { roundTo } from "../../disclosure/unit.ts";
import { tCritical, tTwoTail } from "../../stats/distribution/distributions.ts";
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
  readonly se: number;
  readonly df: number;
}

/**
 * Welch's test of two shown means as if their leaders were others at each wave. They are mostly the same, whose means go
 * together, so that p is rather too large than too small. It is made of what the page shows and adds nothing to it.
 */
const testBetween = (
  grouping: string,
  { id, levels }: Series,
  [from, to]: readonly [number, number],
  source: LevelSource,
): ChangeTest | null => {
  const [before, after] = [shownLevel(levels[from]), shownLevel(levels[to])];
  if (from === to || !before || !after) return null;
  const at = (wave: number) => errorAt(source, { grouping, cell: id, wave: source.waves[wave] ?? "" });
  const [a, b] = [at(from), at(to)];
  if (!a || !b || a.se === 0 || b.se === 0) return null;
  const [va, vb] = [a.se ** 2, b.se ** 2];
  const df = (va + vb) ** 2 / (va ** 2 / a.df + vb ** 2 / b.df);
  return { difference: after.mean - before.mean, se: Math.sqrt(va + vb), df };
};

/** How far a level has moved since the first wave, with the interval of Welch's test where it has one. */
export interface LevelChange {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The changes of a series since its first wave: null at that, and where a level is. The difference of two shown levels. */
export const changesSinceFirst = (
  grouping: string,
  series: Series,
  source: LevelSource,
): readonly (Cell<LevelChange> | null)[] =>
  series.levels.map((cell, wave) => {
    const first = series.levels[0];
    if (wave === 0 || !cell || !first) return null;
    const [before, after] = [shownLevel(first), shownLevel(cell)];
    if (!before || !after) return suppressed;
    const { confidence, outcome } = source;
    const test = testBetween(grouping, series, [0, wave], source);
    const half = test && test.se * tCritical(1 - confidence, test.df);
    const rounded = (value: number) => roundTo(value, outcome.decimals);
    const value = rounded(after.mean - before.mean);
    const change = {
      value,
      low: half === null ? null : rounded(value - half),
      high: half === null ? null : rounded(value + half),
    };
    return derivedCell([first, cell], change);
  });

const pOf = ({ difference, se, df }: ChangeTest): number => tTwoTail(difference / se, df);

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
  const tests = all.map((series) => testBetween(grouping, series, [0, source.waves.length - 1], source));
  const tested = tests.filter((test) => test !== null);
  const adjusted = holm(tested.map(pOf));
  return all.map((series, index) => {
    const test = tests[index] ?? null;
    if (test === null) return { ...series, change: suppressed };
    const change = changeOf(test, adjusted[tested.indexOf(test)]!, source.confidence);
    return { ...series, change: derivedCell([series.levels[0], series.levels.at(-1)], change) };
  });
};
