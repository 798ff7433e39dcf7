import type { Fact, Limits, Publication, Range } from "./publication.ts";
import { type Bounded, reaches, type Share, singleRows } from "./ranges.ts";
import type { Part } from "./refine.ts";
import { scaleName } from "./rows.ts";
import { sharesBySpread } from "./spread-bounds.ts";
import { type Spread, spreadsOf } from "./spreads.ts";
import type { System } from "./system.ts";

/** A leader's mean that a view pins too narrowly. */
export interface Pinned {
  readonly leader: string;
  readonly wave: string;
  readonly scale: string;
  readonly respondents: number;
  readonly facts: readonly Fact[];
}

/** What was asked of one system. */
export interface Intervals {
  readonly pinned: readonly Pinned[];
  readonly targets: number;
  /** Targets of systems too large for linear programs: each fact was looked at alone. */
  readonly singleFacts: number;
  /** The least part of the range that is open of a target, where it is less than was asked for; else null. */
  readonly narrowest: number | null;
  /** Whether the facts contradict each other beyond their rounding, so that nothing can be said. */
  readonly contradiction: boolean;
}

const tolerance = 1e-6;

/** One leader's team in one wave, as these releases used it. */
interface Target {
  readonly leader: string;
  readonly wave: string;
  readonly parts: readonly Part[];
  readonly releases: ReadonlySet<number>;
  readonly n: number;
}

const targetsOf = (columns: ReadonlyMap<Part, number>, scale: string, viewer: string | null): readonly Target[] => {
  const teams = new Map<string, { leader: string; wave: string; release: number; parts: Part[] }>();
  for (const part of columns.keys())
    part.atoms.forEach((atom, release) => {
      if (atom === null || atom.leader === viewer) return;
      const key = JSON.stringify([release, atom.leader, part.wave]);
      const team = teams.get(key) ?? { leader: atom.leader, wave: part.wave, release, parts: [] };
      team.parts.push(part);
      teams.set(key, team);
    });
  const distinct = new Map<string, Omit<Target, "n"> & { releases: Set<number> }>();
  for (const { leader, wave, release, parts } of teams.values()) {
    const key = JSON.stringify([leader, ...parts.map(({ part }) => part)]);
    const found = distinct.get(key) ?? { leader, wave, parts, releases: new Set() };
    found.releases.add(release);
    distinct.set(key, found);
  }
  return [...distinct.values()]
    .map((team) => ({ ...team, n: team.parts.reduce((sum, { n }) => sum + (n[scale] ?? 0), 0) }))
    .filter(({ n }) => n > 0);
};

/**
 * Means as bounds on shares: the share of a column is where its mean lies between the ends of the scale. A difference is
 * adjusted for what the plan says, so that its value is not that of two means; exact elimination counts it as if it were.
 */
const boundsOf = (system: System, range: Range): readonly Bounded[] =>
  system.rows.flatMap(({ row: { fact, multiplier }, coefficients }): readonly Bounded[] => {
    if (fact.value === null || fact.statistic !== "mean") return [];
    const shares = [...coefficients].map(
      ([column, each]) => [column, (each * system.columns[column]!.n) / multiplier] as const,
    );
    const level = shares.reduce((sum, [, each]) => sum + each, 0);
    const width = range.high - range.low;
    const value = (fact.value - range.low * level) / width;
    const credit = fact.step / 2 / width + 1e-9;
    return [{ coefficients: new Map(shares), low: value - credit, high: value + credit }];
  });

/** Where a part of a column can lie when the whole lies between two ends and the rest may be anything. */
const within = ({ low, high }: Share, own: number, all: number): Share => ({
  low: Math.max(0, (low * all - (all - own)) / own),
  high: Math.min(1, (high * all) / own),
});

const widthOf = ({ low, high }: Share): number => high - low;
const both = (a: Share, b: Share): Share => ({ low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) });
const anywhere: Share = { low: 0, high: 1 };

/** The bounds of a system, and the columns of one of its scales. */
interface Asked {
  readonly system: System;
  readonly scale: string;
  readonly columns: ReadonlyMap<Part, number>;
  /** Parts in two columns: no bound is looked for on a team that has one. */
  readonly split: ReadonlySet<Part>;
  readonly reach: ReturnType<typeof reaches>;
  readonly alone: ((column: number) => Share) | null;
  readonly enough: number;
}

