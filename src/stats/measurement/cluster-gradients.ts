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

/** How many clusters have answers in any of the groups. */
export function answeringClusters(groups: readonly ClusterGroup[], clusters: number): number {
  const seen = new Uint8Array(clusters);
  for (const { patterns } of groups) for (const { cluster } of patterns) for (const place of cluster) seen[place] = 1;
  return seen.reduce((sum, one) => sum + one, 0);
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
  const { misfit, score } = into;
  for (let a = 0, at = products; a < size; a++) {
    const [mean, sum] = [means[a]!, pattern.sums[sums + a]!];
    score[a] = sum - n * mean;
    for (let b = a; b < size; b++, at++) {
      const value = pattern.products[at]! - mean * pattern.sums[sums + b]! - means[b]! * score[a]!;
      misfit[a * size + b] = value;
      misfit[b * size + a] = value;
    }
  }
}

/** n V − V T V into `into`, with room for V T. */
function misfitOf(
  inverse: Float64Array,
  about: Float64Array,
  n: number,
  size: number,
  room: Float64Array,
  into: Float64Array,
) {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += inverse[i * size + k]! * about[k * size + j]!;
      room[i * size + j] = sum;
    }
    for (let j = 0; j <= i; j++) {
      let sum = n * inverse[i * size + j]!;
      for (let k = 0; k < size; k++) sum -= room[i * size + k]! * inverse[k * size + j]!;
      into[i * size + j] = sum;
      into[j * size + i] = sum;
    }
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
    misfitOf(inverse, about.misfit, pattern.n[row]!, size, half, gradient.misfit);
    for (let a = 0; a < size; a++) {
      let sum = 0;
      for (let b = 0; b < size; b++) sum += inverse[a * size + b]! * about.score[b]!;
      gradient.score[a] = -sum;
    }
    use(pattern.cluster[row]!, gradient);
  }
}
