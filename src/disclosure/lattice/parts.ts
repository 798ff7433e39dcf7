import type { Atom, Group } from "./atoms.ts";
import { isIn } from "./atoms.ts";
import type { PastRelease } from "./past.ts";

/** Respondents of one leader in one wave whom every release used alike: no combination of facts tells them apart. */
export interface Part {
  readonly leader: string;
  /** By scale, the fewest respondents with a score that it can hold. */
  readonly n: Readonly<Record<string, number>>;
  /** The team that holds it, in each earlier release and last in the one that is decided; null where it was not used. */
  readonly teams: readonly (Pick<Atom, "wave" | "groups" | "n" | "members"> | null)[];
  /** Whether it is the whole team of the release that is decided. */
  readonly whole: boolean;
}

type Team = NonNullable<Part["teams"][number]>;

/** A team without tokens is compared with nothing: its respondents count as respondents of their own. */
const tokensOf = (team: Team, release: number): readonly string[] =>
  team.members.length > 0
    ? team.members
    : Array.from({ length: Math.max(0, ...Object.values(team.n)) }, (_, k) => `${release} ${k}`);

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

const partsOfLeader = (leader: string, teams: readonly (Team | null)[]): readonly Part[] => {
  const histories = new Map<string, boolean[]>();
  teams.forEach((team, release) => {
    for (const token of team ? tokensOf(team, release) : []) {
      const history = histories.get(token) ?? teams.map(() => false);
      history[release] = true;
      histories.set(token, history);
    }
  });
  const sizes = new Map<string, number>();
  for (const history of histories.values()) {
    const key = JSON.stringify(history);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const scales = [...new Set(teams.flatMap((team) => Object.keys(team?.n ?? {})))];
  return [...sizes].map(([key, size]) => {
    const history = JSON.parse(key) as readonly boolean[];
    const used = teams.map((team, release) => (history[release] ? team : null));
    const now = used.at(-1) ?? null;
    return {
      leader,
      teams: used,
      n: Object.fromEntries(scales.map((scale) => [scale, fewest(used, size, scale)])),
      whole: now !== null && tokensOf(now, teams.length - 1).length === size,
    };
  });
};

/**
 * The teams of one wave split until no release tells the respondents of a part from each other: who came late, was
 * erased or gave other answers since an earlier release is in a part with those of the same history.
 */
export const partsOf = (atoms: readonly Atom[], past: readonly PastRelease[]): readonly Part[] => {
  const releases = [...past.map((release) => release.atoms), atoms];
  const teams = new Map<string, (Team | null)[]>();
  releases.forEach((own, release) => {
    for (const atom of own) {
      const found = teams.get(atom.leader) ?? releases.map(() => null);
      found[release] = atom;
      teams.set(atom.leader, found);
    }
  });
  return [...teams].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([leader, all]) => partsOfLeader(leader, all));
};

/** The places of the parts that a group had in a release. */
export const rowOf = (parts: readonly Part[], group: Group, release: number): readonly number[] =>
  parts.flatMap(({ teams }, place) => {
    const team = teams[release];
    return team && isIn(team, group) ? [place] : [];
  });
