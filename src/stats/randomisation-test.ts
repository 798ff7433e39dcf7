import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { dot } from "./cluster-robust.ts";
import { leastSquares } from "./least-squares.ts";
import type { ModelRows } from "./model-rows.ts";
import { blockStream, drawsPerStream } from "./random-streams.ts";
import { invertPositive } from "./small-matrix.ts";

/** A regression on columns that stay put and on one indicator per arm that a re-draw of the arms would change. */
export interface RandomisedModel {
  /** The columns that stay put, with the outcome. */
  readonly rows: ModelRows;
  /** Arm of each cluster, 0 … arms − 1; −1 for the reference. */
  readonly label: Int32Array;
  /** Arms were drawn within these. */
  readonly block: Int32Array;
  readonly arms: number;
}

/** Estimate and CR0 t of each arm under one labelling; t is null where the arms are not identified. */
export interface LabellingStatistics {
  readonly estimate: Float64Array;
  readonly t: readonly (number | null)[];
}

/** What stays the same for every labelling: the outcome and the fixed columns, made orthonormal. */
interface Prepared {
  readonly fixed: number;
  readonly whitened: Float64Array;
  readonly residuals: Float64Array;
  readonly roots: Float64Array;
  readonly start: Int32Array;
}

function prepare({ rows }: RandomisedModel): Prepared {
  const { columns, whitened, residuals } = leastSquares(rows);
  return { fixed: columns.length, whitened, residuals, roots: rows.behind.map(Math.sqrt), start: rows.start };
}

/** Calls `use` with every pseudo-row and the label of its cluster. */
function eachRow(start: Int32Array, label: Int32Array, use: (row: number, arm: number) => void): void {
  for (let g = 0; g + 1 < start.length; g++) for (let row = start[g]!; row < start[g + 1]!; row++) use(row, label[g]!);
}

/** Fixed columns times arms (arm by arm), arms times arms with the fixed columns partialled out, arms times outcome. */
function crossProducts(prepared: Prepared, label: Int32Array, arms: number) {
  const { fixed, whitened, residuals, roots, start } = prepared;
  const across = new Float64Array(arms * fixed);
  const gram = new Float64Array(arms * arms);
  const right = new Float64Array(arms);
  eachRow(start, label, (row, arm) => {
    const root = roots[row]!;
    if (arm < 0 || root === 0) return;
    for (let k = 0; k < fixed; k++) across[arm * fixed + k]! += root * whitened[row * fixed + k]!;
    gram[arm * arms + arm]! += root * root;
    right[arm]! += root * residuals[row]!;
  });
  for (let s = 0; s < arms; s++) {
    const own = across.subarray(s * fixed, (s + 1) * fixed);
    for (let t = 0; t < arms; t++) gram[s * arms + t]! -= dot(across, t * fixed, own);
  }
  return { across, gram, right };
}

/** Σ over arms of weight × the arm's product with the fixed columns. */
function combine(across: Float64Array, weights: Float64Array, fixed: number): Float64Array {
  const sum = new Float64Array(fixed);
  for (let arm = 0; arm < weights.length; arm++) {
    for (let k = 0; k < fixed; k++) sum[k]! += weights[arm]! * across[arm * fixed + k]!;
  }
  return sum;
}

/** Value of one pseudo-row in Σ weight × arm indicator, the fixed columns partialled out. */
function partialled(prepared: Prepared, row: number, weight: number, onFixed: Float64Array): number {
  return prepared.roots[row]! * weight - dot(prepared.whitened, row * prepared.fixed, onFixed);
}

