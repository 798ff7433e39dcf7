import { type Cell, shown, suppressed } from "./published.ts";
import type { Rules } from "./rules.ts";

/** Leaders in one class, or in several that had to be told together. */
export interface LeaderGroup<G extends string> {
  readonly groups: readonly G[];
  readonly leaders: number;
}

/**
 * How many leaders are in each class of a grouping that rests on their own answers: by the first of `partitions` (finest
 * first) whose every part has enough of them. Parts are merged rather than left out, since the whole is known; a class
 * without anybody says something of everybody, and counts as too small.
 */
export const leaderGroups = <G extends string>(
  counts: Readonly<Record<G, number>>,
  partitions: readonly (readonly (readonly G[])[])[],
  rules: Rules,
): Cell<readonly LeaderGroup<G>[]> => {
  const fewest = Math.max(rules.leaders, rules.respondents);
  for (const partition of partitions) {
    const parts = partition.map((groups) => ({
      groups,
      leaders: groups.reduce((sum, group) => sum + counts[group], 0),
    }));
    if (parts.every(({ leaders }) => leaders >= fewest)) return shown(parts);
  }
  return suppressed;
};
