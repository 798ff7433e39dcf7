import type { PatternMoments } from "./factor-moments.ts";
import { type PatternLikelihood, patternLikelihood, times } from "./pattern-likelihood.ts";

/**
 * Where the parameters of one group's factor model stand in its vector: loadings, residual variances, the factor's
 * variance, intercepts, the factor's mean.
 */
export const layout = (order: number) => ({
  loading: 0,
  residual: order,
  variance: 2 * order,
  intercept: 2 * order + 1,
  mean: 3 * order + 1,
  length: 3 * order + 2,
});

/** Likelihood of one pattern of answers under one factor. */
interface PatternFit extends PatternLikelihood {
  readonly loadings: Float64Array;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Means and covariances (full, row-major) that one factor gives to some items. */
export function modelled(items: Int32Array, group: Float64Array, order: number) {
  const at = layout(order);
  const size = items.length;
  const covariance = new Float64Array(size * size);
  for (const [a, i] of items.entries()) {
    for (const [b, j] of items.entries()) covariance[a * size + b] = group[at.variance]! * group[i]! * group[j]!;
    covariance[a * size + a]! += group[at.residual + i]!;
  }
  return { means: Float64Array.from(items, (i) => group[at.intercept + i]! + group[i]! * group[at.mean]!), covariance };
}

/** Null where the model's covariance matrix is not positive definite. */
export function patternFit(pattern: PatternMoments, group: Float64Array, order: number): PatternFit | null {
  const { means, covariance } = modelled(pattern.items, group, order);
  const likelihood = patternLikelihood(pattern, means, covariance);
  return likelihood && { ...likelihood, loadings: Float64Array.from(pattern.items, (i) => group[i]!) };
}

/** Derivatives of −2 log likelihood in the covariances of some items (full, row-major), and half of those in their means. */
export interface MomentGradient {
  readonly misfit: Float64Array;
  readonly score: Float64Array;
}

/** Adds a gradient in the moments of some items as one in the parameters of their group. */
export function addParameterGradient(
  into: Float64Array,
  items: Int32Array,
  { misfit, score }: MomentGradient,
  group: Float64Array,
  order: number,
): void {
  const at = layout(order);
  const size = items.length;
  const [variance, mean] = [group[at.variance]!, group[at.mean]!];
  for (let a = 0; a < size; a++) {
    const i = items[a]!;
    let slope = 0;
    for (let b = 0; b < size; b++) slope += misfit[a * size + b]! * group[at.loading + items[b]!]!;
    into[at.loading + i]! += 2 * (variance * slope + mean * score[a]!);
    into[at.residual + i]! += misfit[a * size + a]!;
    into[at.intercept + i]! += 2 * score[a]!;
    into[at.variance]! += group[at.loading + i]! * slope;
    into[at.mean]! += 2 * score[a]! * group[at.loading + i]!;
  }
}

/** Adds a pattern's gradient in the parameters of its group. */
export function addGradient(
  into: Float64Array,
  { n, items }: PatternMoments,
  { inverse, weighted, score }: PatternFit,
  group: Float64Array,
  order: number,
): void {
  const misfit = inverse.map((value, k) => n * (value - weighted[k]!));
  const gradient = { misfit, score: score.map((value) => -n * value) };
  addParameterGradient(into, items, gradient, group, order);
}

/** What the model says the pattern looks like, so that its curvature is the expected information. */
export const asExpected = (fit: PatternFit): PatternFit => ({
  ...fit,
  weighted: fit.inverse,
  score: new Float64Array(fit.score.length),
});

/**
 * Adds a pattern's second derivatives (full symmetric, row-major) in the parameters of its group. With Σ_a the
 * derivative of the covariances and μ_a that of the means: tr((V−W)Σ_ab) − tr(VΣ_aVΣ_b) + 2 tr(VΣ_aWΣ_b) + 2 μ_a'Vμ_b
 * − 2 u'μ_ab + 2 u'Σ_bVμ_a + 2 u'Σ_aVμ_b, written out for one factor.
 */
export function addCurvature(
  into: Float64Array,
  { n, items }: PatternMoments,
  { loadings, inverse, weighted, score }: PatternFit,
  group: Float64Array,
  order: number,
): void {
  const at = layout(order);
  const size = items.length;
  const [psi, kappa] = [group[at.variance]!, group[at.mean]!];
  const h = times(inverse, loadings);
  const w = times(weighted, loadings);
  const q = dot(h, loadings);
  const r = dot(w, loadings);
  const s = dot(score, loadings);
  const put = (row: number, column: number, value: number): void => {
    into[row * at.length + column]! += n * value;
    if (row !== column) into[column * at.length + row]! += n * value;
  };
  for (const [a, i] of items.entries()) {
    const [ha, wa, ua] = [h[a]!, w[a]!, score[a]!];
    put(at.residual + i, at.variance, ha * (2 * wa - ha));
    put(at.loading + i, at.variance, 2 * (ha - wa) + 2 * psi * (ha * r + q * wa - ha * q) + 2 * kappa * s * ha);
    put(at.variance, at.intercept + i, 2 * s * ha);
    put(at.intercept + i, at.mean, 2 * ha);
    put(at.residual + i, at.mean, 2 * ua * ha);
    put(at.loading + i, at.mean, 2 * kappa * ha - 2 * ua + 2 * psi * (ua * q + s * ha));
    for (const [b, j] of items.entries()) {
      const [hb, wb, ub] = [h[b]!, w[b]!, score[b]!];
      const [v, x] = [inverse[a * size + b]!, weighted[a * size + b]!];
      put(at.residual + i, at.loading + j, 2 * psi * (x * ha + wa * v - v * ha) + 2 * kappa * ua * v);
      put(at.residual + j, at.intercept + i, 2 * ub * v);
      put(at.loading + j, at.intercept + i, 2 * kappa * v + 2 * psi * (ub * ha + s * v));
      if (b > a) continue;
      put(at.residual + i, at.residual + j, v * (2 * x - v));
      put(at.intercept + i, at.intercept + j, 2 * v);
      const squares = wb * ha + wa * hb + r * v + q * x - v * q - ha * hb;
      const mixed = 2 * kappa * psi * (ub * ha + ua * hb + 2 * s * v);
      put(at.loading + i, at.loading + j, 2 * psi * (v - x) + 2 * psi * psi * squares + 2 * kappa * kappa * v + mixed);
    }
  }
  put(at.variance, at.variance, q * (2 * r - q));
  put(at.mean, at.mean, 2 * q);
  put(at.variance, at.mean, 2 * s * q);
}
