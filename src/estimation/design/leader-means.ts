import type { Cells } from "../../stats/moments/moments.ts";
import type { Outcome } from "../../study/study.ts";
import type { CellsOf } from "./cells-of.ts";

/** Of each leader (index in `Design.leaders`) the mean of the ratings in the reported unit, and how many; 0 for none. */
export interface LeaderMeans {
  readonly n: Float64Array;
  readonly mean: Float64Array;
}

/** Leaders' means of an outcome at a wave. */
export type LeaderMeansOf = (outcome: Outcome, wave: number) => LeaderMeans;

function leaderMeansAt(cells: Cells | null, wave: number, leaders: number): LeaderMeans {
  const means = { n: new Float64Array(leaders), mean: new Float64Array(leaders) };
  if (cells === null) return means;
  const m = cells.columns.length;
  for (let c = 0; c < cells.n.length; c++) {
    if (cells.wave[c] !== wave || cells.n[c] === 0) continue;
    const leader = cells.leader[c]!;
    means.n[leader] = cells.n[c]!;
    means.mean[leader] = cells.shift[m - 1]! + cells.sums[c * m + m - 1]! / cells.n[c]!;
  }
  return means;
}

/** Reads leaders' means off the cells of all rows, each outcome and wave once. Leaders without ratings have n 0. */
export function leaderMeansOf(cellsOf: CellsOf, leaders: number): LeaderMeansOf {
  const made = new Map<string, LeaderMeans>();
  return (outcome, wave) => {
    const key = `${outcome.rater} ${outcome.scale} ${wave}`;
    const means = made.get(key) ?? leaderMeansAt(cellsOf(outcome, "all"), wave, leaders);
    made.set(key, means);
    return means;
  };
}

/** Indices, ascending, of the leaders who have every one of the means. */
export function inAll(all: readonly LeaderMeans[]): Int32Array {
  const leaders: number[] = [];
  const count = all[0]?.n.length ?? 0;
  for (let leader = 0; leader < count; leader++) if (all.every(({ n }) => n[leader]! > 0)) leaders.push(leader);
  return Int32Array.from(leaders);
}

/** The means of these leaders, in their order. */
export function valuesOf({ mean }: LeaderMeans, leaders: Int32Array): Float64Array {
  const values = new Float64Array(leaders.length);
  for (let k = 0; k < leaders.length; k++) values[k] = mean[leaders[k]!]!;
  return values;
}
