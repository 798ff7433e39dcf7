import type { Adjustment } from "../regression/cluster-leverage.ts";
import { dot, occupiedClusters, orthonormalContrast } from "../regression/cluster-robust.ts";
import type { LeastSquares } from "../regression/least-squares.ts";
import { coefficientsPerDraw, type WildTask, type WildWeights } from "./wild-draws.ts";
import { wildFeatures } from "./wild-features.ts";

/** Wild cluster bootstrap-t of one contrast, null imposed, all in the unit of the contrast but `statistic` and `p`. */
export interface WildBootstrap {
  readonly estimate: number;
  /** CR1. */
  readonly se: number;
  readonly statistic: number;
  readonly p: number;
  /** Null where the interval is unbounded. */
  readonly low: number | null;
  readonly high: number | null;
  readonly draws: number;
  readonly weights: WildWeights;
}

/** Indices of the clusters that have rows, ascending: the usual `members` of `wildTask`. */
export const membersOf = (fit: LeastSquares): Int32Array =>
  Int32Array.from(fit.start.keys()).filter((g) => (fit.start[g + 1] ?? 0) > fit.start[g]!);

/**
 * Every vector of signs where there are at most `draws` of them; below twelve clusters Webb's (2023) six points, of
 * which there are enough vectors all the same; else random signs.
 */
export function weightsFor(clusters: number, draws: number): WildWeights {
  if (2 ** clusters <= draws) return "every";
  return clusters < 12 ? "webb" : "rademacher";
}

/** Fills in what one contrast needs of every cluster. */
function fillContrast(fit: LeastSquares, task: WildTask, c: number, power: Adjustment): void {
  const { order, clusters, contrasts, features, squares, slopes } = task;
  const width = features.length / clusters;
  const direction = task.directions.subarray(c * order, (c + 1) * order);
  let g = 0;
  for (const { score, slope, adjustedSlope, along, slopeAlong } of wildFeatures(fit, power, direction)) {
    squares.set([along * along, along * slopeAlong, slopeAlong * slopeAlong], 3 * (g * contrasts + c));
    const to = g * width + order * (1 + 3 * c);
    for (let k = 0; k < order; k++) {
      const value = adjustedSlope[k]!;
      features[g * width + k] = score[k]!;
      features[to + k] = slope[k]!;
      features[to + order + k] = value * along;
      features[to + 2 * order + k] = value * slopeAlong;
      for (let j = 0; j < order; j++) slopes[(c * order + k) * order + j]! += value * adjustedSlope[j]!;
    }
    g++;
  }
}

/**
 * Seed (a whole number), number of draws, and the clusters that weights are drawn for. Where every vector of signs
 * fits into `draws`, all of them are gone through instead.
 */
export interface WildOptions {
  readonly seed: number;
  readonly draws: number;
  /** Clusters that decide how weights are drawn: those with rows, in any of the models that share draws. */
  readonly members: Int32Array;
  /** How residuals are adjusted for leverage in the variance of the data and of every draw: 0 is CR0, −½ CR2, −1 CR3. */
  readonly adjustment: Adjustment;
}

/**
 * The draws that a wild bootstrap of the contrasts (one entry per kept column each) asks for; `drawBlocks` makes them.
 * Models of the same clusters that are given the same seed, draws and members share their weights.
 */
export function wildTask(fit: LeastSquares, contrasts: readonly Float64Array[], options: WildOptions): WildTask {
  const { seed, members } = options;
  const order = fit.coefficients.length;
  const clusters = fit.start.length - 1;
  const count = contrasts.length;
  const weights = weightsFor(members.length, options.draws);
  const directions = new Float64Array(count * order);
  for (const [c, contrast] of contrasts.entries()) directions.set(orthonormalContrast(fit, contrast), c * order);
  const task: WildTask = {
    kind: "wild",
    seed,
    draws: weights === "every" ? 2 ** members.length : options.draws,
    weights,
    clusters,
    members,
    occupied: occupiedClusters(fit.start),
    order,
    contrasts: count,
    features: new Float64Array(clusters * order * (1 + 3 * count)),
    squares: new Float64Array(clusters * 3 * count),
    directions,
    slopes: new Float64Array(count * order * order),
    estimates: Float64Array.from(contrasts, (contrast) => dot(contrast, 0, fit.coefficients)),
  };
  for (let c = 0; c < count; c++) fillContrast(fit, task, c, options.adjustment);
  return task;
}

