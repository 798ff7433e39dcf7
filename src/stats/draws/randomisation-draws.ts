import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { invertPositive } from "../matrix/small-matrix.ts";
import { solveLower, solveLowerTransposed } from "../matrix/triangular.ts";
import type { ClusterProducts } from "../regression/cluster-products.ts";
import { dot } from "../regression/cluster-robust.ts";
import { below, blockStream, drawsInBlock } from "./random-streams.ts";

/**
 * Draws of a randomisation test, as numbers and typed arrays only: it can be handed to a worker. A draw never sees a
 * row: the products within clusters of the columns below are enough. These columns are the carriers (what an arm's own
 * columns hold on that arm's rows; the last has the effect), then the fixed ones, then the outcome's residual on them.
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
  readonly products: ClusterProducts;
  readonly carriers: number;
  /** Column of each fixed column; that of a carrier where it is one. */
  readonly fixed: Int32Array;
  /** L with LL' = X'X of the fixed columns, packed lower triangle. */
  readonly factor: Float64Array;
  /** Left out: everything. Estimates alone cost a fraction; the places of t then stay zero. */
  readonly only?: "estimates";
}

/** Per draw first the estimates of all arms, then their t; infinite where a labelling does not identify the arms. */
export const numbersPerDraw = ({ arms }: RandomisationTask): number => 2 * arms;

/**
 * Scratch arrays of one pass over the draws, so that a draw allocates little; made by `drawWorkspace`, overwritten by
 * every draw.
 */
export interface DrawWorkspace {
  /** Pair of each carrier with each column, row-major; −1 where all products are zero. */
  readonly pairOf: Int32Array;
  /** Pairs with a carrier: they come first. */
  readonly carried: number;
  /** Per arm the sums of the products of those pairs. */
  readonly sums: Float64Array;
  /** Per label (the reference last), effect and pair: the weight of a product in the score of a cluster. */
  readonly weights: Float64Array;
  readonly value: Float64Array;
  readonly residual: Float64Array;
}

/** Scratch arrays for the draws of a task. */
export function drawWorkspace({ products, carriers, arms }: RandomisationTask): DrawWorkspace {
  const { first, second, columns } = products;
  const pairOf = new Int32Array(carriers * columns).fill(-1);
  let carried = 0;
  for (; carried < first.length && first[carried]! < carriers; carried++) {
    const [i, j] = [first[carried]!, second[carried]!];
    pairOf[i * columns + j] = carried;
    if (j < carriers) pairOf[j * columns + i] = carried;
  }
  return {
    pairOf,
    carried,
    sums: new Float64Array(arms * carried),
    weights: new Float64Array((arms + 1) * arms * first.length),
    value: new Float64Array(columns),
    residual: new Float64Array(columns),
  };
}

/** Sums of the carriers' products over the clusters of each arm. */
function sumByArm({ products }: RandomisationTask, label: Int32Array, { sums, carried }: DrawWorkspace): void {
  const { start, pair, value } = products;
  sums.fill(0);
  for (let g = 0; g + 1 < start.length; g++) {
    if (label[g]! < 0) continue;
    const from = label[g]! * carried;
    const end = start[g + 1]!;
    for (let k = start[g]!; k < end && pair[k]! < carried; k++) sums[from + pair[k]!]! += value[k]!;
  }
}

/** Cross-products of the arms' columns: with the fixed ones (in orthonormal coordinates), with each other and the outcome. */
function crossProducts(task: RandomisationTask, { sums, carried, pairOf }: DrawWorkspace) {
  const { arms, carriers: m, fixed, factor } = task;
  const { columns } = task.products;
  const order = fixed.length;
  const size = arms * m;
  const across = new Float64Array(size * order);
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  const sumOf = (at: number, column: number): number => {
    const pair = pairOf[(at % m) * columns + column]!;
    return pair < 0 ? 0 : sums[Math.floor(at / m) * carried + pair]!;
  };
  for (let at = 0; at < size; at++) {
    for (let k = 0; k < order; k++) across[at * order + k] = sumOf(at, fixed[k]!);
    const arm = at - (at % m);
    for (let v = 0; v < m; v++) gram[at * size + arm + v] = sumOf(at, v);
    right[at] = sumOf(at, columns - 1);
    solveLower(factor, order, across, at * order);
  }
  for (let s = 0; s < size; s++) {
    const own = across.subarray(s * order, (s + 1) * order);
    for (let t = 0; t < size; t++) gram[s * size + t]! -= dot(across, t * order, own);
  }
  return { across, gram, right };
}

/** A combination of the arms' columns, by arm and carrier, and what of it the fixed columns span. */
interface Combination {
  readonly onArms: Float64Array;
  readonly onFixed: Float64Array;
}

