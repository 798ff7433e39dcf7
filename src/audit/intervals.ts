import type { Fact, Limits, Publication } from "./publication.ts";
import { type Bounded, reaches } from "./ranges.ts";
import type { Part } from "./refine.ts";
import { isIn, type Row } from "./rows.ts";
import type { System } from "./system.ts";

/** A leader's mean that a view pins too narrowly. */
export interface Pinned {
  readonly leader: string;
  readonly wave: string;
  readonly respondents: number;
  readonly facts: readonly Fact[];
}

/** What was asked of one system. */
export interface Intervals {
  readonly pinned: readonly Pinned[];
  readonly targets: number;
  /** Targets of systems too large for linear programs: only single facts were looked at. */
  readonly singleFacts: number;
  /** Whether the facts contradict each other beyond their rounding, so that nothing can be said. */
  readonly contradiction: boolean;
}

/** One leader's team in one wave, as one release used it, over the columns of a system. */
interface Target {
  readonly leader: string;
  readonly wave: string;
  readonly parts: readonly Part[];
  readonly n: number;
}

const scaleOf = (system: System): string => system.columns[0]!.scale.split(" ")[0]!;

const targetsOf = (system: System, scale: string, viewer: string | null): readonly Target[] => {
  const drafts = new Map<string, Part[]>();
  for (const part of new Set(system.blocks.flatMap(({ parts }) => parts)))
    part.atoms.forEach((atom, release) => {
      if (atom === null || atom.leader === viewer) return;
      const key = JSON.stringify([release, atom.leader, part.wave]);
      drafts.set(key, [...(drafts.get(key) ?? []), part]);
    });
  const targets = [...drafts].map(([key, parts]): Target => {
    const [, leader, wave] = JSON.parse(key) as [number, string, string];
    return { leader, wave, parts, n: parts.reduce((sum, { n }) => sum + (n[scale] ?? 0), 0) };
  });
  const byParts = targets.map((each) => [each.parts.map(({ part }) => part).join(" "), each] as const);
  return [...new Map(byParts).values()];
};

/** Rows as bounds on shares of the range: the share of a block is where its mean lies between the ends of the scale. */
const boundsOf = (system: System, range: { readonly low: number; readonly high: number }): readonly Bounded[] =>
  system.rows.flatMap(({ row: { fact, multiplier }, coefficients }): readonly Bounded[] => {
    if (fact.value === null || fact.statistic === "estimate") return [];
    const weights = new Map(
      [...coefficients].map(([column, each]) => [column, (each * system.columns[column]!.n) / multiplier]),
    );
    const level = [...weights.values()].reduce((sum, each) => sum + each, 0);
    const width = range.high - range.low;
    const value = (fact.value - range.low * level) / width;
    const credit = fact.step / 2 / width + 1e-9;
    return [{ coefficients: weights, low: value - credit, high: value + credit }];
  });

interface Share {
  readonly low: number;
  readonly high: number;
}

/** Where a part of a block can lie when the whole block lies between two ends and the rest may be anything. */
const within = ({ low, high }: Share, own: number, all: number): Share => ({
  low: Math.max(0, (low * all - (all - own)) / own),
  high: Math.min(1, (high * all) / own),
});

/** The most by which one leader's mean can differ from the cell's, given the variance of the leaders' means (n − 1). */
const deviation = (variance: number, weights: readonly number[], own: number): number => {
  const total = weights.reduce((sum, each) => sum + each, 0);
  const squares = weights.reduce((sum, each) => sum + (each / total) ** 2, 0);
  return Math.sqrt(variance * (weights.length - 1) * Math.max(0, 1 - (2 * own) / total + squares));
};

/** A variance between leaders, with the mean of the same cell: a bound that is not linear. */
interface Spread {
  readonly variance: Fact;
  readonly mean: Fact;
  readonly teams: ReadonlyMap<string, number>;
}

const spreadsOf = (
  publication: Publication,
  rows: readonly Row[],
  variances: readonly Fact[],
  scale: string,
): readonly Spread[] =>
  variances.flatMap((variance) => {
    if (variance.statistic !== "variance" || variance.scale !== scale || variance.value === null) return [];
    const isSame = ({ fact }: Row): boolean =>
      fact.statistic === "mean" &&
      fact.scale === scale &&
      fact.grouping === variance.grouping &&
      fact.cell === variance.cell &&
      fact.wave === variance.wave &&
      fact.rater === variance.rater;
    const mean = rows.find((row) => isSame(row));
    if (!mean) return [];
    const teams = new Map<string, number>();
    for (const atom of publication.releases[mean.release]!.atoms)
      if (isIn(atom, variance)) teams.set(atom.leader, (teams.get(atom.leader) ?? 0) + (atom.n[scale] ?? 0));
    return [{ variance, mean: mean.fact, teams }];
  });