function statisticsOf(prepared: Prepared, label: Int32Array, arms: number): LabellingStatistics {
  const { across, gram, right } = crossProducts(prepared, label, arms);
  const inverse = invertPositive(gram, arms)?.matrix;
  const none = Array.from({ length: arms }, () => null);
  if (!inverse) return { estimate: new Float64Array(arms), t: none };
  const estimate = Float64Array.from({ length: arms }, (_, arm) => dot(inverse, arm * arms, right));
  const fitted = combine(across, estimate, prepared.fixed);
  const residuals = prepared.residuals.slice();
  eachRow(prepared.start, label, (row, arm) => {
    residuals[row]! -= partialled(prepared, row, arm < 0 ? 0 : estimate[arm]!, fitted);
  });
  const t = none.map((_, of) => {
    const weights = inverse.slice(of * arms, (of + 1) * arms);
    const onFixed = combine(across, weights, prepared.fixed);
    let variance = 0;
    for (let g = 0; g + 1 < prepared.start.length; g++) {
      const weight = label[g]! < 0 ? 0 : weights[label[g]!]!;
      let score = 0;
      for (let row = prepared.start[g]!; row < prepared.start[g + 1]!; row++) {
        score += partialled(prepared, row, weight, onFixed) * residuals[row]!;
      }
      variance += score * score;
    }
    return variance > 0 ? estimate[of]! / Math.sqrt(variance) : null;
  });
  return { estimate, t };
}

/** Statistics of given labellings of the clusters. */
export function labellingStatistics(
  model: RandomisedModel,
  labels: readonly Int32Array[],
): readonly LabellingStatistics[] {
  const prepared = prepare(model);
  return labels.map((label) => statisticsOf(prepared, label, model.arms));
}

/** Clusters with rows, by block. */
function exchangeable({ rows: { start }, block }: RandomisedModel): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (let g = 0; g + 1 < start.length; g++) {
    if (start[g + 1]! > start[g]!) groups.set(block[g]!, [...(groups.get(block[g]!) ?? []), g]);
  }
  return [...groups.values()];
}

/** Shuffles the labels inside each group (Fisher & Yates). */
function shuffle(label: Int32Array, groups: readonly (readonly number[])[], stream: RandomGenerator): void {
  for (const group of groups) {
    for (let i = group.length - 1; i > 0; i--) {
      const j = uniformInt(stream, 0, i);
      [label[group[i]!], label[group[j]!]] = [label[group[j]!]!, label[group[i]!]!];
    }
  }
}

/** Per arm the estimate, its CR1 standard error and t, and the randomisation p; null where not identified. */
export type RandomisationTest = readonly ({
  readonly estimate: number;
  readonly se: number;
  readonly statistic: number;
  readonly p: number;
} | null)[];

/**
 * Randomisation test of each arm against the reference under the sharp null, arms re-drawn within blocks among the
 * clusters in the model, by the studentised estimate (Young 2019; Wu & Ding 2021); p = (1 + beyond)/(1 + draws). A
 * re-draw that does not identify the arms counts as beyond.
 */
export function randomisationTest(
  model: RandomisedModel,
  options: { readonly seed: number; readonly draws: number },
): RandomisationTest {
  const prepared = prepare(model);
  const groups = exchangeable(model);
  const observed = statisticsOf(prepared, model.label, model.arms);
  const beyond = new Float64Array(model.arms);
  for (let first = 0; first < options.draws; first += drawsPerStream) {
    const stream = blockStream(options.seed, first / drawsPerStream);
    const label = model.label.slice();
    for (let draw = first; draw < Math.min(options.draws, first + drawsPerStream); draw++) {
      shuffle(label, groups, stream);
      const { t } = statisticsOf(prepared, label, model.arms);
      for (const [arm, value] of t.entries()) {
        if (value === null || Math.abs(value) >= Math.abs(observed.t[arm] ?? 0) * (1 - 1e-9)) beyond[arm]!++;
      }
    }
  }
  const clusters = groups.reduce((sum, group) => sum + group.length, 0);
  const factor = Math.sqrt((clusters - 1) / clusters);
  return observed.t.map((t, arm) => {
    if (t === null || clusters < 2 || t === 0) return null;
    const statistic = t * factor;
    const estimate = observed.estimate[arm]!;
    return { estimate, se: estimate / statistic, statistic, p: (1 + beyond[arm]!) / (1 + options.draws) };
  });
}
