import { choleskyDropping } from "../matrix/cholesky.ts";
import { finish, nextCluster, outerSums } from "../matrix/outer-sums.ts";
import { lower, packedLength, solveLowerTransposed, solveRows } from "../matrix/triangular.ts";
import type { ModelRows } from "../moments/model-rows.ts";

/** A column left out, and the kept columns that span it. */
export interface DroppedColumn {
  readonly name: string;
  readonly spannedBy: readonly string[];
  /** Its coefficients on the kept columns before it, in the order of `columns`; zero where it is rounding. */
  readonly coefficients: Float64Array;
}

/** An ordinary least-squares fit; `coefficients` has one entry per kept column, in the order of `columns`. */
export interface LeastSquares {
  readonly columns: readonly string[];
  readonly dropped: readonly DroppedColumn[];
  readonly coefficients: Float64Array;
  /** L with LL' = X'X, packed lower triangle. */
  readonly factor: Float64Array;
  /** L⁻¹ times each pseudo-row, row-major: the orthonormal design, whose cross-product is the identity. */
  readonly orthonormal: Float64Array;
  /** Residual of each pseudo-row. */
  readonly residuals: Float64Array;
  readonly start: Int32Array;
  readonly residualSumOfSquares: number;
  readonly observations: number;
  readonly absorbed: number;
}

/** Shares of a column below this are rounding (unit-diagonal scale). */
const rankTolerance = 1e-10;
/** A column counts as part of a dependence from here on, measured in roots of sums of squares. */
const dependenceTolerance = 1e-6;

function crossProduct(x: Float64Array, rows: number, order: number): Float64Array {
  const product = new Float64Array(packedLength(order));
  for (let row = 0; row < rows; row++) {
    for (let i = 0, at = 0; i < order; i++) {
      const xi = x[row * order + i]!;
      if (xi === 0) at += i + 1;
      else for (let j = 0; j <= i; j++, at++) product[at]! += xi * x[row * order + j]!;
    }
  }
  return product;
}

/** The same for rows without zeros, four at a time. */
function denseCrossProduct(x: Float64Array, rows: number, order: number): Float64Array {
  const outer = outerSums(order, 1);
  for (let row = 0, from = 0; row < rows; row++, from += order) {
    for (let k = 0, at = outer.place; k < order; k++, at += 4) outer.waiting[at] = x[from + k]!;
    nextCluster(outer);
  }
  finish(outer);
  return outer.sums;
}

function pick(x: Float64Array, rows: number, order: number, kept: Int32Array): Float64Array {
  if (kept.length === order) return x;
  const picked = new Float64Array(rows * kept.length);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < kept.length; k++) picked[row * kept.length + k] = x[row * order + kept[k]!]!;
  }
  return picked;
}

/** L M for packed lower triangles. */
function multiplyLower(left: Float64Array, right: Float64Array, order: number): Float64Array {
  const product = new Float64Array(left.length);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = j; k <= i; k++) sum += left[lower(i, k)]! * right[lower(k, j)]!;
      product[lower(i, j)] = sum;
    }
  }
  return product;
}

/**
 * Makes the columns orthonormal twice (CholeskyQR2, Yamamoto et al. 2015): the second pass takes off what the squared condition of
 * the cross-product put on, so that the result is as good as a QR decomposition.
 */
function orthonormalise(
  x: Float64Array,
  rows: number,
  factor: Float64Array,
  order: number,
): Pick<LeastSquares, "orthonormal" | "factor"> {
  const orthonormal = x.slice();
  solveRows(factor, order, orthonormal);
  const second = choleskyDropping(denseCrossProduct(orthonormal, rows, order), order, 0).factor;
  solveRows(second, order, orthonormal);
  return { orthonormal, factor: multiplyLower(factor, second, order) };
}

/** Adds L⁻ᵀ W'r to the coefficients, where W is the orthonormal design: one step of least squares on a residual. */
function refine(fit: Pick<LeastSquares, "orthonormal" | "factor" | "coefficients">, residuals: Float64Array): void {
  const order = fit.coefficients.length;
  const step = new Float64Array(order);
  const { orthonormal } = fit;
  for (let row = 0, at = 0; row < residuals.length; row++) {
    const residual = residuals[row]!;
    for (let j = 0; j < order; j++, at++) step[j]! += orthonormal[at]! * residual;
  }
  solveLowerTransposed(fit.factor, order, step, 0);
  for (let j = 0; j < order; j++) fit.coefficients[j]! += step[j]!;
}

function residualsOf(x: Float64Array, y: Float64Array, coefficients: Float64Array): Float64Array {
  const order = coefficients.length;
  const residuals = y.slice();
  for (let row = 0, at = 0; row < y.length; row++) {
    let residual = y[row]!;
    for (let j = 0; j < order; j++, at++) residual -= x[at]! * coefficients[j]!;
    residuals[row] = residual;
  }
  return residuals;
}

/**
 * Ordinary least squares, as R's `lm`, by the Cholesky factor of the scaled cross-product with one step of refinement.
 * Columns that earlier columns span are dropped and named, as `lm` gives them NA. Without rows or columns the fit is
 * empty, never an error.
 */
export function leastSquares(model: ModelRows): LeastSquares {
  const rows = model.y.length;
  const order = model.columns.length;
  const product = crossProduct(model.x, rows, order);
  const { factor, kept, dropped } = choleskyDropping(product, order, rankTolerance);
  const x = pick(model.x, rows, order, kept);
  const coefficients = new Float64Array(kept.length);
  const fit = { ...orthonormalise(x, rows, factor, kept.length), coefficients };
  refine(fit, model.y);
  refine(fit, residualsOf(x, model.y, coefficients));
  const residuals = residualsOf(x, model.y, coefficients);
  const size = (column: number): number => Math.sqrt(product[lower(column, column)]!);
  const spanning = (column: number, weights: Float64Array): Float64Array =>
    weights.map((weight, k) => (Math.abs(weight) * size(kept[k]!) > dependenceTolerance * size(column) ? weight : 0));
  return {
    ...fit,
    columns: Array.from(kept, (column) => model.columns[column]!),
    dropped: dropped.map(({ column, coefficients: weights }) => {
      const spanned = spanning(column, weights);
      const spannedBy = Array.from(kept, (k) => model.columns[k]!).filter((_, k) => (spanned[k] ?? 0) !== 0);
      return { name: model.columns[column]!, spannedBy, coefficients: spanned };
    }),
    residuals,
    start: model.start,
    residualSumOfSquares: residuals.reduce((sum, residual) => sum + residual * residual, model.remainder),
    observations: model.observations,
    absorbed: model.absorbed,
  };
}
