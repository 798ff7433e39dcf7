import type { ModelRows } from "../moments/model-rows.ts";
import { type LeastSquares, leastSquares } from "./least-squares.ts";

/**
 * Names of columns of the rows: those that the units choose, and those that move them without being in the equation
 * themselves.
 */
export interface Instrumented {
  readonly endogenous: readonly string[];
  readonly instruments: readonly string[];
}

/**
 * Two-stage least squares. `fit` is the equation on the projected columns, with the residuals of the equation itself:
 * what every cluster-robust variance of a least-squares fit is then computed from. `first`: one regression per
 * endogenous column on all exogenous ones.
 */
export interface TwoStage {
  readonly fit: LeastSquares;
  readonly first: readonly LeastSquares[];
}

/** The rows with other columns, given as functions of the pseudo-row. */
function withColumns(
  rows: ModelRows,
  columns: readonly { readonly name: string; readonly at: (row: number) => number }[],
): ModelRows {
  const x = new Float64Array(rows.y.length * columns.length);
  for (let row = 0; row < rows.y.length; row++) {
    for (const [k, column] of columns.entries()) x[row * columns.length + k] = column.at(row);
  }
  return { ...rows, columns: columns.map(({ name }) => name), x };
}

/**
 * Two-stage least squares from pseudo-rows, which hold the cross-products of regressors, instruments and outcome. The
 * variance on the projected columns and the residuals of the equation is what `clubSandwich::vcovCR` gives for an
 * `AER::ivreg` and `estimatr::iv_robust` for its clusters. Endogenous columns stand last: one that the instruments do
 * not move is dropped.
 */
export function twoStageLeastSquares(rows: ModelRows, { endogenous, instruments }: Instrumented): TwoStage {
  const order = rows.columns.length;
  const column = (name: string) => {
    const index = rows.columns.indexOf(name);
    return { name, at: (row: number): number => rows.x[row * order + index]! };
  };
  const exogenous = rows.columns.filter((name) => !endogenous.includes(name)).map(column);
  const taken = endogenous.map(column);
  const stage = withColumns(rows, exogenous);
  const first = taken.map(({ at }) => leastSquares({ ...stage, y: rows.y.map((_, row) => at(row)), remainder: 0 }));
  const projected = taken.map(({ name, at }, k) => ({
    name,
    at: (row: number): number => at(row) - first[k]!.residuals[row]!,
  }));
  const own = exogenous.filter(({ name }) => !instruments.includes(name));
  const fit = leastSquares(withColumns(rows, [...own, ...projected]));
  const kept = fit.columns.map(column);
  const residuals = rows.y.map((value, row) =>
    kept.reduce((left, { at }, k) => left - at(row) * fit.coefficients[k]!, value),
  );
  const residualSumOfSquares = residuals.reduce((sum, residual) => sum + residual * residual, rows.remainder);
  return { fit: { ...fit, residuals, residualSumOfSquares }, first };
}
