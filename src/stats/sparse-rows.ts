/** The non-zero entries of a row-major matrix: those of row i are `start[i] … start[i + 1]`. */
export interface SparseRows {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/** Some columns of a row-major matrix with `width` columns, in the order given. */
export function sparseRows(matrix: Float64Array, width: number, columns: readonly number[]): SparseRows {
  const rows = width === 0 ? 0 : matrix.length / width;
  const start = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    start[row + 1] = start[row]!;
    for (const from of columns) if (matrix[row * width + from] !== 0) start[row + 1]!++;
  }
  const column = new Int32Array(start[rows]!);
  const value = new Float64Array(start[rows]!);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let k = 0; k < columns.length; k++) {
      const entry = matrix[row * width + columns[k]!]!;
      if (entry === 0) continue;
      column[at] = k;
      value[at++] = entry;
    }
  }
  return { start, column, value };
}
