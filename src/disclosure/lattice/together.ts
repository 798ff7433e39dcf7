import type { Rules } from "../rules.ts";
import { type Atom, membersOn } from "./atoms.ts";
import { answeredOn, latticeOf, type Row } from "./columns.ts";
import { partsOf } from "./parts.ts";
import type { PastFact, PastRelease } from "./past.ts";

type Team = Omit<Atom, "sums">;

/** Numbers that all teams of a wave go into and that are no sums of answers: a spread, a benchmark. */
export interface OfAllTeams {
  readonly wave: string;
  readonly scale: string;
  readonly audience: string;
  readonly statistics: readonly PastFact["statistic"][];
  /** How many respondents a team must have to go into them; several where they are of different teams. */
  readonly fewest: readonly number[];
}

/** Places of leaders, by which a respondent who was moved has another token. */
const placesOf = (releases: readonly (readonly Team[])[]): ReadonlyMap<string, number> =>
  new Map([...new Set(releases.flat().map(({ leader }) => leader))].map((leader, place) => [leader, place]));

/** Whether a number made of these teams may stand beside those that were made of the teams before. */
const mayStandBeside = (
  now: readonly Team[],
  before: readonly (readonly Team[])[],
  { wave, scale }: OfAllTeams,
  fewest: number,
  rules: Rules,
): boolean => {
  const places = placesOf([...before, now]);
  const counted = (teams: readonly Team[]): readonly Atom[] =>
    teams
      .filter((team) => team.wave === wave && (team.n[scale] ?? 0) >= fewest)
      .map((team) => ({
        ...{ leader: team.leader, wave, groups: {}, n: { [scale]: team.n[scale]! }, sums: {} },
        members: membersOn(team, scale).map((token) => `${token}@${places.get(team.leader)}`),
      }));
  const parts = partsOf(
    counted(now),
    before.map((teams, index) => ({ release: `${index}`, atoms: counted(teams), facts: [] })),
  ).map((part) => ({ ...part, leader: "", leaders: [] }));
  const rowAt = (release: number): Row => parts.flatMap(({ teams }, place) => (teams[release] ? [place] : []));
  const known = before.map((_, release) => rowAt(release));
  const row = rowAt(before.length);
  const lattice = latticeOf(parts, answeredOn(parts, scale), [...known, row], { ...rules, leaders: 1 });
  for (const each of known) lattice.add(each);
  return lattice.allows(row);
};

/**
 * The release whose numbers stand, of those that all teams go into; null where they are said as they are now, because
 * nobody or at least as many respondents as the rules ask for differ from each release that said them. Who was moved to
 * another leader differs.
 */
export const standingSince = (
  asked: OfAllTeams,
  atoms: readonly Team[],
  past: readonly PastRelease[],
  rules: Rules,
): string | null => {
  const saysAny = ({ facts }: PastRelease, isAsked: (fact: PastFact) => boolean) =>
    facts.find(
      (fact) =>
        fact.wave === asked.wave &&
        fact.scale === asked.scale &&
        fact.audience === asked.audience &&
        asked.statistics.includes(fact.statistic) &&
        isAsked(fact),
    );
  const before = past.filter((release) => saysAny(release, ({ since }) => since === undefined));
  if (before.length === 0) return null;
  const teams = before.map((release) => release.atoms);
  if (asked.fewest.every((fewest) => mayStandBeside(atoms, teams, asked, fewest, rules))) return null;
  const last = past.at(-1)!;
  return saysAny(last, () => true)?.since ?? last.release;
};
