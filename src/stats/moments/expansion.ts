import { packedLength } from "../matrix/triangular.ts";

/**
 * A function of three parameters with its derivatives there, ten numbers in a row: value, gradient, and the upper
 * triangle of the Hessian row by row. Functions below write on, so that loops over matrix elements allocate nothing.
 */
export const expansionLength = 1 + 3 + packedLength(3);

/** Position of the derivative in parameters i ≤ j. */
export const secondAt = (i: number, j: number): number => 4 + i * 3 - (i * (i - 1)) / 2 + (j - i);

/** A constant. */
export function constant(value: number): Float64Array {
  const expansion = new Float64Array(expansionLength);
  expansion[0] = value;
  return expansion;
}

/** The parameter of that index at `value`. */
export function parameter(index: number, value: number): Float64Array {
  const expansion = constant(value);
  expansion[1 + index] = 1;
  return expansion;
}

/** Adds `factor` times one expansion to another. */
export function addScaled(into: Float64Array, at: number, a: Float64Array, from: number, factor: number): void {
  for (let k = 0; k < expansionLength; k++) into[at + k]! += factor * a[from + k]!;
}

/** Adds a product, by Leibniz' rule. */
export function addProduct(
  into: Float64Array,
  at: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
): void {
  const a0 = a[i]!;
  const b0 = b[j]!;
  const [a1, a2, a3] = [a[i + 1]!, a[i + 2]!, a[i + 3]!];
  const [b1, b2, b3] = [b[j + 1]!, b[j + 2]!, b[j + 3]!];
  into[at]! += a0 * b0;
  for (let k = 1; k < expansionLength; k++) into[at + k]! += a0 * b[j + k]! + a[i + k]! * b0;
  into[at + 4]! += 2 * a1 * b1;
  into[at + 5]! += a1 * b2 + a2 * b1;
  into[at + 6]! += a1 * b3 + a3 * b1;
  into[at + 7]! += 2 * a2 * b2;
  into[at + 8]! += a2 * b3 + a3 * b2;
  into[at + 9]! += 2 * a3 * b3;
}

/** a b. */
export function times(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(expansionLength);
  addProduct(product, 0, a, 0, b, 0);
  return product;
}

/** f(a), from f, f′ and f″ at the value of a. */
function compose(a: Float64Array, value: number, first: number, second: number): Float64Array {
  const composed = a.map((derivative) => first * derivative);
  composed[0] = value;
  for (let i = 0; i < 3; i++) {
    for (let j = i; j < 3; j++) composed[secondAt(i, j)]! += second * a[1 + i]! * a[1 + j]!;
  }
  return composed;
}

/** 1 / a. */
export const reciprocal = (a: Float64Array): Float64Array => compose(a, 1 / a[0]!, -(a[0]! ** -2), 2 * a[0]! ** -3);

/** log a. */
export const logarithm = (a: Float64Array): Float64Array => compose(a, Math.log(a[0]!), 1 / a[0]!, -(a[0]! ** -2));
