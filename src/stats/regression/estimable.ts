import type { LeastSquares } from "./least-squares.ts";

/** Part of a contrast's terms below which their sum is rounding. */
const tolerance = 1e-6;

/**
 * A contrast of the coefficients of named columns, as one of the kept columns; null where the data do not tell it: where
 * two solutions of the normal equations differ in it. Columns that were never in the model are not in the contrast
 * either, unless their weight is not zero.
 */
export function estimable(fit: LeastSquares, weights: ReadonlyMap<string, number>): Float64Array | null {
  const contrast = Float64Array.from(fit.columns, (name) => weights.get(name) ?? 0);
  const known = new Set([...fit.columns, ...fit.dropped.map(({ name }) => name)]);
  if ([...weights].some(([name, weight]) => weight !== 0 && !known.has(name))) return null;
  for (const { name, coefficients } of fit.dropped) {
    let left = weights.get(name) ?? 0;
    let size = Math.abs(left);
    for (let k = 0; k < coefficients.length; k++) {
      left -= coefficients[k]! * contrast[k]!;
      size += Math.abs(coefficients[k]! * contrast[k]!);
    }
    if (Math.abs(left) > tolerance * size) return null;
  }
  return contrast.some((weight) => weight !== 0) ? contrast : null;
}
