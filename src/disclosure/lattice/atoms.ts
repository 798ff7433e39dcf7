import { namedPerson } from "./persons.ts";

/** One leader's team in one wave: the finest part that a fact about groups of leaders is a sum of. */
export interface Atom {
  readonly leader: string;
  readonly wave: string;
  /** Where it is not the employees of a team who answered, but the leader: a team of one. */
  readonly rater?: "self";
  /** The cell that the leader is in, by grouping; null in none of it. Everybody is in the cell '' of `organisation`. */
  readonly groups: Readonly<Record<string, string | null>>;
  /** Respondents with a score, by scale; a scale without any may be left out. */
  readonly n: Readonly<Record<string, number>>;
  /** Sum of their scores in the reported unit, by scale. */
  readonly sums: Readonly<Record<string, number>>;
  /** One unlinkable token for each respondent; empty where nothing is compared with an earlier release. */
  readonly members: readonly string[];
  /**
   * By scale, which answers to it each of `members` gave, and null who gave none. A scale without is taken to have been
   * answered anew by everybody whose token is another.
   */
  readonly versions?: Readonly<Record<string, readonly (string | null)[]>>;
}

/** One token for each who answered anything of a scale, another where other answers to it were given. */
export const membersOn = ({ members, versions }: Pick<Atom, "members" | "versions">, scale: string) => {
  const own = versions?.[scale];
  if (own === undefined) return members;
  return members.flatMap((token, at) => {
    const version = own[at] ?? null;
    if (version === null) return [];
    const person = namedPerson(token);
    return [person === null ? version : `${person}.${version}`];
  });
};

/** A cell of a grouping at one wave: the teams that a mean is of. */
export interface Group {
  readonly grouping: string;
  readonly cell: string;
  readonly wave: string;
}

/** A text that stands for a group. */
export const groupKey = ({ grouping, cell, wave }: Group): string => JSON.stringify([wave, grouping, cell]);

/** Whether a team is of a group. */
export const isIn = ({ wave, groups }: Pick<Atom, "wave" | "groups">, group: Group): boolean =>
  wave === group.wave && groups[group.grouping] === group.cell;

/** All that is of a group, by its key: found once for all groups. */
export const byGroup = <T>(
  all: readonly T[],
  teamOf: (each: T) => Pick<Atom, "wave" | "groups"> | null,
): ReadonlyMap<string, readonly T[]> => {
  const found = new Map<string, T[]>();
  for (const each of all) {
    const team = teamOf(each);
    for (const [grouping, cell] of Object.entries(team?.groups ?? {})) {
      if (cell === null) continue;
      const key = groupKey({ grouping, cell, wave: team!.wave });
      const own = found.get(key);
      if (own) own.push(each);
      else found.set(key, [each]);
    }
  }
  return found;
};

/** Who is behind a number, computed from its teams: respondents, leaders, and the largest team. */
export interface Support {
  readonly n: number;
  readonly leaders: number;
  readonly largest: number;
}

const counted = (counts: readonly number[]): Support => {
  const teams = counts.filter((n) => n > 0);
  return { n: teams.reduce((sum, n) => sum + n, 0), leaders: teams.length, largest: Math.max(0, ...teams) };
};

/** Who is behind the mean of these teams on a scale. */
export const supportOf = (atoms: readonly Pick<Atom, "n">[], scale: string): Support =>
  counted(atoms.map(({ n }) => n[scale] ?? 0));

/** The mean of all respondents of these teams on a scale; null without any. */
export const meanOf = (atoms: readonly Atom[], scale: string): number | null => {
  const { n } = supportOf(atoms, scale);
  return n === 0 ? null : atoms.reduce((sum, atom) => sum + (atom.sums[scale] ?? 0), 0) / n;
};

/** Every group that teams are in, for these groupings. */
export const groupsOf = (atoms: readonly Atom[], groupings: readonly string[]): readonly Group[] => {
  const found = new Map<string, Group>();
  for (const { groups, wave } of atoms)
    for (const grouping of groupings) {
      const cell = groups[grouping];
      if (cell === null || cell === undefined) continue;
      const group = { grouping, cell, wave };
      found.set(groupKey(group), group);
    }
  return [...found.values()];
};