/** c'(X'X)⁻¹c of a contrast, and its variance with the task's adjustment, without any factor. */
function scaleOf({ order, contrasts, clusters, directions, squares }: WildTask, c: number) {
  let size = 0;
  for (let k = 0; k < order; k++) size += directions[c * order + k]! ** 2;
  let variance = 0;
  for (let g = 0; g < clusters; g++) variance += squares[3 * (g * contrasts + c)]!;
  return { size, variance };
}

/** |t*| of every draw of a contrast as a function of δ, from the blocks of coefficients. */
function statisticsOf(task: WildTask, blocks: readonly Float64Array[], c: number): (delta: number) => Float64Array {
  const statistics = new Float64Array(task.draws);
  const step = task.contrasts * coefficientsPerDraw;
  return (delta) => {
    let draw = 0;
    for (const block of blocks) {
      for (let at = c * coefficientsPerDraw; at < block.length; at += step, draw++) {
        const variance = block[at + 2]! + delta * (block[at + 3]! + delta * block[at + 4]!);
        statistics[draw] = (block[at]! + delta * block[at + 1]!) / Math.sqrt(Math.max(0, variance));
      }
    }
    return statistics;
  };
}

/** t and t* of one contrast under the null c'β = `value`, by draw; G/(G − 1) left out on both sides. */
export interface WildStatistics {
  /** Standard error that t is made with; 0 where there is none. */
  readonly se: number;
  /** Null where there is no standard error. */
  readonly observed: number | null;
  readonly drawn: Float64Array;
}

/**
 * t of a contrast (its place among those of the task) under the null c'β = `value`, and t* of every draw, from the
 * task and its blocks: what `romanoWolf` compares. `observed` is null where there is no standard error.
 */
export function wildStatistics(
  task: WildTask,
  blocks: readonly Float64Array[],
  contrast: number,
  value: number,
): WildStatistics {
  const { size, variance } = scaleOf(task, contrast);
  const distance = task.estimates[contrast]! - value;
  return {
    se: Math.sqrt(Math.max(0, variance)),
    observed: variance > 0 ? distance / Math.sqrt(variance) : null,
    drawn: statisticsOf(task, blocks, contrast)(distance / size),
  };
}

/** Share of draws at least as far out as the data; ties within rounding count, and so does a draw without a variance. */
function shareBeyond(statistics: Float64Array, observed: number, weights: WildWeights): number {
  const within = Math.abs(observed) * (1 - 1e-9);
  let beyond = 0;
  for (const statistic of statistics) if (!(Math.abs(statistic) < within)) beyond++;
  return weights === "every" ? beyond / statistics.length : (beyond + 1) / (statistics.length + 1);
}

/** Where p falls to `level` on one side of δ = 0; null where it does not within a thousand standard errors. */
function bound(p: (delta: number) => number, unit: number, level: number): number | null {
  let outside = unit;
  while (p(outside) > level) {
    outside *= 2;
    if (Math.abs(outside) > 1000 * Math.abs(unit)) return null;
  }
  let inside = outside === unit ? 0 : outside / 2;
  for (let k = 0; k < 40; k++) {
    const middle = (inside + outside) / 2;
    if (p(middle) > level) inside = middle;
    else outside = middle;
  }
  return inside;
}

/**
 * Wild cluster bootstrap-t with the null imposed (Cameron, Gelbach & Miller 2008; Roodman, MacKinnon, Nielsen & Webb
 * 2019), one result per contrast from the blocks of its task's draws (no adjustment for leverage); the interval inverts
 * the test. p is the share of
 * draws beyond where all vectors of signs are gone through, else (1 + beyond)/(1 + draws). Null where there is no
 * standard error.
 */
export function wildBootstrap(
  task: WildTask,
  blocks: readonly Float64Array[],
  confidence: number,
): readonly (WildBootstrap | null)[] {
  const clusters = task.occupied;
  return Array.from(task.estimates, (estimate, c) => {
    const { size, variance } = scaleOf(task, c);
    if (clusters < 2 || !(variance > 0)) return null;
    const statistics = statisticsOf(task, blocks, c);
    const perUnit = size / Math.sqrt(variance);
    const p = (delta: number): number => shareBeyond(statistics(delta), delta * perUnit, task.weights);
    const se = Math.sqrt((variance * clusters) / (clusters - 1));
    const below = bound(p, 1 / perUnit, 1 - confidence);
    const above = bound(p, -1 / perUnit, 1 - confidence);
    return {
      estimate,
      se,
      statistic: estimate / se,
      p: p(estimate / size),
      low: below === null ? null : estimate - below * size,
      high: above === null ? null : estimate - above * size,
      draws: task.draws,
      weights: task.weights,
    };
  });
}
