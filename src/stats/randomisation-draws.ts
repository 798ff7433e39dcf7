import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { dot } from "./cluster-robust.ts";
import { below, blockStream, drawsInBlock } from "./random-streams.ts";
import { invertPositive } from "./small-matrix.ts";
import type { SparseRows } from "./sparse-rows.ts";
import { solveLower, solveLowerTransposed } from "./triangular.ts";

/**
 * Draws of a randomisation test, as numbers and typed arrays only: it can be handed to a worker. The fixed columns are
 * kept as they are (most of them indicators, hence sparse), with the factor that makes them orthonormal.
 */
export interface RandomisationTask {
  readonly kind: "randomisation";
  readonly seed: number;
  readonly draws: number;
  /** Arm of each cluster, 0 … arms − 1; −1 for the reference. */
  readonly label: Int32Array;
  readonly arms: number;
  /** Clusters that may exchange their labels: those of block b are `members[blockStart[b] … blockStart[b + 1])`. */
  readonly members: Int32Array;
  readonly blockStart: Int32Array;
  /** Pseudo-rows of cluster g are `start[g] … start[g + 1]`. */
  readonly start: Int32Array;
  readonly fixed: SparseRows;
  readonly order: number;
  /** L with LL' = X'X of the fixed columns, packed lower triangle. */
  readonly factor: Float64Array;
  /** Of the outcome on the fixed columns. */
  readonly residuals: Float64Array;
  /** Row-major, `carriersPerRow` columns: what an arm's columns hold on a pseudo-row of that arm; the last has the effect. */
  readonly carriers: Float64Array;
  readonly carriersPerRow: number;
}

/** Per draw first the estimates of all arms, then their t; infinite where a labelling does not identify the arms. */
export const numbersPerDraw = ({ arms }: RandomisationTask): number => 2 * arms;

/** Cross-products of the arms' columns: with the fixed ones (in whitened coordinates), with each other and the outcome. */
function crossProducts(task: RandomisationTask, label: Int32Array) {
  const { start, fixed, order, carriers, carriersPerRow: m, residuals, arms } = task;
  const size = arms * m;
  const across = new Float64Array(size * order);
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  const { start: from, column, value: entry } = fixed;
  for (let g = 0; g + 1 < start.length; g++) {
    const arm = label[g]!;
    if (arm < 0) continue;
    for (let row = start[g]!; row < start[g + 1]!; row++) {
      for (let u = 0; u < m; u++) {
        const carrier = carriers[row * m + u]!;
        if (carrier === 0) continue;
        const at = arm * m + u;
        for (let k = from[row]!; k < from[row + 1]!; k++) across[at * order + column[k]!]! += carrier * entry[k]!;
        for (let v = 0; v < m; v++) gram[at * size + arm * m + v]! += carrier * carriers[row * m + v]!;
        right[at]! += carrier * residuals[row]!;
      }
    }
  }
  for (let at = 0; at < size; at++) solveLower(task.factor, order, across, at * order);
  for (let s = 0; s < size; s++) {
    const own = across.subarray(s * order, (s + 1) * order);
    for (let t = 0; t < size; t++) gram[s * size + t]! -= dot(across, t * order, own);
  }
  return { across, gram, right };
}

/** A combination of the arms' columns with the fixed columns, in their own coordinates, partialled out. */
interface Combination {
  /** By arm and carrier; zeros for the reference come last. */
  readonly onArms: Float64Array;
  readonly onFixed: Float64Array;
}

function combinationOf(task: RandomisationTask, across: Float64Array, weights: Float64Array): Combination {
  const { order, carriersPerRow } = task;
  const onArms = new Float64Array(weights.length + carriersPerRow);
  onArms.set(weights);
  const onFixed = new Float64Array(order);
  for (let at = 0; at < weights.length; at++) {
    for (let k = 0; k < order; k++) onFixed[k]! += weights[at]! * across[at * order + k]!;
  }
  solveLowerTransposed(task.factor, order, onFixed, 0);
  return { onArms, onFixed };
}

