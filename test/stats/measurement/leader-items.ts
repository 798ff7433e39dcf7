import type { ClusterPattern } from "../../../src/stats/measurement/cluster-gradients.ts";
import type { ClusteredGroups } from "../../../src/stats/measurement/cluster-robust-fit.ts";
import type { GroupMoments, PatternMoments } from "../../../src/stats/measurement/factor-moments.ts";
import { input } from "../../oracle/read.ts";

/** Answers of one respondent; null where an item was not answered. */
export interface LeaderItems {
  readonly group: string;
  readonly leader: string;
  readonly answers: readonly (number | null)[];
}

/** Employees of leaders in groups, as they stand in an input of the oracle. */
export const leaderItems = (name: string): readonly LeaderItems[] =>
  input(name).map(({ group, leader, ...cells }) => ({
    group: group!,
    leader: leader!,
    answers: Object.values(cells).map((cell) => (cell === "" ? null : Number(cell))),
  }));

const answered = (answers: readonly (number | null)[]): readonly number[] =>
  [...answers.keys()].filter((i) => answers[i] !== null);

function momentsOf(rows: readonly (readonly (number | null)[])[]): PatternMoments {
  const items = answered(rows[0]!);
  const n = rows.length;
  const means = items.map((i) => rows.reduce((sum, row) => sum + row[i]!, 0) / n);
  const covariance = items.flatMap((i, a) =>
    items.map((j, b) => rows.reduce((sum, row) => sum + (row[i]! - means[a]!) * (row[j]! - means[b]!), 0) / n),
  );
  return {
    n,
    items: Int32Array.from(items),
    means: Float64Array.from(means),
    covariance: Float64Array.from(covariance),
  };
}

/** One group of answers as moments by pattern; who answered nothing is left out. */
export function patternsOf(rows: readonly (readonly (number | null)[])[]): GroupMoments {
  const patterns = new Map<string, (readonly (number | null)[])[]>();
  for (const row of rows) {
    const key = answered(row).join(" ");
    if (key !== "") patterns.set(key, [...(patterns.get(key) ?? []), row]);
  }
  return { patterns: [...patterns.values()].map(momentsOf) };
}

/** The groups of an input, in their order there. */
export function groupsOf(rows: readonly LeaderItems[]): readonly GroupMoments[] {
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.map((group) => patternsOf(rows.filter((row) => row.group === group).map(({ answers }) => answers)));
}

function clusterPattern(rows: readonly LeaderItems[], leaders: readonly string[]): ClusterPattern {
  const items = answered(rows[0]!.answers);
  const own = leaders.flatMap((leader, cluster) => {
    const team = rows.filter((row) => row.leader === leader).map(({ answers }) => items.map((i) => answers[i]!));
    return team.length > 0 ? [{ cluster, team }] : [];
  });
  const total = (team: readonly (readonly number[])[], a: number, b: number | null): number =>
    team.reduce((sum, row) => sum + row[a]! * (b === null ? 1 : row[b]!), 0);
  return {
    items: Int32Array.from(items),
    cluster: Int32Array.from(own, ({ cluster }) => cluster),
    n: Float64Array.from(own, ({ team }) => team.length),
    sums: Float64Array.from(own.flatMap(({ team }) => items.map((_, a) => total(team, a, null)))),
    products: Float64Array.from(
      own.flatMap(({ team }) => items.flatMap((_, a) => items.slice(a).map((_, b) => total(team, a, a + b)))),
    ),
  };
}

/** The groups of an input by leader. */
export function clusteredGroupsOf(rows: readonly LeaderItems[]): ClusteredGroups {
  const leaders = [...new Set(rows.map(({ leader }) => leader))];
  const groups = [...new Set(rows.map(({ group }) => group))].map((group) => {
    const patterns = new Map<string, LeaderItems[]>();
    for (const row of rows.filter((row) => row.group === group)) {
      const key = answered(row.answers).join(" ");
      if (key !== "") patterns.set(key, [...(patterns.get(key) ?? []), row]);
    }
    return { patterns: [...patterns.values()].map((own) => clusterPattern(own, leaders)) };
  });
  return { clusters: leaders.length, groups };
}
