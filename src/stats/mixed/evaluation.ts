import { bilinear, invertPositive, multiply, traceOfProduct } from "../matrix/small-matrix.ts";
import { lower } from "../matrix/triangular.ts";
import { expansionLength, secondAt } from "../moments/expansion.ts";
import type { MixedMoments } from "./moments.ts";
import { mixedProducts } from "./products.ts";

/** What is maximised: the restricted likelihood (lme4's default) or the full one. */
export type Likelihood = "REML" | "ML";

/** A mixed model at given variances; matrices are full, by component: residual, inner and, where there is one, outer. */
export interface Evaluation {
  readonly variances: readonly number[];
  /** −2 log likelihood, orthonormal columns. */
  readonly deviance: number;
  /** Φ = (X'V⁻¹X)⁻¹ of the orthonormal columns, and what least squares lacks of the coefficients. */
  readonly phi: Float64Array;
  readonly correction: Float64Array;
  /** Of the deviance, and its expected and observed second derivatives (row by row). */
  readonly gradient: readonly number[];
  readonly information: Float64Array;
  readonly hessian: Float64Array;
  /** The expected information of the restricted likelihood, whichever is maximised. */
  readonly restrictedInformation: Float64Array;
  /** The fixed part leaves information on every component. */
  readonly identified: boolean;
  /** X'V⁻¹V_iV⁻¹X. */
  readonly first: readonly Float64Array[];
  /** Symmetric part of X'V⁻¹V_iV⁻¹V_jV⁻¹X, by i and j. */
  readonly second: readonly (readonly Float64Array[])[];
}

/** Part of the information on a component below which what the fixed part leaves is rounding. */
const informationTolerance = 1e-10;

/** One derivative of Z'V⁻¹Z as a full matrix of `size` rows and columns, the first of them. */
function derivative(products: Float64Array, k: number, size: number, factor: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = factor * products[lower(i, j) * expansionLength + k]!;
      matrix[i * size + j] = value;
      matrix[j * size + i] = value;
    }
  }
  return matrix;
}

/** Without the last row and column. */
function leading(matrix: Float64Array, order: number): Float64Array {
  const size = order - 1;
  return Float64Array.from({ length: size * size }, (_, k) => matrix[Math.floor(k / size) * order + (k % size)]!);
}

/** A r for as many elements as `length`. */
function timesVector(matrix: Float64Array, r: Float64Array, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < r.length; j++) sum += matrix[i * r.length + j]! * r[j]!;
    return sum;
  });
}

/**
 * The deviance, restricted (Patterson & Thompson 1971) or not, with its derivatives (Harville 1977), all from moments:
 * −∂(Z'V⁻¹Z)/∂σ²_i = Z'V⁻¹V_iV⁻¹Z, half its next derivative is the symmetric part of Z'V⁻¹V_iV⁻¹V_jV⁻¹Z, and those of
 * log |V| are the traces of V⁻¹V_i and −V⁻¹V_iV⁻¹V_j. Null where Φ does not exist.
 */
export function evaluate(
  moments: MixedMoments,
  likelihood: Likelihood,
  variances: readonly number[],
): Evaluation | null {
  const { order, rows } = moments;
  const size = order - 1;
  const indices = variances.map((_, i) => i);
  const { logDeterminant, products } = mixedProducts(moments, [...variances, 0]);
  const zero = derivative(products, 0, order, 1);
  const inverse = invertPositive(leading(zero, order), size);
  if (inverse === null) return null;
  const phi = inverse.matrix;
  const cross = Float64Array.from({ length: size }, (_, i) => zero[i * order + size]!);
  const correction = timesVector(phi, cross, size);
  const r = Float64Array.from([...correction.map((value) => -value), 1]);
  const firstFull = indices.map((i) => derivative(products, 1 + i, order, -1));
  const first = firstFull.map((matrix) => leading(matrix, order));
  const phiFirst = first.map((matrix) => multiply(phi, matrix, size));
  const derivedResiduals = firstFull.map((matrix) => timesVector(matrix, r, size));
  const k = indices.length;
  const information = new Float64Array(k * k);
  const restrictedInformation = new Float64Array(k * k);
  const hessian = new Float64Array(k * k);
  const second = indices.map((i) =>
    indices.map((j) => {
      const at = secondAt(Math.min(i, j), Math.max(i, j));
      const full = derivative(products, at, order, 0.5);
      const matrix = leading(full, order);
      const trace = -logDeterminant[at]!;
      const restricted =
        trace - 2 * traceOfProduct(phi, matrix, size) + traceOfProduct(phiFirst[i]!, phiFirst[j]!, size);
      const curvature = bilinear(r, full, r, order) - bilinear(derivedResiduals[i]!, phi, derivedResiduals[j]!, size);
      restrictedInformation[i * k + j] = restricted;
      information[i * k + j] = likelihood === "REML" ? restricted : trace;
      hessian[i * k + j] = 2 * curvature - information[i * k + j]!;
      return matrix;
    }),
  );
  const traceOf = (i: number): number => -logDeterminant[secondAt(i, i)]!;
  const lost = (i: number): number => (likelihood === "REML" ? traceOfProduct(phi, first[i]!, size) : 0);
  const restriction = likelihood === "REML" ? inverse.logDeterminant - size * Math.log(2 * Math.PI) : 0;
  return {
    variances,
    deviance: logDeterminant[0]! + bilinear(r, zero, r, order) + rows * Math.log(2 * Math.PI) + restriction,
    phi,
    correction,
    gradient: indices.map((i) => logDeterminant[1 + i]! - lost(i) - bilinear(r, firstFull[i]!, r, order)),
    information,
    hessian,
    restrictedInformation,
    identified: indices.every((i) => restrictedInformation[i * k + i]! > informationTolerance * traceOf(i)),
    first,
    second,
  };
}
