import { bilinear } from "../matrix/small-matrix.ts";
import { blockStream, drawsInBlock, drawsPerStream, fillBytes, webbWeight } from "./random-streams.ts";

/**
 * Weights of the clusters: a random sign each (`rademacher`), one of six points each (`webb`), or every vector of signs
 * once (`every`).
 */
export type WildWeights = "rademacher" | "webb" | "every";

/**
 * Draws of a wild bootstrap, as numbers and typed arrays only: it can be handed to a worker. With p columns and C
 * contrasts a cluster has p(1 + 3C) features: its orthonormal score and, by contrast, its slope (what a unit of the null
 * adds to the score), the adjusted slope times the score along the contrast, and times the slope along the contrast.
 */
export interface WildTask {
  readonly kind: "wild";
  readonly seed: number;
  readonly draws: number;
  readonly weights: WildWeights;
  /** Weights are drawn for all clusters, so that models of the same clusters share them. */
  readonly clusters: number;
  /** Clusters that enumeration goes through. */
  readonly members: Int32Array;
  /** Clusters of the model that have rows. */
  readonly occupied: number;
  readonly order: number;
  readonly contrasts: number;
  readonly features: Float64Array;
  /** By cluster and contrast: score², score × slope and slope², all along the contrast. */
  readonly squares: Float64Array;
  /** By contrast: the contrast in orthonormal coordinates. */
  readonly directions: Float64Array;
  /** By contrast: Σ of the adjusted slopes' outer products. */
  readonly slopes: Float64Array;
  /** By contrast. */
  readonly estimates: Float64Array;
}

/** Numbers per draw and contrast: t* = (a + δ b)/√(c + δ d + δ² e) with δ = (estimate − null)/c'(X'X)⁻¹c. */
export const coefficientsPerDraw = 5;

/** Weighted sums of features and squares over the clusters, by draw. */
interface Sums {
  readonly features: Float64Array;
  readonly squares: Float64Array;
}

/** Signed sums of up to eight clusters' features for every byte of signs, each one addition from an earlier one. */
function fillTable(table: Float64Array, features: Float64Array, width: number, first: number, count: number): void {
  table.fill(0, 0, width);
  for (let bit = 0; bit < count; bit++) {
    for (let k = 0; k < width; k++) table[k]! -= features[(first + bit) * width + k]!;
  }
  for (let byte = 1; byte < 1 << count; byte++) {
    const before = (byte & (byte - 1)) * width;
    const added = (first + 31 - Math.clz32(byte & -byte)) * width;
    for (let k = 0; k < width; k++) table[byte * width + k] = table[before + k]! + 2 * features[added + k]!;
  }
}

/** Adds weight × the numbers of one cluster to the sums of one draw. */
function addWeighted(into: Float64Array, from: Float64Array, cluster: number, weight: number): void {
  const at = cluster * into.length;
  for (let k = 0; k < into.length; k++) into[k]! += weight * from[at + k]!;
}

const sumsOfDraw = (sums: Float64Array, width: number, draw: number): Float64Array =>
  sums.subarray(draw * width, (draw + 1) * width);

/** Eight clusters at a time: a byte of signs looks up their sum (the method of four Russians). */
function bySigns(task: WildTask, block: number, sums: Sums): void {
  const { clusters, features } = task;
  const width = features.length / clusters;
  const draws = sums.features.length / width;
  const stream = blockStream(task.seed, block);
  const bytes = new Uint8Array(draws);
  const table = new Float64Array(256 * width);
  for (let first = 0; first < clusters; first += 8) {
    const count = Math.min(8, clusters - first);
    fillTable(table, features, width, first, count);
    fillBytes(stream, bytes);
    for (let draw = 0, to = 0; draw < draws; draw++) {
      const from = (bytes[draw]! & ((1 << count) - 1)) * width;
      for (let k = 0; k < width; k++, to++) sums.features[to]! += table[from + k]!;
    }
  }
  const squares = new Float64Array(task.squares.length / clusters);
  for (let g = 0; g < clusters; g++) addWeighted(squares, task.squares, g, 1);
  for (let draw = 0; draw < draws; draw++) sums.squares.set(squares, draw * squares.length);
}