/** Values of a combination on every pseudo-row under a labelling. */
function valuesOf(task: RandomisationTask, label: Int32Array, by: Combination, values: Float64Array): void {
  const { start, carriers, carriersPerRow: m, arms } = task;
  const { start: from, column, value: entry } = task.fixed;
  const { onArms, onFixed } = by;
  for (let g = 0; g + 1 < start.length; g++) {
    const onArm = (label[g]! < 0 ? arms : label[g]!) * m;
    for (let row = start[g]!; row < start[g + 1]!; row++) {
      let value = 0;
      for (let u = 0; u < m; u++) value += carriers[row * m + u]! * onArms[onArm + u]!;
      for (let k = from[row]!; k < from[row + 1]!; k++) value -= entry[k]! * onFixed[column[k]!]!;
      values[row] = value;
    }
  }
}

/** Σ over clusters of (Σ over the rows of value × residual)²: the CR0 variance of a combination. */
function varianceOf(start: Int32Array, values: Float64Array, residuals: Float64Array): number {
  let variance = 0;
  for (let g = 0; g + 1 < start.length; g++) {
    let score = 0;
    for (let row = start[g]!; row < start[g + 1]!; row++) score += values[row]! * residuals[row]!;
    variance += score * score;
  }
  return variance;
}

/** Room for one number per pseudo-row, so that a draw allocates next to nothing. */
export interface RowRoom {
  readonly values: Float64Array;
  readonly residuals: Float64Array;
}

export const rowRoom = ({ residuals }: RandomisationTask): RowRoom => ({
  values: new Float64Array(residuals.length),
  residuals: new Float64Array(residuals.length),
});

/** Estimates and t of all arms under one labelling, written to `into` from `at` on. */
export function labellingStatistics(
  task: RandomisationTask,
  label: Int32Array,
  { values, residuals }: RowRoom,
  into: Float64Array,
  at: number,
): void {
  const { arms, carriersPerRow: m } = task;
  const size = arms * m;
  const { across, gram, right } = crossProducts(task, label);
  const inverse = invertPositive(gram, size)?.matrix;
  if (inverse === undefined) {
    into.fill(Number.POSITIVE_INFINITY, at, at + 2 * arms);
    return;
  }
  const all = Float64Array.from({ length: size }, (_, row) => dot(inverse, row * size, right));
  valuesOf(task, label, combinationOf(task, across, all), values);
  for (let row = 0; row < residuals.length; row++) residuals[row] = task.residuals[row]! - values[row]!;
  for (let arm = 0; arm < arms; arm++) {
    const row = arm * m + m - 1;
    const weights = inverse.subarray(row * size, (row + 1) * size);
    valuesOf(task, label, combinationOf(task, across, weights), values);
    const variance = varianceOf(task.start, values, residuals);
    into[at + arm] = all[row]!;
    into[at + arms + arm] = variance > 0 ? all[row]! / Math.sqrt(variance) : Number.POSITIVE_INFINITY;
  }
}

/** Shuffles the labels inside each block (Fisher & Yates): every block keeps its own numbers of each arm. */
function shuffle({ members, blockStart }: RandomisationTask, label: Int32Array, stream: RandomGenerator): void {
  for (let b = 0; b + 1 < blockStart.length; b++) {
    const first = blockStart[b]!;
    for (let i = blockStart[b + 1]! - 1; i > first; i--) {
      const j = first + below(stream, i - first + 1);
      const own = label[members[i]!]!;
      label[members[i]!] = label[members[j]!]!;
      label[members[j]!] = own;
    }
  }
}

/** Numbers of one block of draws (see `numbersPerDraw`); the same wherever it is computed. */
export function randomisationBlock(task: RandomisationTask, block: number): Float64Array<ArrayBuffer> {
  const draws = drawsInBlock(task.draws, block);
  const width = numbersPerDraw(task);
  const stream = blockStream(task.seed, block);
  const label = task.label.slice();
  const room = rowRoom(task);
  const numbers = new Float64Array(draws * width);
  for (let draw = 0; draw < draws; draw++) {
    shuffle(task, label, stream);
    labellingStatistics(task, label, room, numbers, draw * width);
  }
  return numbers;
}
