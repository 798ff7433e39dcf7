/**
 * Moments of one outcome: per cell (one leader in one wave) the count, sums and cross-products of the row-level
 * columns, as a structure of arrays. No row of a survey is ever on this side of them.
 *
 * With m columns (the covariate columns first, the outcome last): `n` has one entry per cell, `sums` m per cell and
 * `products` m(m+1)/2 per cell (packed upper triangle, row by row). Every column had its declared `shift` (the middle
 * of its range) subtracted before it was summed, so that slopes lose no digits; the unit is the reported one.
 */
export interface Cells {
  readonly columns: readonly string[];
  readonly shift: Float64Array;
  /** Index of the leader in `Design.leaders`. */
  readonly leader: Int32Array;
  /** Index of the wave in the study's waves. */
  readonly wave: Int32Array;
  readonly n: Float64Array;
  readonly sums: Float64Array;
  readonly products: Float64Array;
  /** Rows that had the outcome but not all covariates, and are therefore in no cell. */
  readonly dropped: number;
}

/**
 * Moments of rows that carry a sampling weight w, added up three ways over the same cells and columns: times w (the
 * cells themselves, so that `n` is Σw), as they are (`plain`) and times w² (`squared`).
 */
export interface WeightedCells extends Cells {
  readonly plain: Cells;
  readonly squared: Cells;
}

/** Whether cells carry sampling weights. */
export const isWeighted = (cells: Cells): cells is WeightedCells => "squared" in cells;
