import type { GroupMoments } from "./factor-moments.ts";

const meanOver = (values: ArrayLike<number>, rows: Int32Array): number =>
  rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;

/** Respondents who answered every item: all numbers are finite. */
function completeRows(items: readonly ArrayLike<number>[]): Int32Array {
  const count = items[0]?.length ?? 0;
  if (items.some(({ length }) => length !== count)) throw new RangeError("Items have different numbers of answers.");
  return Int32Array.from({ length: count }, (_, row) => row).filter((row) =>
    items.every((item) => Number.isFinite(item[row])),
  );
}

function covarianceOver(items: readonly ArrayLike<number>[], rows: Int32Array, divisor: number): Float64Array {
  const means = items.map((item) => meanOver(item, rows));
  const entry = (i: number, j: number): number =>
    rows.reduce((sum, row) => sum + (items[i]![row]! - means[i]!) * (items[j]![row]! - means[j]!), 0) / divisor;
  return Float64Array.from({ length: items.length ** 2 }, (_, at) =>
    entry(Math.floor(at / items.length), at % items.length),
  );
}

/**
 * Covariance matrix of items (full, row-major, divisor n − 1) from one array per item with one entry per respondent, over
 * the respondents who answered all of them (entries that are not finite are missing); as R's `cov(use = "complete.obs")`.
 * Null with fewer than two such respondents. Throws a RangeError where arrays differ in length.
 */
export function covarianceMatrix(items: readonly ArrayLike<number>[]): Float64Array | null {
  const rows = completeRows(items);
  return rows.length < 2 ? null : covarianceOver(items, rows, rows.length - 1);
}

/** Correlation matrix (full, row-major) of a covariance matrix, as R's `cov2cor`. Null where an item does not vary. */
export function correlationMatrix(covariance: Float64Array, items: number): Float64Array | null {
  const sd = Float64Array.from({ length: items }, (_, i) => Math.sqrt(covariance[i * items + i]!));
  if (!sd.every((one) => one > 0)) return null;
  return covariance.map((value, at) => {
    const [i, j] = [Math.floor(at / items), at % items];
    return i === j ? 1 : value / (sd[i]! * sd[j]!);
  });
}

/**
 * What `factorInvariance` needs of one group of respondents: one array per item, as for `covarianceMatrix`, reduced to
 * the means and covariances (divisor n) of those who answered all items. Null where nobody did.
 */
export function factorGroup(items: readonly ArrayLike<number>[]): GroupMoments | null {
  const rows = completeRows(items);
  if (rows.length === 0) return null;
  const pattern = {
    n: rows.length,
    items: Int32Array.from(items.keys()),
    means: Float64Array.from(items, (item) => meanOver(item, rows)),
    covariance: covarianceOver(items, rows, rows.length),
  };
  return { patterns: [pattern] };
}
