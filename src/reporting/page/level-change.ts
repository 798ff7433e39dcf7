import { derivedCell } from "../../disclosure/lattice/decided.ts";
import { type Cell, suppressed } from "../../disclosure/published.ts";
import { roundTo } from "../../disclosure/unit.ts";
import { tCritical, tTwoTail } from "../../stats/distribution/distributions.ts";
import { holm } from "../../stats/trial/multiplicity.ts";
import { errorAt, type Level, type LevelSource, type Series, shownLevel } from "./levels.ts";

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

/** A level that is compared, with its standard error where it has one. */
interface Side {
  readonly level: Level | null;
  readonly error: ReturnType<typeof errorAt>;
}

/**
 * Welch's test of two shown means as if their leaders were others in each. They are mostly the same, whose means go
 * together, so that p is rather too large than too small. It is made of what the page shows and adds nothing to it.
 */
const testOf = (one: Side, other: Side): ChangeTest | null => {
  const [a, b] = [one.error, other.error];
  if (!one.level || !other.level || !a || !b || a.se === 0 || b.se === 0) return null;
  const [va, vb] = [a.se ** 2, b.se ** 2];
  const df = (va + vb) ** 2 / (va ** 2 / a.df + vb ** 2 / b.df);
  return { difference: other.level.mean - one.level.mean, se: Math.sqrt(va + vb), df };
};

const sideAt = (grouping: string, { id, levels }: Series, wave: number, source: LevelSource): Side => ({
  level: shownLevel(levels[wave]),
  error: errorAt(source, { grouping, cell: id, wave: source.waves[wave] ?? "" }),
});

/** How far two shown levels lie apart, with the interval of Welch's test where it has one. */
export interface LevelDifference {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** From the one level to the other, made of what is shown of both; null where either is not asked for. */
const differenceCell = (
  cells: readonly [one: Cell<Level> | null | undefined, other: Cell<Level> | null | undefined],
  sides: () => readonly [one: Side, other: Side],
  { confidence, outcome }: LevelSource,
): Cell<LevelDifference> | null => {
  if (!cells[0] || !cells[1]) return null;
  const [one, other] = sides();
  if (!one.level || !other.level) return suppressed;
  const test = testOf(one, other);
  const half = test && test.se * tCritical(1 - confidence, test.df);
  const rounded = (value: number) => roundTo(value, outcome.decimals);
  const value = rounded(other.level.mean - one.level.mean);
  return derivedCell(cells, {
    value,
    low: half === null ? null : rounded(value - half),
    high: half === null ? null : rounded(value + half),
  });
};

/** The changes of a series since its first wave: null at that, and where a level is. */
export const changesSinceFirst = (
  grouping: string,
  series: Series,
  source: LevelSource,
): readonly (Cell<LevelDifference> | null)[] =>
  series.levels.map((cell, wave) =>
    wave === 0
      ? null
      : differenceCell(
          [series.levels[0], cell],
          () => [sideAt(grouping, series, 0, source), sideAt(grouping, series, wave, source)],
          source,
        ),
  );

/** How far what leaders answer themselves lies above what employees answer, by wave: null where either was not asked. */
export const gapsBetween = (
  grouping: string,
  [perceived, perceivedFrom]: readonly [Series, LevelSource],
  [intended, intendedFrom]: readonly [Series, LevelSource],
): readonly (Cell<LevelDifference> | null)[] =>
  perceived.levels.map((cell, wave) =>
    differenceCell(
      [cell, intended.levels[wave]],
      () => [sideAt(grouping, perceived, wave, perceivedFrom), sideAt(grouping, intended, wave, intendedFrom)],
      perceivedFrom,
    ),
  );

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
  const last = source.waves.length - 1;
  const tests = all.map((series) =>
    last === 0 ? null : testOf(sideAt(grouping, series, 0, source), sideAt(grouping, series, last, source)),
  );
  const tested = tests.filter((test) => test !== null);
  const adjusted = holm(tested.map(pOf));
  return all.map((series, index) => {
    const test = tests[index] ?? null;
    if (test === null) return { ...series, change: suppressed };
    const change = changeOf(test, adjusted[tested.indexOf(test)]!, source.confidence);
    return { ...series, change: derivedCell([series.levels[0], series.levels.at(-1)], change) };
  });
};