/** `weigh` gives the weight of the cluster at a place among the members, in a draw of this block. */
function byWeights(task: WildTask, sums: Sums, weigh: (draw: number, place: number) => number): void {
  const width = task.features.length / task.clusters;
  const squaresWidth = task.squares.length / task.clusters;
  for (let draw = 0; draw * width < sums.features.length; draw++) {
    for (const [place, g] of task.members.entries()) {
      const weight = weigh(draw, place);
      addWeighted(sumsOfDraw(sums.features, width, draw), task.features, g, weight);
      addWeighted(sumsOfDraw(sums.squares, squaresWidth, draw), task.squares, g, weight * weight);
    }
  }
}

function sumsOf(task: WildTask, block: number): Sums {
  const draws = drawsInBlock(task.draws, block);
  const sums = {
    features: new Float64Array((draws * task.features.length) / task.clusters),
    squares: new Float64Array((draws * task.squares.length) / task.clusters),
  };
  if (task.weights === "rademacher") bySigns(task, block, sums);
  else if (task.weights === "webb") {
    const stream = blockStream(task.seed, block);
    byWeights(task, sums, () => webbWeight(stream));
  } else {
    const first = block * drawsPerStream;
    byWeights(task, sums, (draw, place) => (((first + draw) >> place) & 1 ? -1 : 1));
  }
  return sums;
}

/** Inner product of p numbers of each, from their places on. */
function inner(a: Float64Array, atA: number, b: Float64Array, atB: number, p: number): number {
  let sum = 0;
  for (let k = 0; k < p; k++) sum += a[atA + k]! * b[atB + k]!;
  return sum;
}

/** Turns the sums of a block's draws into the coefficients of t* by draw and contrast. */
function coefficientsOf(task: WildTask, { features, squares }: Sums): Float64Array<ArrayBuffer> {
  const { order: p, contrasts, directions, slopes } = task;
  const width = p * (1 + 3 * contrasts);
  const draws = features.length / width;
  const coefficients = new Float64Array(draws * contrasts * coefficientsPerDraw);
  for (let draw = 0, to = 0; draw < draws; draw++) {
    const t = features.subarray(draw * width, draw * width + p);
    for (let c = 0; c < contrasts; c++, to += coefficientsPerDraw) {
      const from = draw * width + p * (1 + 3 * c);
      const slope = features.subarray(from, from + p);
      const gram = slopes.subarray(c * p * p, (c + 1) * p * p);
      const square = 3 * (draw * contrasts + c);
      const onScore = from + p;
      const onSlope = onScore + p;
      coefficients[to] = inner(t, 0, directions, c * p, p);
      coefficients[to + 1] = inner(slope, 0, directions, c * p, p);
      coefficients[to + 2] = squares[square]! - 2 * inner(t, 0, features, onScore, p) + bilinear(t, gram, t, p);
      coefficients[to + 3] =
        2 *
        (squares[square + 1]! -
          inner(t, 0, features, onSlope, p) -
          inner(slope, 0, features, onScore, p) +
          bilinear(t, gram, slope, p));
      coefficients[to + 4] =
        squares[square + 2]! - 2 * inner(slope, 0, features, onSlope, p) + bilinear(slope, gram, slope, p);
    }
  }
  return coefficients;
}

/** Coefficients of t* of one block of draws, by draw and contrast; the same wherever it is computed. */
export const wildBlock = (task: WildTask, block: number): Float64Array<ArrayBuffer> =>
  coefficientsOf(task, sumsOf(task, block));

/** Coefficients of t* under given weights of the clusters, one vector per draw. */
export function wildUnder(task: WildTask, weights: readonly Float64Array[]): Float64Array {
  const sums = {
    features: new Float64Array((weights.length * task.features.length) / task.clusters),
    squares: new Float64Array((weights.length * task.squares.length) / task.clusters),
  };
  byWeights(task, sums, (draw, place) => weights[draw]![task.members[place]!]!);
  return coefficientsOf(task, sums);
}
