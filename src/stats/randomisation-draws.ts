import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { dot } from "./cluster-robust.ts";
import { blockStream, drawsInBlock } from "./random-streams.ts";
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
  for (let g = 0; g + 1 < start.length; g++) {
    const arm = label[g]!;
    if (arm < 0) continue;
    for (let row = start[g]!; row < start[g + 1]!; row++) {
      for (let u = 0; u < m; u++) {
        const carrier = carriers[row * m + u]!;
        if (carrier === 0) continue;
        const at = arm * m + u;
        for (let k = fixed.start[row]!; k < fixed.start[row + 1]!; k++) {
          across[at * order + fixed.column[k]!]! += carrier * fixed.value[k]!;
        }
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

/**
 * Combinations of the arms' columns with the fixed columns partialled out: by combination the weights of the arms'
 * columns, and by fixed column (in its own coordinates) and combination the weights of the fixed ones.
 */
interface Combinations {
  readonly count: number;
  readonly onArms: Float64Array;
  readonly onFixed: Float64Array;
}

function combinationsOf(task: RandomisationTask, across: Float64Array, onArms: readonly Float64Array[]): Combinations {
  const { order } = task;
  const size = onArms[0]!.length;
  const count = onArms.length;
  const onFixed = new Float64Array(order * count);
  const sum = new Float64Array(order);
  for (const [c, weights] of onArms.entries()) {
    sum.fill(0);
    for (let at = 0; at < size; at++) {
      for (let k = 0; k < order; k++) sum[k]! += weights[at]! * across[at * order + k]!;
    }
    solveLowerTransposed(task.factor, order, sum, 0);
    for (let k = 0; k < order; k++) onFixed[k * count + c] = sum[k]!;
  }
  const flat = new Float64Array(count * size);
  for (const [c, weights] of onArms.entries()) flat.set(weights, c * size);
  return { count, onArms: flat, onFixed };
}

/** Values of the combinations on one pseudo-row. */
function valuesAt(task: RandomisationTask, row: number, arm: number, by: Combinations, values: Float64Array): void {
  const { fixed, carriers, carriersPerRow: m } = task;
  const size = task.arms * m;
  values.fill(0);
  for (let u = 0; u < m && arm >= 0; u++) {
    const carrier = carriers[row * m + u]!;
    for (let c = 0; c < by.count; c++) values[c]! += carrier * by.onArms[c * size + arm * m + u]!;
  }
  for (let k = fixed.start[row]!; k < fixed.start[row + 1]!; k++) {
    const entry = fixed.value[k]!;
    const at = fixed.column[k]! * by.count;
    for (let c = 0; c < by.count; c++) values[c]! -= entry * by.onFixed[at + c]!;
  }
}

/** CR0 variances of the combinations after the first, whose values are what the arms explain of the residuals. */
function variancesOf(task: RandomisationTask, label: Int32Array, by: Combinations): Float64Array {
  const variances = new Float64Array(by.count - 1);
  const scores = new Float64Array(by.count - 1);
  const values = new Float64Array(by.count);
  for (let g = 0; g + 1 < task.start.length; g++) {
    scores.fill(0);
    for (let row = task.start[g]!; row < task.start[g + 1]!; row++) {
      valuesAt(task, row, label[g]!, by, values);
      const residual = task.residuals[row]! - values[0]!;
      for (let c = 1; c < by.count; c++) scores[c - 1]! += values[c]! * residual;
    }
    for (let c = 0; c < scores.length; c++) variances[c]! += scores[c]! ** 2;
  }
  return variances;
}

/** Estimates and t of all arms under one labelling, written to `into` from `at` on. */
export function labellingStatistics(task: RandomisationTask, label: Int32Array, into: Float64Array, at: number): void {
  const { arms, carriersPerRow: m } = task;
  const size = arms * m;
  const { across, gram, right } = crossProducts(task, label);
  const inverse = invertPositive(gram, size)?.matrix;
  if (inverse === undefined) {
    into.fill(Number.POSITIVE_INFINITY, at, at + 2 * arms);
    return;
  }
  const all = Float64Array.from({ length: size }, (_, row) => dot(inverse, row * size, right));
  const effects = Array.from({ length: arms }, (_, arm) => arm * m + m - 1);
  const rows = effects.map((row) => inverse.subarray(row * size, (row + 1) * size));
  const variances = variancesOf(task, label, combinationsOf(task, across, [all, ...rows]));
  for (const [arm, row] of effects.entries()) {
    const variance = variances[arm]!;
    into[at + arm] = all[row]!;
    into[at + arms + arm] = variance > 0 ? all[row]! / Math.sqrt(variance) : Number.POSITIVE_INFINITY;
  }
}

/** Shuffles the labels inside each block (Fisher & Yates): every block keeps its own numbers of each arm. */
function shuffle({ members, blockStart }: RandomisationTask, label: Int32Array, stream: RandomGenerator): void {
  for (let b = 0; b + 1 < blockStart.length; b++) {
    const first = blockStart[b]!;
    for (let i = blockStart[b + 1]! - 1; i > first; i--) {
      const j = uniformInt(stream, first, i);
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
  const numbers = new Float64Array(draws * width);
  for (let draw = 0; draw < draws; draw++) {
    shuffle(task, label, stream);
    labellingStatistics(task, label, numbers, draw * width);
  }
  return numbers;
}
