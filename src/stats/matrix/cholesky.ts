import { lower, packedLength, solveLowerTransposed } from "./triangular.ts";

/** A column that the others already span, and its coefficients on the kept columns before it. */
export interface DependentColumn {
  readonly column: number;
  readonly coefficients: Float64Array;
}

/** L of A = LL' over the kept columns (packed lower), which columns those are, and the dropped ones. */
export interface CholeskyFactor {
  readonly factor: Float64Array;
  readonly kept: Int32Array;
  readonly dropped: readonly DependentColumn[];
}

interface Progress {
  readonly scaled: Float64Array;
  readonly factor: Float64Array;
  readonly kept: number[];
}

/** Row of the factor for one further column; returns what the kept columns leave of its unit diagonal. */
function eliminate({ scaled, factor, kept }: Progress, column: number, row: Float64Array): number {
  let pivot = scaled[lower(column, column)]!;
  for (const [k, other] of kept.entries()) {
    let sum = scaled[lower(column, other)]!;
    for (let l = 0; l < k; l++) sum -= row[l]! * factor[lower(k, l)]!;
    const value = sum / factor[lower(k, k)]!;
    row[k] = value;
    pivot -= value * value;
  }
  return pivot;
}

/** Rows and columns divided by the root of the diagonal; a column of zeros stays zero. */
function unitDiagonal(matrix: Float64Array, order: number, scale: Float64Array): Float64Array {
  const scaled = new Float64Array(matrix.length);
  for (let i = 0; i < order; i++) {
    const diagonal = matrix[lower(i, i)]!;
    scale[i] = diagonal > 0 ? Math.sqrt(diagonal) : 0;
    for (let j = 0; j <= i; j++) {
      const product = scale[i]! * scale[j]!;
      scaled[lower(i, j)] = product > 0 ? matrix[lower(i, j)]! / product : 0;
    }
  }
  return scaled;
}

/**
 * Cholesky factor of a positive semidefinite matrix (packed lower triangle), on the matrix scaled to unit diagonal. A
 * column of which the columns before it leave at most `tolerance` is dropped: the later of two collinear ones goes, as
 * in R's `lm`.
 */
export function choleskyDropping(matrix: Float64Array, order: number, tolerance: number): CholeskyFactor {
  const scale = new Float64Array(order);
  const progress: Progress = {
    scaled: unitDiagonal(matrix, order, scale),
    factor: new Float64Array(packedLength(order)),
    kept: [],
  };
  const { factor, kept } = progress;
  const dropped: DependentColumn[] = [];
  for (let column = 0; column < order; column++) {
    const row = new Float64Array(kept.length);
    const pivot = eliminate(progress, column, row);
    if (pivot > tolerance) {
      factor.set(row, lower(kept.length, 0));
      factor[lower(kept.length, kept.length)] = Math.sqrt(pivot);
      kept.push(column);
    } else {
      solveLowerTransposed(factor, kept.length, row, 0);
      dropped.push({ column, coefficients: row.map((value, k) => (value * scale[column]!) / scale[kept[k]!]!) });
    }
  }
  const unscaled = factor.slice(0, packedLength(kept.length));
  for (const [i, column] of kept.entries()) {
    for (let j = 0; j <= i; j++) unscaled[lower(i, j)]! *= scale[column]!;
  }
  return { factor: unscaled, kept: Int32Array.from(kept), dropped };
}
