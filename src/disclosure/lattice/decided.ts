import { type Cell, shown, suppressed } from "../published.ts";
import { type Group, groupKey } from "./atoms.ts";
import type { Decision, Pattern } from "./decide.ts";

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
