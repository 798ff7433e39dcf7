import { type Cell, shown, suppressed } from "../published.ts";
import { type Atom, type Group, groupKey } from "./atoms.ts";
import type { Decision, Pattern } from "./decide.ts";
import type { PastRelease } from "./past.ts";
import { type Divided, dividedBy } from "./sphere.ts";

/** What was decided on a group; null where it has no teams. */
export const decisionOn = (pattern: Pattern, group: Group): Decision | null => pattern.get(groupKey(group)) ?? null;

/**
 * A value that rests on these groups: shown where all of them are shown, as an earlier release has it where one of them
 * is kept, else suppressed. Null stands for what cannot be had.
 */
export const decidedCell = <T>(
  pattern: Pattern,
  groups: readonly Group[],
  values: { readonly fresh: T | null; readonly kept: T | null },
): Cell<T> => {
  const outcomes = groups.map((group) => decisionOn(pattern, group)?.outcome ?? "suppressed");
  if (outcomes.includes("suppressed")) return suppressed;
  const value = outcomes.includes("kept") ? values.kept : values.fresh;
  return value === null ? suppressed : shown(value);
};

/** The keys of the groups that a team is in, of those that are asked for. */
const groupsIn = ({ groups, wave }: Pick<Atom, "wave" | "groups">, asked: ReadonlySet<string>): readonly string[] =>
  Object.entries(groups).flatMap(([grouping, cell]) => {
    const key = cell === null ? null : groupKey({ grouping, cell, wave });
    return key !== null && asked.has(key) ? [key] : [];
  });

/** The teams of a wave, those together that no mean tells apart which this release or an earlier one shows, and those means. */
export const undividedCells = (
  atoms: readonly Atom[],
  wave: string,
  pattern: Pattern,
  past: readonly PastRelease[],
): Divided<Atom> => {
  const now = new Set(
    [...pattern.values()].filter((each) => each.wave === wave && each.outcome !== "suppressed").map(groupKey),
  );
  const earlier = past.map((release) => ({
    teams: new Map(release.atoms.filter((atom) => atom.wave === wave).map((atom) => [atom.leader, atom])),
    means: new Set(
      release.facts
        .filter((fact) => fact.wave === wave && fact.statistic === "mean" && fact.audience === "management")
        .map(groupKey),
    ),
  }));
  const groupsOf = new Map<Atom, readonly (readonly string[] | null)[]>();
  const own = atoms.filter((each) => each.wave === wave);
  for (const atom of own) {
    const before = earlier.map(({ teams, means }) => {
      const team = teams.get(atom.leader);
      return team ? groupsIn(team, means).toSorted() : null;
    });
    groupsOf.set(atom, [groupsIn(atom, now).toSorted(), ...before]);
  }
  return dividedBy(
    own,
    (atom) => JSON.stringify(groupsOf.get(atom)),
    (atom) => groupsOf.get(atom)!.flatMap((groups, release) => (groups ?? []).map((key) => `${release} ${key}`)),
  );
};

/** Of one grouping: cells that are large enough to be shown, and how many of them are suppressed to protect others. */
export interface Suppressed<G extends string> {
  readonly grouping: G;
  readonly large: number;
  readonly suppressed: number;
}

/** What protecting groups together costs, by grouping. */
export const suppressedIn = <G extends string>(pattern: Pattern, groupings: readonly G[]): readonly Suppressed<G>[] =>
  groupings.map((grouping) => {
    const large = [...pattern.values()].filter((each) => each.grouping === grouping && each.passed);
    return {
      grouping,
      large: large.length,
      suppressed: large.filter(({ outcome }) => outcome === "suppressed").length,
    };
  });

/** A value that is made of shown numbers alone and tells nothing beside them; suppressed where one of them is. */
export const derivedCell = <T>(from: readonly (Cell<unknown> | null | undefined)[], value: T): Cell<T> =>
  from.every((cell) => cell?.state === "shown") ? shown(value) : suppressed;
