/**
 * Eigenvalues and vectors of symmetric matrices up to an order, overwritten by each decomposition, so that a loop over
 * clusters allocates nothing.
 */
export interface EigenWorkspace {
  readonly values: Float64Array;
  /** Eigenvector k is row k. */
  readonly vectors: Float64Array;
}

/** Arrays for eigendecompositions of matrices up to that order. */
export const eigenWorkspace = (order: number): EigenWorkspace => ({
  values: new Float64Array(order),
  vectors: new Float64Array(order * order),
});

function rotate(a: Float64Array, vectors: Float64Array, order: number, p: number, q: number): void {
  const apq = a[p * order + q]!;
  const theta = (a[q * order + q]! - a[p * order + p]!) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(1, theta));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (let k = 0; k < order; k++) {
    const kp = a[k * order + p]!;
    const kq = a[k * order + q]!;
    a[k * order + p] = c * kp - s * kq;
    a[k * order + q] = s * kp + c * kq;
  }
  for (let k = 0; k < order; k++) {
    const pk = a[p * order + k]!;
    const qk = a[q * order + k]!;
    a[p * order + k] = c * pk - s * qk;
    a[q * order + k] = s * pk + c * qk;
    const vp = vectors[p * order + k]!;
    const vq = vectors[q * order + k]!;
    vectors[p * order + k] = c * vp - s * vq;
    vectors[q * order + k] = s * vp + c * vq;
  }
}

function sweep(a: Float64Array, vectors: Float64Array, order: number): boolean {
  let rotated = false;
  for (let p = 0; p < order - 1; p++) {
    for (let q = p + 1; q < order; q++) {
      const off = Math.abs(a[p * order + q]!);
      if (off === 0 || off <= 1e-17 * Math.sqrt(Math.abs(a[p * order + p]! * a[q * order + q]!))) continue;
      rotate(a, vectors, order, p, q);
      rotated = true;
    }
  }
  return rotated;
}

/**
 * Eigenvalues and vectors of a full symmetric matrix (row-major, destroyed) by cyclic Jacobi rotations (Golub & Van
 * Loan). Unordered. Small eigenvalues keep their relative accuracy where the matrix is a Gram matrix.
 */
export function symmetricEigen(matrix: Float64Array, order: number, workspace: EigenWorkspace): void {
  const { values, vectors } = workspace;
  vectors.fill(0, 0, order * order);
  for (let i = 0; i < order; i++) vectors[i * order + i] = 1;
  for (let sweeps = 0; sweeps < 60 && sweep(matrix, vectors, order); sweeps++);
  for (let i = 0; i < order; i++) values[i] = matrix[i * order + i]!;
}
