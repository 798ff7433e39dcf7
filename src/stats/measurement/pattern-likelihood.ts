import { invertPositive } from "../matrix/small-matrix.ts";
import type { PatternMoments } from "./factor-moments.ts";

/** −2 log likelihood of one pattern of answers at some means and covariances, and what its derivatives are made of. */
export interface PatternLikelihood {
  readonly value: number;
  /** V: inverse of the covariances. */
  readonly inverse: Float64Array;
  /** W = V T V, T the observed covariances about the means. */
  readonly weighted: Float64Array;
  /** u = V (observed − given means). */
  readonly score: Float64Array;
}

/** Full square matrix (row-major) times a vector. */
export function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += matrix[i * size + j]! * vector[j]!;
    return sum;
  });
}

/** Means and covariances (full, row-major) are those of the pattern's items; null where they are not positive definite. */
export function patternLikelihood(
  { n, means: observedMeans, covariance: observedCovariance }: PatternMoments,
  means: Float64Array,
  covariance: Float64Array,
): PatternLikelihood | null {
  const size = means.length;
  const inverse = invertPositive(covariance, size);
  if (inverse === null) return null;
  const off = observedMeans.map((mean, a) => mean - means[a]!);
  const observed = observedCovariance.map((value, k) => value + off[Math.floor(k / size)]! * off[k % size]!);
  const weighted = new Float64Array(size * size);
  let trace = 0;
  for (let a = 0; a < size; a++) {
    const row = inverse.matrix.subarray(a * size, (a + 1) * size);
    weighted.set(times(inverse.matrix, times(observed, row)), a * size);
  }
  for (let k = 0; k < size * size; k++) trace += inverse.matrix[k]! * observed[k]!;
  const score = times(inverse.matrix, off);
  return { value: n * (inverse.logDeterminant + trace), inverse: inverse.matrix, weighted, score };
}
