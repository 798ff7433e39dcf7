import { packedLength, upper } from "../../stats/matrix/triangular.ts";
import type { ClusterGroup, ClusterPattern } from "../../stats/measurement/cluster-gradients.ts";

/** Moments of the answers to one scale, one row per leader, wave, rater and set of items that are answered. */
export interface LeaderItems {
  readonly items: number;
  /** Places: of leaders from 0, of waves, raters who answer and arms in the order of the study; no arm is −1. */
  readonly leader: Int32Array;
  readonly wave: Int32Array;
  readonly rater: Int32Array;
  readonly arm: Int32Array;
  /** By row and item: 1 answered, 0 not. */
  readonly answered: Uint8Array;
  readonly n: Float64Array;
  /** Σ x_i, row by row, from the same origin and in the same unit as `ItemMoments`. */
  readonly sums: Float64Array;
  /** Σ x_i x_j as packed upper triangles, row by row. */
  readonly products: Float64Array;
}

/** Which rows make a group: places of wave, rater and arm; null where any will do. */
export interface GroupPlaces {
  readonly wave: number | null;
  readonly rater: number | null;
  readonly arm: number | null;
}

/** One number that tells which of the kept items a row answers. */
function patternOf({ items, answered }: LeaderItems, row: number, kept: readonly number[]): number {
  let pattern = 0;
  for (const i of kept) pattern = 2 * pattern + answered[row * items + i]!;
  return pattern;
}

const belongs = (leaders: LeaderItems, row: number, { wave, rater, arm }: GroupPlaces): boolean =>
  (wave === null || leaders.wave[row] === wave) &&
  (rater === null || leaders.rater[row] === rater) &&
  (arm === null || leaders.arm[row] === arm);

function patternRows(leaders: LeaderItems, rows: readonly number[], kept: readonly number[]): ClusterPattern {
  const places = [...kept.keys()].filter((at) => leaders.answered[rows[0]! * leaders.items + kept[at]!]);
  const own = places.map((at) => kept[at]!);
  const pairs = own.flatMap((i, a) => own.slice(a).map((j) => upper(leaders.items, i, j)));
  const sums = new Float64Array(rows.length * own.length);
  const products = new Float64Array(rows.length * pairs.length);
  const width = packedLength(leaders.items);
  let [sum, product] = [0, 0];
  for (const row of rows) {
    for (const i of own) sums[sum++] = leaders.sums[row * leaders.items + i]!;
    for (const pair of pairs) products[product++] = leaders.products[row * width + pair]!;
  }
  return {
    items: Int32Array.from(places),
    cluster: Int32Array.from(rows, (row) => leaders.leader[row]!),
    n: Float64Array.from(rows, (row) => leaders.n[row]!),
    sums,
    products,
  };
}

/** A group's answers to the kept items by pattern and leader; rows that answer none of them are left out. */
export function clusterGroup(leaders: LeaderItems, where: GroupPlaces, kept: readonly number[]): ClusterGroup {
  const patterns = new Map<number, number[]>();
  for (let row = 0; row < leaders.n.length; row++) {
    if (!belongs(leaders, row, where)) continue;
    const pattern = patternOf(leaders, row, kept);
    if (pattern === 0) continue;
    const found = patterns.get(pattern);
    if (found === undefined) patterns.set(pattern, [row]);
    else found.push(row);
  }
  return { patterns: [...patterns.values()].map((rows) => patternRows(leaders, rows, kept)) };
}
