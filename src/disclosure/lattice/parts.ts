import { type Atom, byGroup, type Group, groupKey } from "./atoms.ts";
import type { PastRelease } from "./past.ts";
import { personsOf } from "./persons.ts";

/** Respondents of one wave whom every release used alike: no combination of facts tells them apart. */
export interface Part {
  /** Their leader; where they were moved, the last. */
  readonly leader: string;
  /** Everybody whose team they were in: each of them knows what they said together with the rest of the team. */
  readonly leaders: readonly string[];
  /** By scale, the fewest respondents with a score that it can hold. */
  readonly n: Readonly<Record<string, number>>;
  /** Persons of it who are in another part too, with other answers. */
  readonly persons: ReadonlySet<string>;
  /** The team that holds it, in each earlier release and last in the one that is decided; null where it was not used. */
  readonly teams: readonly (Team | null)[];
  /** Whether it is the whole team of the release that is decided. */
  readonly whole: boolean;
}

type Team = Pick<Atom, "leader" | "wave" | "groups" | "n" | "members">;

/** A team without tokens is compared with nothing: its respondents count as respondents of their own. */
const tokensOf = (team: Team, release: number): readonly string[] =>
  team.members.length > 0
    ? team.members
    : Array.from({ length: Math.max(0, ...Object.values(team.n)) }, (_, k) =>
        JSON.stringify([release, team.leader, k]),
      );

/** Respondents without a score may all be in this part, or none of them: the fewest is what is safe to assume. */
const fewest = (teams: readonly (Team | null)[], size: number, scale: string): number => {
  const bounds = teams.flatMap((team, release) => {
    if (team === null) return [];
    const n = team.n[scale] ?? 0;
    return [{ low: n - (Math.max(tokensOf(team, release).length, n) - size), high: Math.min(n, size) }];
  });
  const high = Math.min(...bounds.map((bound) => bound.high));
  return high === 0 ? 0 : Math.max(1, Math.min(high, Math.max(...bounds.map((bound) => bound.low))));
};

/** By token, the team that used it in each release. */
const historiesOf = (releases: readonly (readonly Team[])[]): ReadonlyMap<string, readonly (Team | null)[]> => {
  const histories = new Map<string, (Team | null)[]>();
  releases.forEach((teams, release) => {
    for (const team of teams)
      for (const token of tokensOf(team, release)) {
        const history = histories.get(token) ?? releases.map(() => null);
        history[release] = team;
        histories.set(token, history);
      }
  });
  return histories;
};

/** Tokens that every release used alike. */
interface Draft {
  readonly teams: readonly (Team | null)[];
  readonly tokens: string[];
}

/** Persons with tokens in more than one draft. */
const dividedPersons = (drafts: readonly Draft[], persons: ReadonlyMap<string, string>): ReadonlySet<string> => {
  const first = new Map<string, Draft>();
  const divided = new Set<string>();
  for (const draft of drafts)
    for (const token of draft.tokens) {
      const person = persons.get(token);
      if (person === undefined) continue;
      const found = first.get(person);
      if (found === undefined) first.set(person, draft);
      else if (found !== draft) divided.add(person);
    }
  return divided;
};

/**
 * The teams of one wave split until no release tells the respondents of a part from each other: who came late, was
 * erased, moved or gave other answers since an earlier release is in a part with those of the same history.
 */
export const partsOf = (atoms: readonly Atom[], past: readonly PastRelease[]): readonly Part[] => {
  const releases: readonly (readonly Team[])[] = [...past.map((release) => release.atoms), atoms];
  const drafts = new Map<string, Draft>();
  for (const [token, teams] of historiesOf(releases)) {
    const key = JSON.stringify(teams.map((team) => team?.leader ?? null));
    const found = drafts.get(key);
    if (found) found.tokens.push(token);
    else drafts.set(key, { teams, tokens: [token] });
  }
  const persons = personsOf(releases);
  const divided = dividedPersons([...drafts.values()], persons);
  const parts = [...drafts].map(([key, { teams, tokens }]) => {
    const leaders = [...new Set(teams.flatMap((team) => team?.leader ?? []))];
    const scales = [...new Set(teams.flatMap((team) => Object.keys(team?.n ?? {})))];
    const now = teams.at(-1) ?? null;
    const own = tokens.map((token) => persons.get(token)).filter((each) => each !== undefined && divided.has(each));
    const part: Part = {
      ...{ leader: teams.findLast((team) => team !== null)!.leader, leaders, teams },
      n: Object.fromEntries(scales.map((scale) => [scale, fewest(teams, tokens.length, scale)])),
      persons: new Set(own as readonly string[]),
      whole: now !== null && tokensOf(now, releases.length - 1).length === tokens.length,
    };
    return { key, part };
  });
  const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  return parts.sort((a, b) => order(a.part.leader, b.part.leader) || order(a.key, b.key)).map(({ part }) => part);
};

/** Finds the places of the parts that a group had in a release. */
export const rowsOf = (parts: readonly Part[]): ((group: Group, release: number) => readonly number[]) => {
  const known = new Map<number, ReadonlyMap<string, readonly number[]>>();
  return (group, release) => {
    const rows =
      known.get(release) ??
      byGroup(
        parts.map((_, place) => place),
        (place) => parts[place]!.teams[release] ?? null,
      );
    known.set(release, rows);
    return rows.get(groupKey(group)) ?? [];
  };
};
