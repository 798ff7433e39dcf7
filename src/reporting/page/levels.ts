import { aggregate, type Support } from "../../disclosure/aggregate.ts";
import { type Cell, suppressed, valueIn } from "../../disclosure/published.ts";
import type { Rules } from "../../disclosure/rules.ts";
import { shownSiblings } from "../../disclosure/siblings.ts";
import { roundTo } from "../../disclosure/unit.ts";
import { tCritical } from "../../stats/distribution/distributions.ts";
import type { CellMean } from "../../tables/aggregated.ts";
import type { ReportedOutcome } from "./reported-outcome.ts";

export interface Level {
  readonly mean: number;
  /** At the plan's confidence; null where there is one leader only. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Means of one arm, department or the whole organisation; null where a wave has no answers at all. */
export interface Series {
  readonly id: string;
  readonly levels: readonly (Cell<Level> | null)[];
}

/** What a level shows, or null where it is suppressed or was never measured. */
export const shownLevel = (cell: Cell<Level> | null | undefined): Level | null => (cell ? valueIn(cell) : null);

/** The means of one outcome before disclosure control, and the waves that a series of them goes over. */
export interface LevelSource {
  readonly rows: readonly CellMean[];
  readonly waves: readonly string[];
  readonly outcome: Pick<ReportedOutcome, "low" | "high" | "decimals">;
  readonly confidence: number;
  readonly rules: Rules;
}

export const supportOf = ({ n, leaders, largest }: CellMean): Support => ({ n, leaders, largest });

export const rowAt = (rows: readonly CellMean[], grouping: string, id: string, wave: string): CellMean | undefined =>
  rows.find((each) => each.grouping === grouping && each.cell === id && each.wave === wave);

const levelOf = (row: CellMean, { outcome, confidence }: LevelSource): Level => {
  const half = row.se === null || row.leaders < 2 ? null : row.se * tCritical(1 - confidence, row.leaders - 1);
  const inside = (value: number) => roundTo(Math.min(outcome.high, Math.max(outcome.low, value)), outcome.decimals);
  return {
    mean: inside(row.mean),
    low: half === null ? null : inside(row.mean - half),
    high: half === null ? null : inside(row.mean + half),
  };
};

export const emptySeries = (id: string, waves: readonly string[]): Series => ({ id, levels: waves.map(() => null) });

export const wholeSeries = (source: LevelSource): Series => ({
  id: "",
  levels: source.waves.map((wave) => {
    const row = rowAt(source.rows, "organisation", "", wave);
    return row ? aggregate(supportOf(row), levelOf(row, source), source.rules) : null;
  }),
});

/** The parts of a grouping that may stand beside the whole organisation at one wave. */
export const shownParts = (
  grouping: string,
  wave: string,
  { rows, rules }: Pick<LevelSource, "rows" | "rules">,
): ReadonlySet<string> => {
  const whole = rowAt(rows, "organisation", "", wave);
  const parts = rows.filter((each) => each.grouping === grouping && each.wave === wave);
  const siblings = parts.map((row) => ({ cell: row.cell, support: supportOf(row) }));
  return whole ? shownSiblings(supportOf(whole), siblings, rules) : new Set();
};

/** A series for each part of a grouping, each level suppressed where it or what is left of the whole is too small. */
export const partSeries = (grouping: string, ids: readonly string[], source: LevelSource): readonly Series[] => {
  const seen = source.waves.map((wave) => shownParts(grouping, wave, source));
  return ids.map((id) => ({
    id,
    levels: source.waves.map((wave, index) => {
      const row = rowAt(source.rows, grouping, id, wave);
      if (!row) return null;
      return seen[index]!.has(id) ? aggregate(supportOf(row), levelOf(row, source), source.rules) : suppressed;
    }),
  }));
};
