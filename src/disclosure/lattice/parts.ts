import { type Atom, byGroup, type Group, groupKey, membersOn } from "./atoms.ts";
import type { PastRelease } from "./past.ts";
import { personsOf } from "./persons.ts";

/**
 * Respondents of one wave whom every release used alike: no combination of facts tells them apart. Who was corrected is in
 * one part on a scale whose answers are other ones now, and in another on the scales whose answers are as they were.
 */
export interface Part {
  /** Their leader; where they were moved, the last. */
  readonly leader: string;
  /** Everybody whose team they were in: each of them knows what they said together with the rest of the team. */
  readonly leaders: readonly string[];
  /** By scale, the fewest respondents with a score that it can hold. */
  readonly n: Readonly<Record<string, number>>;
  /** By scale, persons of it who are in another part too, with other answers. */
  readonly persons: Readonly<Record<string, ReadonlySet<string>>>;
  /** The team that holds it, in each earlier release and last in the one that is decided; null where it was not used. */
  readonly teams: readonly (Team | null)[];
  /** Whether it is the whole team of the release that is decided. */
  readonly whole: boolean;
}

type Team = Pick<Atom, "leader" | "wave" | "groups" | "n" | "members" | "versions">;
type Releases = readonly (readonly Team[])[];

/** A team without tokens is compared with nothing: its respondents count as respondents of their own. */
const tokensOf = (team: Team, release: number, scale: string): readonly string[] =>
  team.members.length > 0
    ? membersOn(team, scale)
    : Array.from({ length: Math.max(0, ...Object.values(team.n)) }, (_, k) =>
        JSON.stringify([release, team.leader, k]),
      );

/** Tokens that every release used alike. */
interface Draft {
  readonly teams: readonly (Team | null)[];
  readonly tokens: string[];
}

/** Scales whose answers every team knows by the same tokens, and what no release tells apart on them. */
interface Lens {
  readonly scales: readonly string[];
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly persons: ReadonlyMap<string, string>;
  /** Those with tokens in more than one draft. */
  readonly divided: ReadonlySet<string>;
  readonly sizeOf: (team: Team, release: number) => number;
}

/** Respondents without a score may all be in this part, or none of them: the fewest is what is safe to assume. */
const fewest = ({ teams, tokens }: Draft, scale: string, sizeOf: Lens["sizeOf"]): number => {
  const size = tokens.length;
  const bounds = teams.flatMap((team, release) => {
    if (team === null) return [];
    const n = team.n[scale] ?? 0;
    return [{ low: n - (Math.max(sizeOf(team, release), n) - size), high: Math.min(n, size) }];
  });
  const high = Math.min(...bounds.map((bound) => bound.high));
  return high === 0 ? 0 : Math.max(1, Math.min(high, Math.max(...bounds.map((bound) => bound.low))));
};

/** What was used alike, by the leaders whose teams it was in. */
const draftsOf = (releases: Releases, scale: string): ReadonlyMap<string, Draft> => {
  const histories = new Map<string, (Team | null)[]>();
  releases.forEach((teams, release) => {
    for (const team of teams)
      for (const token of tokensOf(team, release, scale)) {
        const history = histories.get(token) ?? releases.map(() => null);
        history[release] = team;
        histories.set(token, history);
      }
  });
  const drafts = new Map<string, Draft>();
  for (const [token, teams] of histories) {
    const key = JSON.stringify(teams.map((team) => team?.leader ?? null));
    const found = drafts.get(key);
    if (found) found.tokens.push(token);
    else drafts.set(key, { teams, tokens: [token] });
  }
  return drafts;
};

/** Persons with tokens in more than one draft. */
const dividedPersons = (drafts: Iterable<Draft>, persons: ReadonlyMap<string, string>): ReadonlySet<string> => {
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

const lensOf = (releases: Releases, scales: readonly string[]): Lens => {
  const scale = scales[0]!;
  const drafts = draftsOf(releases, scale);
  const persons = personsOf(
    releases.map((teams) => teams.map((team) => ({ leader: team.leader, members: membersOn(team, scale) }))),
  );
  const sizes = new Map<Team, number>();
  const sizeOf = (team: Team, release: number): number => {
    const known = sizes.get(team) ?? tokensOf(team, release, scale).length;
    sizes.set(team, known);
    return known;
  };
  return { scales, drafts, persons, divided: dividedPersons(drafts.values(), persons), sizeOf };
};

/** One release by itself tells nobody apart, so that all scales are alike then. */
const lensesOf = (releases: Releases): readonly Lens[] => {
  const teams = releases.flat();
  const scales = [...new Set(teams.flatMap(({ n }) => Object.keys(n)))];
  const apart = releases.length > 1 ? scales.filter((scale) => teams.some(({ versions }) => versions?.[scale])) : [];
  const rest = scales.filter((scale) => !apart.includes(scale));
  const bare = releases.length > 1 ? releases : releases.map((own) => own.map(({ versions: _, ...team }) => team));
  return [...(rest.length > 0 ? [rest] : []), ...apart.map((scale) => [scale])].map((own) => lensOf(bare, own));
};

const partOf = (key: string, lenses: readonly Lens[]): Part => {
  const { teams } = lenses.flatMap(({ drafts }) => drafts.get(key) ?? [])[0]!;
  const now = teams.at(-1) ?? null;
  const n: Record<string, number> = {};
  const persons: Record<string, ReadonlySet<string>> = {};
  let whole = now !== null;
  for (const { scales, drafts, persons: personOf, divided, sizeOf } of lenses) {
    const draft = drafts.get(key);
    whole &&= (draft?.tokens.length ?? 0) === sizeOf(now!, teams.length - 1);
    if (draft === undefined) continue;
    const own = draft.tokens.map((token) => personOf.get(token));
    const again = new Set(own.filter((person) => person !== undefined && divided.has(person)) as readonly string[]);
    for (const scale of scales) {
      n[scale] = fewest(draft, scale, sizeOf);
      persons[scale] = again;
    }
  }
  const leaders = [...new Set(teams.flatMap((team) => team?.leader ?? []))];
  return { leader: teams.findLast((team) => team !== null)!.leader, leaders, teams, n, persons, whole };
};

/**
 * The teams of one wave split until no release tells the respondents of a part from each other: who came late, was
 * erased, moved or gave other answers since an earlier release is in a part with those of the same history.
 */
export const partsOf = (atoms: readonly Atom[], past: readonly PastRelease[]): readonly Part[] => {
  const lenses = lensesOf([...past.map((release) => release.atoms), atoms]);
  const keys = [...new Set(lenses.flatMap(({ drafts }) => [...drafts.keys()]))];
  const parts = keys.map((key) => ({ key, part: partOf(key, lenses) }));
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
