import { type Cell, shown, suppressed } from "../published.ts";
import { type Atom, type Group, groupKey, isIn } from "./atoms.ts";
import type { Decision, Pattern } from "./decide.ts";
import type { PastRelease } from "./past.ts";

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

/** The teams of a wave, those together that no mean tells apart which this release or an earlier one shows. */
export const undividedCells = (
  atoms: readonly Atom[],
  wave: string,
  pattern: Pattern,
  past: readonly PastRelease[],
): readonly (readonly Atom[])[] => {
  const now = [...pattern.values()].filter((each) => each.wave === wave && each.outcome !== "suppressed");
  const earlier = past.map((release) => ({
    teams: new Map(release.atoms.filter((atom) => atom.wave === wave).map((atom) => [atom.leader, atom])),
    facts: release.facts.filter((fact) => fact.wave === wave && fact.statistic === "mean"),
  }));
  const cells = new Map<string, Atom[]>();
  for (const atom of atoms.filter((each) => each.wave === wave)) {
    const before = earlier.map(({ teams, facts }) => {
      const team = teams.get(atom.leader);
      return team ? facts.filter((fact) => isIn(team, fact)).map(groupKey) : null;
    });
    const key = JSON.stringify([now.filter((group) => isIn(atom, group)).map(groupKey), before]);
    cells.set(key, [...(cells.get(key) ?? []), atom]);
  }
  return [...cells.values()];
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
