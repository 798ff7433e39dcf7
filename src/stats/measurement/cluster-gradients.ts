import { upper } from "../matrix/triangular.ts";
import type { MomentGradient } from "./one-factor-evaluation.ts";

/** Answers of clusters to the same items: one row per cluster that has any, in sums from the origin of the moments. */
export interface ClusterPattern {
  readonly items: Int32Array;
  /** By row, from 0. */
  readonly cluster: Int32Array;
  readonly n: Float64Array;
  /** Σ x_a, row by row. */
  readonly sums: Float64Array;
  /** Σ x_a x_b as packed upper triangles, row by row. */
  readonly products: Float64Array;
}

/** A group's answers, by pattern and cluster. */
export interface ClusterGroup {
  readonly patterns: readonly ClusterPattern[];
}

/** The model's means of a pattern's items, and the inverse of their covariances (full, row-major). */
interface At {
  readonly means: Float64Array;
  readonly inverse: Float64Array;
}

/** Σ (x − μ) and Σ (x − μ)(x − μ)' of one row. */
function aboutMeans(pattern: ClusterPattern, row: number, means: Float64Array, into: MomentGradient): void {
  const size = means.length;
  const n = pattern.n[row]!;
  const [sums, products] = [row * size, (row * size * (size + 1)) / 2];
  for (let a = 0; a < size; a++) {
    into.score[a] = pattern.sums[sums + a]! - n * means[a]!;
    for (let b = 0; b <= a; b++) {
      const product = pattern.products[products + upper(size, b, a)]!;
      const crossed = means[a]! * pattern.sums[sums + b]! + means[b]! * pattern.sums[sums + a]!;
      const value = product - crossed + n * means[a]! * means[b]!;
      into.misfit[a * size + b] = value;
      into.misfit[b * size + a] = value;
    }
  }
}

function product(a: Float64Array, b: Float64Array, size: number, into: Float64Array): void {
  into.fill(0);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const value = a[i * size + k]!;
      for (let j = 0; j < size; j++) into[i * size + j]! += value * b[k * size + j]!;
    }
}

/**
 * The gradient of −2 log likelihood in the moments of a pattern's items, cluster by cluster: n V − V T V and − V d, with
 * T = Σ (x − μ)(x − μ)' and d = Σ (x − μ). It is linear in a cluster's sums and products, so that no respondent is
 * needed. The gradient that is handed over is written anew for the next row.
 */
export function eachGradient(
  pattern: ClusterPattern,
  { means, inverse }: At,
  use: (cluster: number, gradient: MomentGradient) => void,
): void {
  const size = means.length;
  const about = { misfit: new Float64Array(size * size), score: new Float64Array(size) };
  const half = new Float64Array(size * size);
  const gradient = { misfit: new Float64Array(size * size), score: new Float64Array(size) };
  for (let row = 0; row < pattern.n.length; row++) {
    aboutMeans(pattern, row, means, about);
    product(inverse, about.misfit, size, half);
    product(half, inverse, size, gradient.misfit);
    for (let k = 0; k < size * size; k++) gradient.misfit[k] = pattern.n[row]! * inverse[k]! - gradient.misfit[k]!;
    for (let a = 0; a < size; a++) {
      let sum = 0;
      for (let b = 0; b < size; b++) sum += inverse[a * size + b]! * about.score[b]!;
      gradient.score[a] = -sum;
    }
    use(pattern.cluster[row]!, gradient);
  }
}
