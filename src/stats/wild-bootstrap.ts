import { dot, whiten } from "./cluster-robust.ts";
import type { LeastSquares } from "./least-squares.ts";
import { eachSignDraw, everySignVector } from "./random-streams.ts";
import { bilinear } from "./small-matrix.ts";

/** Scores of every occupied cluster, whitened, row-major: under the estimate, and what a unit of the null adds. */
interface Scores {
  readonly clusters: number;
  readonly order: number;
  readonly direction: Float64Array;
  readonly score: Float64Array;
  readonly slope: Float64Array;
  /** Scores and slopes along the contrast. */
  readonly along: Float64Array;
  readonly slopeAlong: Float64Array;
  /** Σ slope slope'. */
  readonly slopes: Float64Array;
}

/**
 * t* of one draw as a function of δ = (estimate − null)/c'(X'X)⁻¹c: (a + δ b)/√(c + δ d + δ² e).
 */
interface Draw {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
}

/** Wild cluster bootstrap-t of one contrast, null imposed. */
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
}

function scoresOf(fit: LeastSquares, contrast: Float64Array): Scores {
  const order = fit.coefficients.length;
  const direction = whiten(fit, contrast);
  const occupied = [...fit.start.keys()].filter((g) => (fit.start[g + 1] ?? 0) > fit.start[g]!);
  const clusters = occupied.length;
  const score = new Float64Array(clusters * order);
  const slope = new Float64Array(clusters * order);
  for (const [at, g] of occupied.entries()) {
    for (let row = fit.start[g]!; row < fit.start[g + 1]!; row++) {
      const projection = dot(fit.whitened, row * order, direction);
      for (let k = 0; k < order; k++) {
        score[at * order + k]! += fit.whitened[row * order + k]! * fit.residuals[row]!;
        slope[at * order + k]! += fit.whitened[row * order + k]! * projection;
      }
    }
  }
  const slopes = new Float64Array(order * order);
  for (let g = 0; g < clusters; g++) {
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < order; j++) slopes[i * order + j]! += slope[g * order + i]! * slope[g * order + j]!;
    }
  }
  const alongOf = (vectors: Float64Array): Float64Array =>
    Float64Array.from({ length: clusters }, (_, g) => dot(vectors, g * order, direction));
  return { clusters, order, direction, score, slope, slopes, along: alongOf(score), slopeAlong: alongOf(slope) };
}

/** Σ over clusters of weight × vector. */
function weigh(vectors: Float64Array, weights: Float64Array, into: Float64Array): void {
  const order = into.length;
  into.fill(0);
  for (let g = 0, at = 0; g < weights.length; g++) {
    const weight = weights[g]!;
    for (let k = 0; k < order; k++, at++) into[k]! += weight * vectors[at]!;
  }
}

/** Turns signs into the coefficients of t*, without allocating per draw but for the result. */
function drawer(scores: Scores): (signs: Float64Array) => Draw {
  const { order, clusters, score, slope, slopes, along, slopeAlong, direction } = scores;
  const [t, k, e0, e1] = [0, 1, 2, 3].map(() => new Float64Array(order)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const weights = new Float64Array(clusters);
  const own = dot(along, 0, along);
  const both = dot(along, 0, slopeAlong);
  const other = dot(slopeAlong, 0, slopeAlong);
  return (signs) => {
    weigh(score, signs, t);
    weigh(slope, signs, k);
    for (let g = 0; g < clusters; g++) weights[g] = signs[g]! * along[g]!;
    weigh(slope, weights, e0);
    for (let g = 0; g < clusters; g++) weights[g] = signs[g]! * slopeAlong[g]!;
    weigh(slope, weights, e1);
    return {
      a: dot(t, 0, direction),
      b: dot(k, 0, direction),
      c: own - 2 * dot(t, 0, e0) + bilinear(t, slopes, t, order),
      d: 2 * (both - dot(t, 0, e1) - dot(k, 0, e0) + bilinear(t, slopes, k, order)),
      e: other - 2 * dot(k, 0, e1) + bilinear(k, slopes, k, order),
    };
  };
}

const statisticOf = ({ a, b, c, d, e }: Draw, delta: number): number =>
  (a + delta * b) / Math.sqrt(Math.max(0, c + delta * d + delta * delta * e));

/** Statistics of given sign vectors under the null c'β = `value`, G/(G − 1) left out on both sides. */
export function wildStatistics(
  fit: LeastSquares,
  contrast: Float64Array,
  value: number,
  signs: readonly Float64Array[],
): readonly number[] {
  const scores = scoresOf(fit, contrast);
  const delta = (dot(contrast, 0, fit.coefficients) - value) / dot(scores.direction, 0, scores.direction);
  return signs.map(drawer(scores)).map((draw) => statisticOf(draw, delta));
}

/** Share of draws at least as far out as the data under δ; ties within rounding count. */
function shareBeyond(draws: readonly Draw[], delta: number, perUnit: number, every: boolean): number {
  const observed = Math.abs(delta * perUnit) * (1 - 1e-9);
  let beyond = 0;
  for (const draw of draws) if (Math.abs(statisticOf(draw, delta)) >= observed) beyond++;
  return every ? beyond / draws.length : (beyond + 1) / (draws.length + 1);
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
 * Wild cluster bootstrap-t with the null imposed and Rademacher signs per cluster (Cameron, Gelbach & Miller 2008;
 * Roodman, MacKinnon, Nielsen & Webb 2019); the interval inverts the test. All 2^G sign vectors where that is at most
 * `draws`, and p is then their share; else p = (1 + beyond)/(1 + draws). Null where there is no standard error.
 */
export function wildBootstrap(
  fit: LeastSquares,
  contrast: Float64Array,
  options: { readonly seed: number; readonly draws: number; readonly confidence: number },
): WildBootstrap | null {
  const scores = scoresOf(fit, contrast);
  const { clusters, along, direction } = scores;
  const variance = dot(along, 0, along);
  if (clusters < 2 || !(variance > 0)) return null;
  const draws: Draw[] = [];
  const draw = drawer(scores);
  const every = 2 ** clusters <= options.draws;
  if (every) everySignVector(clusters, (signs) => draws.push(draw(signs)));
  else eachSignDraw(options.seed, options.draws, clusters, (signs) => draws.push(draw(signs)));
  const size = dot(direction, 0, direction);
  const perUnit = size / Math.sqrt(variance);
  const p = (delta: number): number => shareBeyond(draws, delta, perUnit, every);
  const estimate = dot(contrast, 0, fit.coefficients);
  const se = Math.sqrt((variance * clusters) / (clusters - 1));
  const level = 1 - options.confidence;
  const below = bound(p, 1 / perUnit, level);
  const above = bound(p, -1 / perUnit, level);
  return {
    estimate,
    se,
    statistic: estimate / se,
    p: p(estimate / size),
    low: below === null ? null : estimate - below * size,
    high: above === null ? null : estimate - above * size,
    draws: draws.length,
  };
}
