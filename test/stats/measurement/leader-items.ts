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