function combinationOf({ fixed, factor }: RandomisationTask, across: Float64Array, onArms: Float64Array): Combination {
  const order = fixed.length;
  const onFixed = new Float64Array(order);
  for (let at = 0; at < onArms.length; at++) {
    for (let k = 0; k < order; k++) onFixed[k]! += onArms[at]! * across[at * order + k]!;
  }
  solveLowerTransposed(factor, order, onFixed, 0);
  return { onArms, onFixed };
}

/** Adds a multiple of a combination, as it is for clusters with this label, to coefficients of the columns. */
function addCombination(task: RandomisationTask, by: Combination, label: number, sign: number, into: Float64Array) {
  const { arms, carriers: m, fixed } = task;
  if (label < arms) for (let u = 0; u < m; u++) into[u]! += sign * by.onArms[label * m + u]!;
  for (let k = 0; k < fixed.length; k++) into[fixed[k]!]! -= sign * by.onFixed[k]!;
}

/** Weights of the products in value'residual of a cluster, for every label and effect. */
function fillWeights(
  task: RandomisationTask,
  all: Combination,
  effects: readonly Combination[],
  workspace: DrawWorkspace,
): void {
  const { first, second, columns } = task.products;
  const { weights, value, residual } = workspace;
  let at = 0;
  for (let label = 0; label <= task.arms; label++) {
    residual.fill(0);
    residual[columns - 1] = 1;
    addCombination(task, all, label, -1, residual);
    for (const effect of effects) {
      value.fill(0);
      addCombination(task, effect, label, 1, value);
      for (let pair = 0; pair < first.length; pair++, at++) {
        const i = first[pair]!;
        const j = second[pair]!;
        weights[at] = value[i]! * residual[j]! + (i === j ? 0 : value[j]! * residual[i]!);
      }
    }
  }
}

/** Σ over clusters of the squared score of one effect: its CR0 variance. */
function varianceOf(task: RandomisationTask, label: Int32Array, effect: number, weights: Float64Array): number {
  const { start, pair, value, first } = task.products;
  const { arms } = task;
  const pairs = first.length;
  let variance = 0;
  for (let g = 0; g + 1 < start.length; g++) {
    const from = ((label[g]! < 0 ? arms : label[g]!) * arms + effect) * pairs;
    const end = start[g + 1]!;
    let score = 0;
    for (let k = start[g]!; k < end; k++) score += value[k]! * weights[from + pair[k]!]!;
    variance += score * score;
  }
  return variance;
}

/**
 * Estimates and CR0 t of all arms under one labelling of the clusters, written to `into` from `at` on: first the
 * estimates, then the t. All are infinite where the labelling does not identify the arms, a t where its variance is
 * zero.
 */
export function labellingStatistics(
  task: RandomisationTask,
  label: Int32Array,
  workspace: DrawWorkspace,
  into: Float64Array,
  at: number,
): void {
  const { arms, carriers: m } = task;
  const size = arms * m;
  sumByArm(task, label, workspace);
  const { across, gram, right } = crossProducts(task, workspace);
  const inverse = invertPositive(gram, size)?.matrix;
  if (inverse === undefined) {
    into.fill(Number.POSITIVE_INFINITY, at, at + 2 * arms);
    return;
  }
  const all = right.map((_, row) => dot(inverse, row * size, right));
  for (let arm = 0; arm < arms; arm++) into[at + arm] = all[arm * m + m - 1]!;
  if (task.only === "estimates") return;
  const effects = Array.from({ length: arms }, (_, arm) => {
    const row = arm * m + m - 1;
    return combinationOf(task, across, inverse.subarray(row * size, (row + 1) * size));
  });
  fillWeights(task, combinationOf(task, across, all), effects, workspace);
  for (let arm = 0; arm < arms; arm++) {
    const estimate = into[at + arm]!;
    const variance = varianceOf(task, label, arm, workspace.weights);
    into[at + arms + arm] = variance > 0 ? estimate / Math.sqrt(variance) : Number.POSITIVE_INFINITY;
  }
}

/** Shuffles the labels inside each block (Fisher & Yates): every block keeps its own numbers of each arm. */
export function shuffle(
  { members, blockStart }: Pick<RandomisationTask, "members" | "blockStart">,
  label: Int32Array,
  stream: RandomGenerator,
): void {
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
  const workspace = drawWorkspace(task);
  const numbers = new Float64Array(draws * width);
  for (let draw = 0; draw < draws; draw++) {
    shuffle(task, label, stream);
    labellingStatistics(task, label, workspace, numbers, draw * width);
  }
  return numbers;
}
