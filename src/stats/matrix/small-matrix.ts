import { choleskyDropping } from "./cholesky.ts";
import { lower, packedLength, solveLower, solveLowerTransposed } from "./triangular.ts";

/** Inverse of a positive definite matrix (full, row-major) and the logarithm of its determinant. */
export interface Inverse {
  readonly matrix: Float64Array;
  readonly logDeterminant: number;
}

/**
 * Inverse of a full, row-major, symmetric positive definite matrix by its Cholesky factor. Null where it is not
 * positive definite to 1e-14 of its diagonal.
 */
export function invertPositive(matrix: Float64Array, order: number): Inverse | null {
  const packed = new Float64Array(packedLength(order));
  for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) packed[lower(i, j)] = matrix[i * order + j]!;
  const { factor, dropped } = choleskyDropping(packed, order, 1e-14);
  if (dropped.length > 0) return null;
  const inverse = new Float64Array(order * order);
  let logDeterminant = 0;
  for (let i = 0; i < order; i++) {
    inverse[i * order + i] = 1;
    solveLower(factor, order, inverse, i * order);
    solveLowerTransposed(factor, order, inverse, i * order);
    logDeterminant += 2 * Math.log(factor[lower(i, i)]!);
  }
  return { matrix: inverse, logDeterminant };
}

/** Product of two full square matrices of that order. */
export function multiply(a: Float64Array, b: Float64Array, order: number): Float64Array {
  const product = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k < order; k++) {
      const value = a[i * order + k]!;
      if (value !== 0) for (let j = 0; j < order; j++) product[i * order + j]! += value * b[k * order + j]!;
    }
  }
  return product;
}

/** Trace of A B for full square matrices. */
export function traceOfProduct(a: Float64Array, b: Float64Array, order: number): number {
  let trace = 0;
  for (let i = 0; i < order; i++) for (let k = 0; k < order; k++) trace += a[i * order + k]! * b[k * order + i]!;
  return trace;
}

/** x'A y for a full square matrix whose rows are `stride` apart; as many of them as x is long. */
export function bilinear(x: Float64Array, matrix: Float64Array, y: Float64Array, stride: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) for (let j = 0; j < y.length; j++) sum += x[i]! * matrix[i * stride + j]! * y[j]!;
  return sum;
}

/**
 * x with A x = b for a full square matrix of the size of the identity, by elimination with row exchanges; null where a
 * pivot is below 1e-12 of the largest element or of one.
 */
export function solveGeneral(matrix: Float64Array, order: number, vector: Float64Array): Float64Array | null {
  const a = matrix.slice();
  const x = vector.slice();
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  for (let k = 0; k < order; k++) {
    let pivot = k;
    for (let i = k + 1; i < order; i++) if (Math.abs(a[i * order + k]!) > Math.abs(a[pivot * order + k]!)) pivot = i;
    if (!(Math.abs(a[pivot * order + k]!) > 1e-12 * largest)) return null;
    for (let j = 0; j < order; j++)
      [a[k * order + j], a[pivot * order + j]] = [a[pivot * order + j]!, a[k * order + j]!];
    [x[k], x[pivot]] = [x[pivot]!, x[k]!];
    for (let i = k + 1; i < order; i++) {
      const share = a[i * order + k]! / a[k * order + k]!;
      for (let j = k; j < order; j++) a[i * order + j]! -= share * a[k * order + j]!;
      x[i]! -= share * x[k]!;
    }
  }
  for (let k = order - 1; k >= 0; k--) {
    for (let j = k + 1; j < order; j++) x[k]! -= a[k * order + j]! * x[j]!;
    x[k]! /= a[k * order + k]!;
  }
  return x;
}
