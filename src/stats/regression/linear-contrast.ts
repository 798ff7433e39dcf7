import type { LeastSquares } from "./least-squares.ts";

/** Whether the data say what the coefficient of a column is: it was kept, and no dropped column depends on it. */
const identified = (fit: LeastSquares, column: string): boolean =>
  fit.columns.includes(column) && !fit.dropped.some(({ spannedBy }) => spannedBy.includes(column));

/**
 * The contrast Σ weight × coefficient of the named columns, one entry per kept column of the fit: `{ trained: 1 }` is a
 * coefficient, `{ a: 1, b: -1 }` a difference. Null where one of them is not identified, because it or a column that
 * depends on it was dropped.
 */
export function linearContrast(fit: LeastSquares, weights: Readonly<Record<string, number>>): Float64Array | null {
  const contrast = new Float64Array(fit.columns.length);
  for (const [column, weight] of Object.entries(weights)) {
    if (!identified(fit, column)) return null;
    contrast[fit.columns.indexOf(column)] = weight;
  }
  return contrast;
}