/** Where the linear facts leave a target within `ends`; null where they contradict each other. */
const shareWithin = (
  { system, scale, columns, reach, alone, enough }: Asked,
  target: Target,
  ends: Share,
): Share | null => {
  const own = new Map<number, number>();
  for (const part of target.parts) {
    const column = columns.get(part)!;
    own.set(column, (own.get(column) ?? 0) + (part.n[scale] ?? 0));
  }
  const all = (column: number): number => system.columns[column]!.n;
  if (own.size === 1) {
    const [column] = own.keys() as unknown as [number];
    const inColumn = (share: Share): Share => both(within(share, own.get(column)!, all(column)), ends);
    const share = alone ? alone(column) : reach.ofOne(column, (seen) => widthOf(inColumn(seen)) >= enough);
    return share && inColumn(share);
  }
  if (alone || [...own].some(([column, n]) => n !== all(column))) return ends;
  const share = reach.ofSum(new Map([...own].map(([column, n]) => [column, n / target.n])));
  return share && both(share, ends);
};

const pin = ({ system, scale, columns }: Asked, target: Target, spreads: readonly Spread[]): Pinned => {
  const own = new Set(target.parts.map((part) => columns.get(part)!));
  const touching = system.rows.filter(({ coefficients }) => [...own].some((column) => coefficients.has(column)));
  const facts = [...touching.map(({ row }) => row.fact), ...spreads.map(({ variance }) => variance)];
  return { leader: target.leader, wave: target.wave, scale, respondents: target.n, facts };
};

/** The column of each part on a scale; parts of which only some answered every scale of a composite stand in two. */
const columnsOfScale = ({ blocks, columns }: System, name: string) => {
  const found = new Map<Part, number>();
  const split = new Set<Part>();
  columns.forEach(({ block, scale }, column) => {
    if (scaleName(scale) !== name) return;
    for (const part of blocks[block]!.parts) {
      if (found.has(part)) split.add(part);
      found.set(part, column);
    }
  });
  return { columns: found, split };
};

/** The facts and ranges that intervals are looked at under. */
export interface Bounds {
  readonly publication: Publication;
  /** Variances that the viewer can see. */
  readonly variances: readonly Fact[];
  readonly limits: Limits;
  /** Linear programs for at most so many columns. */
  readonly mostColumns: number;
  /** Widths are worked out in full below this part of the range. */
  readonly widthsBelow: number;
}

const intervalsOfScale = (asked: Asked, range: Range, viewer: string | null, bounds: Bounds): Intervals => {
  const { system, scale, columns, split, alone, enough } = asked;
  const rows = system.rows.map(({ row }) => row);
  const spreads = spreadsOf(bounds.publication, rows, bounds.variances, scale).map((spread) => ({
    spread,
    shareOf: sharesBySpread(system, scale, spread, range),
  }));
  const targets = targetsOf(columns, scale, viewer).filter(({ parts }) => !parts.some((part) => split.has(part)));
  const shares = targets.map((target) => {
    const near = spreads.filter(
      ({ spread: { teams, variance, release } }) =>
        variance.wave === target.wave && target.releases.has(release) && teams.has(target.leader),
    );
    const ends = near.reduce((all, { shareOf }) => both(all, shareOf(target.leader)), anywhere);
    return { target, near: near.map(({ spread }) => spread), share: shareWithin(asked, target, ends) };
  });
  const pinned = shares.flatMap(({ target, near, share }) =>
    share === null || widthOf(share) >= bounds.limits.width - tolerance ? [] : [pin(asked, target, near)],
  );
  const contradiction = shares.some(({ share }) => share === null);
  const narrow = shares.flatMap(({ share }) => (share === null || widthOf(share) >= enough ? [] : [widthOf(share)]));
  const narrowest = narrow.length === 0 ? null : Math.min(...narrow);
  return { pinned, narrowest, targets: targets.length, singleFacts: alone ? targets.length : 0, contradiction };
};

/**
 * How narrowly the facts of one system pin each leader's mean, by linear programs between the ends of the scale, and by
 * every variance between leaders with the facts beside it. Estimates are left out: they are not exactly the difference of
 * two means.
 */
export const intervalsOf = (system: System, viewer: string | null, bounds: Bounds): readonly Intervals[] => {
  const names = [...new Set(system.columns.map(({ scale }) => scaleName(scale)))];
  const range = bounds.publication.ranges[names[0]!] ?? { low: 0, high: 100 };
  const rows = boundsOf(system, range);
  const isLarge = system.columns.length > bounds.mostColumns;
  const reach = reaches(system.columns.length, isLarge ? [] : rows);
  const alone = isLarge ? singleRows(system.columns.length, rows) : null;
  const enough = Math.max(bounds.limits.width, bounds.widthsBelow) - tolerance;
  return names.map((name) => {
    const asked = { system, scale: name, ...columnsOfScale(system, name), reach, alone, enough };
    return intervalsOfScale(asked, range, viewer, bounds);
  });
};
