import type { Cells } from "../stats/moments.ts";

/** Mean of a leader's ratings in the reported unit, and of how many. */
export interface LeaderMean {
  readonly n: number;
  readonly mean: number;
}

/** Means of an outcome at one wave by leader (index in `Design.leaders`), of those who have any rating. */
export function leaderMeansAt(cells: Cells | null, wave: number): ReadonlyMap<number, LeaderMean> {
  const means = new Map<number, LeaderMean>();
  if (cells === null) return means;
  const m = cells.columns.length;
  for (let c = 0; c < cells.n.length; c++) {
    const n = cells.n[c]!;
    if (cells.wave[c] !== wave || n === 0) continue;
    means.set(cells.leader[c]!, { n, mean: cells.shift[m - 1]! + cells.sums[c * m + m - 1]! / n });
  }
  return means;
}

/** Leaders who are in every one of the maps, in their order. */
export const inAll = (maps: readonly ReadonlyMap<number, LeaderMean>[]): readonly number[] =>
  [...(maps[0]?.keys() ?? [])].filter((leader) => maps.every((means) => means.has(leader))).sort((a, b) => a - b);

/** The means of these leaders, in their order. */
export const valuesOf = (means: ReadonlyMap<number, LeaderMean>, leaders: readonly number[]): Float64Array =>
  Float64Array.from(leaders, (leader) => means.get(leader)!.mean);
