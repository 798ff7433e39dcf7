/** Cronbach's alpha of items with this covariance matrix (full, row-major); as `raw_alpha` of R's psych::alpha. */
export function cronbachAlpha(covariance: Float64Array, items: number): number {
  const total = covariance.reduce((sum, value) => sum + value, 0);
  let trace = 0;
  for (let i = 0; i < items; i++) trace += covariance[i * items + i]!;
  return (items / (items - 1)) * (1 - trace / total);
}

/** Loadings of one factor, and whether one of them stopped at the bound that keeps its uniqueness at 0.005 (Heywood). */
export interface OneFactor {
  readonly loadings: Float64Array;
  readonly heywood: boolean;
}

const largestLoading = Math.sqrt(0.995);

/** Best loading of item i given the others: least squares on its off-diagonal correlations. */
function bestLoading(correlation: Float64Array, loadings: Float64Array, i: number): number {
  const items = loadings.length;
  let cross = 0;
  let squares = 0;
  for (let j = 0; j < items; j++) {
    if (j === i) continue;
    cross += correlation[i * items + j]! * loadings[j]!;
    squares += loadings[j]! ** 2;
  }
  const best = squares > 0 ? cross / squares : 0;
  return Math.min(largestLoading, Math.max(-largestLoading, best));
}

/**
 * One factor by minimum residuals (Harman & Jones 1966): the loadings whose products come closest to the correlations
 * off the diagonal (full matrix, row-major), item by item until nothing moves. Two items share one loading.
 */
export function minimumResiduals(correlation: Float64Array, items: number): OneFactor {
  if (items === 2) {
    const size = Math.sqrt(Math.abs(correlation[1]!));
    return { loadings: Float64Array.of(size, Math.sign(correlation[1]!) * size), heywood: false };
  }
  const loadings = new Float64Array(items).fill(0.5);
  for (let round = 0; round < 20_000; round++) {
    let moved = 0;
    for (let i = 0; i < items; i++) {
      const best = bestLoading(correlation, loadings, i);
      moved = Math.max(moved, Math.abs(best - loadings[i]!));
      loadings[i] = best;
    }
    if (moved < 1e-15) break;
  }
  return { loadings, heywood: loadings.some((loading) => Math.abs(loading) >= largestLoading) };
}

/**
 * McDonald's omega total, 1 − Σu² / ΣR, items with a negative loading turned first; as `omega.tot` of R's psych::omega
 * with one factor.
 */
export function omegaTotal(correlation: Float64Array, { loadings }: OneFactor): number {
  const items = loadings.length;
  let total = 0;
  let uniqueness = 0;
  for (let i = 0; i < items; i++) {
    uniqueness += 1 - loadings[i]! ** 2;
    const sign = loadings[i]! < 0 ? -1 : 1;
    for (let j = 0; j < items; j++) total += sign * (loadings[j]! < 0 ? -1 : 1) * correlation[i * items + j]!;
  }
  return 1 - uniqueness / total;
}
