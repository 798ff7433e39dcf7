/** Position of (row, column), row ≥ column, in a packed lower triangle (row by row). */
export const lower = (row: number, column: number): number => (row * (row + 1)) / 2 + column;

/** Position of (row, column), row ≤ column, in a packed upper triangle of that order: the layout of `Cells.products`. */
export const upper = (order: number, row: number, column: number): number =>
  row * order - (row * (row + 1)) / 2 + column;

/** Length of a packed triangle. */
export const packedLength = (order: number): number => (order * (order + 1)) / 2;

/** Solves L x = b in place for `vector[offset … offset + order)`; `factor` is a packed lower triangle. */
export function solveLower(factor: Float64Array, order: number, vector: Float64Array, offset: number): void {
  for (let i = 0, base = 0; i < order; base += ++i) {
    let sum = vector[offset + i]!;
    for (let j = 0; j < i; j++) sum -= factor[base + j]! * vector[offset + j]!;
    vector[offset + i] = sum / factor[base + i]!;
  }
}

/** Solves L x = b in place for every row of a row-major matrix, from its first entry that is not zero on. */
export function solveRows(factor: Float64Array, order: number, matrix: Float64Array): void {
  const inverse = Float64Array.from({ length: order }, (_, i) => 1 / factor[lower(i, i)]!);
  for (let from = 0; from < matrix.length; from += order) {
    let zeros = 0;
    while (zeros < order && matrix[from + zeros] === 0) zeros++;
    for (let i = zeros; i < order; i++) {
      const base = (i * (i + 1)) / 2;
      let sum = matrix[from + i]!;
      for (let j = zeros, a = base + zeros, b = from + zeros; j < i; j++, a++, b++) sum -= factor[a]! * matrix[b]!;
      matrix[from + i] = sum * inverse[i]!;
    }
  }
}

/** Solves L'x = b in place for `vector[offset … offset + order)`; `factor` is a packed lower triangle. */
export function solveLowerTransposed(factor: Float64Array, order: number, vector: Float64Array, offset: number): void {
  for (let i = order - 1; i >= 0; i--) {
    const base = (i * (i + 1)) / 2;
    const value = vector[offset + i]! / factor[base + i]!;
    vector[offset + i] = value;
    for (let j = 0; j < i; j++) vector[offset + j]! -= factor[base + j]! * value;
  }
}
