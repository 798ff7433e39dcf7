import type { Fact, Release } from "./publication.ts";
import type { ServedFact, ServedInterval, ServedModel } from "./served-dashboard.ts";

/** A fact as the ledger has it; `since` names the earlier release whose number it still shows. */
export type BookedFact = Fact & { readonly since?: string };

/** A release that is about to be read, as it goes into the ledger. */
export interface Candidate extends Release {
  readonly facts: readonly BookedFact[];
}

/** What a model shows that the ledger does not bear out: ids of facts, and places of numbers that are none. */
export interface BorneOut {
  readonly unknownFacts: readonly string[];
  readonly differing: readonly string[];
  /** Levels whose interval is not made from one variance between leaders for the whole wave. */
  readonly uneven: readonly string[];
  readonly withoutFact: readonly string[];
}

const isSame = (a: number, b: number | null): boolean =>
  b !== null && Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));

/** The release whose teams a number is of: an earlier one where it was kept. */
const releaseOf = (since: string | null, candidate: Candidate, past: readonly Release[]): Release | null =>
  since === null ? candidate : (past.findLast(({ release }) => release === since) ?? null);

/** How far apart the two ends of h² · leaders lie that a shown interval leaves, h half its width; null at the ends of a scale. */
const spreadLeft = ({ level, low, high }: ServedInterval, leaders: number) => {
  // An end that was cut off where the scale ends says little of the width.
  const isCut = Math.abs(level.value - low - (high - level.value)) > 1.5 * level.step;
  const half = (high - low) / 2;
  return isCut
    ? null
    : { least: Math.max(0, half - level.step) ** 2 * leaders, most: (half + level.step) ** 2 * leaders };
};

/** Counts the leaders with a score behind levels of a release; each team is looked at once. */
const leadersIn = ({ atoms }: Release): ((level: ServedFact) => number) => {
  const leaders = new Map<string, Set<string>>();
  for (const { wave, leader, rater = "employee", groups, n } of atoms)
    for (const [grouping, cell] of Object.entries(groups))
      for (const [scale, respondents] of Object.entries(n)) {
        if (respondents === 0) continue;
        const key = JSON.stringify([wave, grouping, cell, rater, scale]);
        leaders.set(key, (leaders.get(key) ?? new Set()).add(leader));
      }
  return ({ wave, grouping, cell, rater, scale }) =>
    leaders.get(JSON.stringify([wave, grouping, cell, rater, scale]))?.size ?? 0;
};

/** One variance for a wave makes h² · leaders the same for every interval of it. */
const unevenIn = (intervals: readonly ServedInterval[], candidate: Candidate, past: readonly Release[]) => {
  const byWave = new Map<string, { readonly fact: string; readonly least: number; readonly most: number }[]>();
  const counted = new Map<Release, ReturnType<typeof leadersIn>>();
  for (const interval of intervals) {
    const { fact, since, wave, rater, scale } = interval.level;
    const release = releaseOf(since, candidate, past);
    if (release === null) continue;
    const leadersOf = counted.get(release) ?? leadersIn(release);
    counted.set(release, leadersOf);
    const left = spreadLeft(interval, leadersOf(interval.level));
    const key = `${wave} ${rater} ${scale}`;
    if (!byWave.has(key)) byWave.set(key, []);
    if (left) byWave.get(key)!.push({ fact, ...left });
  }
  return [...byWave.values()].flatMap((all) => {
    const [least, most] = [Math.max(...all.map((each) => each.least)), Math.min(...all.map((each) => each.most))];
    return least <= most ? [] : all.filter((each) => each.least > most || each.most < least).map(({ fact }) => fact);
  });
};

/** Holds what a model shows against what the ledger is to say of it. A kept number must be that of the release it is of. */
export const borneOut = (served: ServedModel, candidate: Candidate, past: readonly Release[]): BorneOut => {
  const booked = new Map(candidate.facts.map((fact) => [fact.fact, fact]));
  const original = (since: string, id: string) =>
    releaseOf(since, candidate, past)?.facts.find(({ fact }) => fact === id);
  const isKnown = ({ fact, since }: ServedFact): boolean => {
    const own = booked.get(fact);
    return (
      own !== undefined && (own.since ?? null) === since && (since === null || original(since, fact) !== undefined)
    );
  };
  const known = served.facts.filter(isKnown);
  const isBooked = ({ fact, value, since }: ServedFact): boolean =>
    isSame(value, booked.get(fact)!.value) && (since === null || isSame(value, original(since, fact)!.value));
  const ids = (facts: readonly ServedFact[]) => [...new Set(facts.map(({ fact }) => fact))];
  return {
    unknownFacts: ids(served.facts.filter((fact) => !isKnown(fact))),
    differing: ids(known.filter((fact) => !isBooked(fact))),
    uneven: unevenIn(served.intervals, candidate, past),
    withoutFact: served.withoutFact,
  };
};
