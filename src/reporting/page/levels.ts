import { factName } from "../../disclosure/fact-name.ts";
import { type Atom, byGroup, type Group, groupKey, meanOf, supportOf } from "../../disclosure/lattice/atoms.ts";
import { type BetweenLeaders, betweenLeaders, pooledError } from "../../disclosure/lattice/between-leaders.ts";
import type { Pattern } from "../../disclosure/lattice/decide.ts";
import { decidedCell, decisionOn, undividedCells } from "../../disclosure/lattice/decided.ts";
import { lastFact, type PastRelease } from "../../disclosure/lattice/past.ts";
import { standingSince } from "../../disclosure/lattice/together.ts";
import { type Cell, cellAsFact, type Published, publishedIn, valueIn } from "../../disclosure/published.ts";
import type { Rules } from "../../disclosure/rules.ts";
import { roundTo } from "../../disclosure/unit.ts";
import { tCritical } from "../../stats/distribution/distributions.ts";
import type { ReportedOutcome } from "./reported-outcome.ts";

export interface Level {
  readonly mean: number;
  /** At the plan's confidence, from the variance between all leaders of the wave; null where there are too few of them. */
  readonly low: number | null;
  readonly high: number | null;
  /** The release that the number is of, where it could not be renewed since; null where it is of this one. */
  readonly since: string | null;
}

/** Means of one arm, department or the whole organisation; null where a wave has no answers at all. */
export interface Series {
  readonly id: string;
  readonly levels: readonly (Cell<Level> | null)[];
}

/** What a level shows, or null where it is suppressed or was never measured. */
export const shownLevel = (cell: Cell<Level> | null | undefined): Level | null => (cell ? valueIn(cell) : null);

/** The same as the fact that it is. */
export const publishedLevel = (cell: Cell<Level> | null | undefined): Published<Level> | null =>
  cell ? publishedIn(cell) : null;

/** One outcome before disclosure control, what was decided, and the waves that a series goes over. */
export interface LevelSource {
  readonly atoms: readonly Atom[];
  readonly rater: "employee" | "self";
  readonly pattern: Pattern;
  readonly past: readonly PastRelease[];
  readonly waves: readonly string[];
  readonly outcome: Pick<ReportedOutcome, "scale" | "low" | "high" | "decimals">;
  readonly confidence: number;
  readonly rules: Rules;
}

const whole = (wave: string): Group => ({ grouping: "organisation", cell: "", wave });

/** What is found once for all levels of a source. */
interface Found {
  readonly teams: ReadonlyMap<string, readonly Atom[]>;
  readonly spreads: Map<string, SharedSpread | null>;
}
const known = new WeakMap<LevelSource, Found>();

const foundIn = (source: LevelSource): Found => {
  const found = known.get(source) ?? { teams: byGroup(source.atoms, (atom) => atom), spreads: new Map() };
  known.set(source, found);
  return found;
};

/** The variance between leaders that intervals are made of, and the release that it is of; null where it is of this one. */
export interface SharedSpread extends BetweenLeaders {
  readonly since: string | null;
}

const findSpread = ({ atoms, pattern, past, outcome, rules }: LevelSource, wave: string): SharedSpread | null => {
  const { scale } = outcome;
  const asked = { wave, scale, audience: "management", statistics: ["variance"], fewest: [1] } as const;
  const last = lastFact(past, "variance", scale, whole(wave));
  const kept = last && { variance: last.fact.value, df: last.leaders - 1, since: last.since };
  const renewed = (): SharedSpread | null => {
    const spread = betweenLeaders(undividedCells(atoms, wave, pattern, past), outcome, rules);
    return spread && { ...spread, since: null };
  };
  const fresh = standingSince(asked, atoms, past, rules) === null ? renewed() : kept;
  return valueIn(decidedCell(pattern, [whole(wave)], { fresh, kept }));
};

/** The variance between leaders at a wave, kept where too few differ; null where the mean of all is suppressed. */
export const spreadAt = (source: LevelSource, wave: string): SharedSpread | null => {
  const { spreads } = foundIn(source);
  if (!spreads.has(wave)) spreads.set(wave, findSpread(source, wave));
  return spreads.get(wave)!;
};

interface Measured {
  readonly mean: number;
  readonly leaders: number;
  readonly since: string | null;
}

const freshOf = (source: LevelSource, group: Group): Measured | null => {
  const { scale } = source.outcome;
  const teams = foundIn(source).teams.get(groupKey(group)) ?? [];
  const mean = meanOf(teams, scale);
  return mean === null ? null : { mean, leaders: supportOf(teams, scale).leaders, since: null };
};

const keptOf = ({ past, outcome }: LevelSource, group: Group): Measured | null => {
  const last = lastFact(past, "mean", outcome.scale, group);
  return last && { mean: last.fact.value, leaders: last.leaders, since: last.since };
};

const measuredAt = (source: LevelSource, group: Group): Cell<Measured> =>
  decidedCell(source.pattern, [group], { fresh: freshOf(source, group), kept: keptOf(source, group) });

/** The standard error of a shown mean with its degrees of freedom; null where it has none. */
export const errorAt = (source: LevelSource, group: Group): { readonly se: number; readonly df: number } | null => {
  const measured = valueIn(measuredAt(source, group));
  const spread = spreadAt(source, group.wave);
  return measured && spread && { se: pooledError(spread, measured.leaders), df: spread.df };
};

const levelOf = (source: LevelSource, group: Group): Cell<Level> => {
  const { outcome, confidence, pattern } = source;
  const measured = valueIn(measuredAt(source, group));
  if (measured === null) return decidedCell<Level>(pattern, [group], { fresh: null, kept: null });
  const error = errorAt(source, group);
  const half = error && error.se * tCritical(1 - confidence, error.df);
  const inside = (value: number) => roundTo(Math.min(outcome.high, Math.max(outcome.low, value)), outcome.decimals);
  const level = {
    mean: inside(measured.mean),
    low: half === null ? null : inside(measured.mean - half),
    high: half === null ? null : inside(measured.mean + half),
    since: measured.since,
  };
  return decidedCell(pattern, [group], { fresh: level, kept: level });
};

export const emptySeries = (id: string, waves: readonly string[]): Series => ({ id, levels: waves.map(() => null) });

/** The levels of one cell of a grouping over the waves, each as it was decided. */
export const seriesOf = (grouping: string, id: string, source: LevelSource): Series => ({
  id,
  levels: source.waves.map((wave) => {
    const group = { grouping, cell: id, wave };
    if (decisionOn(source.pattern, group) === null) return null;
    const { rater, outcome } = source;
    return cellAsFact(levelOf(source, group), factName({ statistic: "mean", scale: outcome.scale, rater, ...group }));
  }),
});