/**
 * How narrowly the facts of one system pin each leader's mean, by linear programs between the ends of the scale; with
 * every variance between leaders as a bound on how far a leader can be from the mean of the cell.
 */
export const intervalsOf = (
  publication: Publication,
  system: System,
  variances: readonly Fact[],
  limits: Limits,
  viewer: string | null,
  mostColumns: number,
): Intervals => {
  const scale = scaleOf(system);
  const range = publication.ranges[scale] ?? { low: 0, high: 100 };
  const bounds = boundsOf(system, range);
  const isLarge = system.columns.length > mostColumns;
  const { ofOne, ofSum } = reaches(system.columns.length, isLarge ? [] : bounds);
  const spreads = spreadsOf(
    publication,
    system.rows.map(({ row }) => row),
    variances,
    scale,
  );
  const enough = limits.width - 1e-6;
  const columnOf = new Map(
    system.columns.flatMap(({ block }, column) => system.blocks[block]!.parts.map((part) => [part, column] as const)),
  );
  const blockN = (column: number): number => system.columns[column]!.n;
  const linear = (target: Target): Share | null => {
    const own = new Map<number, number>();
    for (const part of target.parts) {
      const column = columnOf.get(part)!;
      own.set(column, (own.get(column) ?? 0) + (part.n[scale] ?? 0));
    }
    const [[column, n]] = own as unknown as [[number, number]];
    if (own.size === 1) {
      const isEnough = (reach: Share): boolean => {
        const { low, high } = within(reach, n, blockN(column));
        return high - low >= enough;
      };
      const reach = isLarge ? singleRow(bounds, column) : ofOne(column, isEnough);
      return reach && within(reach, n, blockN(column));
    }
    if (isLarge || [...own].some(([each, part]) => part !== blockN(each))) return { low: 0, high: 1 };
    return ofSum(new Map([...own].map(([each, part]) => [each, part / target.n])));
  };
  const targets = targetsOf(system, scale, viewer).filter(({ n }) => n > 0);
  const pinned: Pinned[] = [];
  let contradiction = false;
  for (const target of targets) {
    const share = linear(target);
    if (share === null) {
      contradiction = true;
      continue;
    }
    const near = spreads.filter(({ teams, variance }) => teams.has(target.leader) && variance.wave === target.wave);
    const ends = near.reduce((reach, { variance, mean, teams }) => {
      const most =
        deviation(variance.value! + variance.step / 2, [...teams.values()], teams.get(target.leader)!) + mean.step / 2;
      const centre = (mean.value! - range.low) / (range.high - range.low);
      const half = most / (range.high - range.low);
      return { low: Math.max(reach.low, centre - half), high: Math.min(reach.high, centre + half) };
    }, share);
    if (ends.high - ends.low >= enough) continue;
    const columns = new Set(target.parts.map((part) => columnOf.get(part)!));
    const touching = system.rows.filter(({ coefficients }) => [...columns].some((column) => coefficients.has(column)));
    const facts = [...touching.map(({ row }) => row.fact), ...near.map(({ variance }) => variance)];
    pinned.push({ leader: target.leader, wave: target.wave, respondents: target.n, facts });
  }
  return { pinned, targets: targets.length, singleFacts: isLarge ? targets.length : 0, contradiction };
};

/** Where a column can lie by each row alone, everything else at its ends. */
const singleRow = (bounds: readonly Bounded[], column: number): Share => {
  let [low, high] = [0, 1];
  for (const { coefficients, ...ends } of bounds) {
    const own = coefficients.get(column);
    if (own === undefined || own === 0) continue;
    let [least, most] = [0, 0];
    for (const [each, weight] of coefficients)
      if (each !== column) {
        least += Math.min(0, weight);
        most += Math.max(0, weight);
      }
    const [a, b] = [(ends.low - most) / own, (ends.high - least) / own];
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
  }
  return { low, high };
};
