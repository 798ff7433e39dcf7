import { packedLength } from "./triangular.ts";

/**
 * Sums of v v' over clusters for several vectors v per cluster, packed lower triangles. Four clusters are added at a
 * time, which goes through the sums a quarter as often.
 */
export interface OuterSums {
  readonly order: number;
  readonly vectors: number;
  /** Σ v v' of vector k from `k · packedLength(order)` on. */
  readonly sums: Float64Array;
  /** Element i of vector k of the cluster in this place is `waiting[4 · (k · order + i) + place]`. */
  readonly waiting: Float64Array;
  place: number;
}

/** Empty sums for that many vectors of `order` elements per cluster. */
export const outerSums = (order: number, vectors: number): OuterSums => ({
  order,
  vectors,
  sums: new Float64Array(vectors * packedLength(order)),
  waiting: new Float64Array(4 * vectors * order),
  place: 0,
});

function addWaiting({ order, vectors, sums, waiting }: OuterSums): void {
  const width = 4 * order;
  for (let k = 0, at = 0, base = 0; k < vectors; k++, base += width) {
    for (let i = base; i < base + width; i += 4) {
      const a = waiting[i]!;
      const b = waiting[i + 1]!;
      const c = waiting[i + 2]!;
      const d = waiting[i + 3]!;
      for (let j = base; j <= i; j += 4, at++)
        sums[at]! += a * waiting[j]! + b * waiting[j + 1]! + (c * waiting[j + 2]! + d * waiting[j + 3]!);
    }
  }
}

/** Says that the vectors of the cluster in `place` are complete. */
export function nextCluster(outer: OuterSums): void {
  outer.place++;
  if (outer.place < 4) return;
  addWaiting(outer);
  outer.place = 0;
}

/** Adds what still waits; the sums are then complete. */
export function finish(outer: OuterSums): void {
  for (let at = 0; at < outer.waiting.length; at++) if (at % 4 >= outer.place) outer.waiting[at] = 0;
  addWaiting(outer);
  outer.place = 0;
}
