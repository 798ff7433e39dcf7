import type { Cells } from "./moments.ts";
import { upper } from "./triangular.ts";

/** A model column: one number per cell, an indicator of cells with a code, or a column of the cells that varies by row. */
export type ModelColumn =
  | { readonly name: string; readonly kind: "numbers"; readonly values: Float64Array }
  | { readonly name: string; readonly kind: "indicator"; readonly codes: Int32Array; readonly code: number }
  | { readonly name: string; readonly kind: "row"; readonly column: number };

/** Sum of a column over the rows of one cell. */
function columnSum(column: ModelColumn, cells: Cells, cell: number): number {
  if (column.kind === "row") return cells.sums[cell * cells.columns.length + column.column]!;
  if (column.kind === "numbers") return column.values[cell]! * cells.n[cell]!;
  return column.codes[cell] === column.code ? cells.n[cell]! : 0;
}

/**
 * Which cells enter a model, in which cluster, with which columns. `level`: `rows` is the regression on the rows behind
 * the cells; `means` the regression on the cells' means, weighted by their counts; `within` the regression on rows with
 * each cluster's own mean taken off every column (absorbed cluster effects).
 */
export interface CellModel {
  readonly cells: Cells;
  /** Cluster of each cell, −1 for a cell that is left out. */
  readonly cluster: Int32Array;
  readonly clusters: number;
  readonly columns: readonly ModelColumn[];
  readonly level: "rows" | "means" | "within";
}

/**
 * A regression in which every cluster is reduced to a few pseudo-rows with the same cross-products as its rows (the R
 * factor of a QR decomposition): one per cell, √n times its means, and one per row-level column for what varies inside
 * cells. Every least-squares formula that sees a cluster's rows through cross-products holds on them unchanged.
 */
export interface ModelRows {
  readonly columns: readonly string[];
  /** Rows of cluster g are `start[g] … start[g + 1]`. */
  readonly start: Int32Array;
  /** Row-major, one model column after the other. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Rows behind a pseudo-row that stands for a cell; 0 for one that stands for variation inside cells. */
  readonly behind: Float64Array;
  /** Part of the outcome's sum of squares that is orthogonal to every column. */
  readonly remainder: number;
  /** Rows behind the model. */
  readonly observations: number;
  /** Effects absorbed beforehand: the number of clusters at level `within`, else 0. */
  readonly absorbed: number;
}

function byCluster({ cluster, clusters, cells }: CellModel): { start: Int32Array; order: Int32Array } {
  const start = new Int32Array(clusters + 1);
  const used = (c: number): boolean => cluster[c]! >= 0 && cells.n[c]! > 0;
  for (let c = 0; c < cluster.length; c++) if (used(c)) start[cluster[c]! + 1]!++;
  for (let g = 0; g < clusters; g++) start[g + 1]! += start[g]!;
  const next = start.slice();
  const order = new Int32Array(start[clusters]!);
  for (let c = 0; c < cluster.length; c++) if (used(c)) order[next[cluster[c]!]!++] = c;
  return { start, order };
}

/** Adds the within-cell cross-products of one cell to `within` (packed upper); `scale` keeps the size before centring. */
function addWithin(cells: Cells, cell: number, within: Float64Array, scale: Float64Array): void {
  const m = cells.columns.length;
  const n = cells.n[cell]!;
  for (let i = 0, at = 0; i < m; i++) {
    const sum = cells.sums[cell * m + i]!;
    for (let j = i; j < m; j++, at++) {
      const product = cells.products[cell * within.length + at]!;
      within[at]! += product - (sum * cells.sums[cell * m + j]!) / n;
      if (i === j) scale[i]! += product;
    }
  }
}

/** R with R'R = within, in place (packed upper); a column without variation beyond rounding gets a row of zeros. */
function factorWithin(within: Float64Array, scale: Float64Array): void {
  const m = scale.length;
  for (let i = 0; i < m; i++) {
    for (let j = i; j < m; j++) {
      let sum = within[upper(m, i, j)]!;
      for (let k = 0; k < i; k++) sum -= within[upper(m, k, i)]! * within[upper(m, k, j)]!;
      within[upper(m, i, j)] = sum;
    }
    const pivot = within[upper(m, i, i)]!;
    const root = pivot > 1e-14 * scale[i]! ? Math.sqrt(pivot) : 0;
    for (let j = i; j < m; j++) within[upper(m, i, j)]! = root === 0 ? 0 : within[upper(m, i, j)]! / root;
  }
}

/** Reduces the rows behind the cells of a model to pseudo-rows. Cost: cells × columns. */
export function modelRows(model: CellModel): ModelRows {
  const { cells, columns, clusters, level } = model;
  const m = cells.columns.length;
  const p = columns.length;
  const { start: cellStart, order } = byCluster(model);
  const rowColumns = columns.flatMap((column, index) =>
    column.kind === "row" ? [{ index, from: column.column }] : [],
  );
  const innerRows = level === "means" || rowColumns.length === 0 ? 0 : m - 1;
  const start = new Int32Array(clusters + 1);
  for (let g = 0; g < clusters; g++) {
    const count = cellStart[g + 1]! - cellStart[g]!;
    start[g + 1] = start[g]! + (count === 0 ? 0 : count + innerRows);
  }
  const x = new Float64Array(start[clusters]! * p);
  const y = new Float64Array(start[clusters]!);
  const behind = new Float64Array(start[clusters]!);
  const within = new Float64Array((m * (m + 1)) / 2);
  const scale = new Float64Array(m);
  const centre = new Float64Array(p + 1);
  let remainder = 0;
  let observations = 0;

  function cellRow(cell: number, row: number): void {
    const n = cells.n[cell]!;
    const root = Math.sqrt(n);
    for (let j = 0; j < p; j++) x[row * p + j] = columnSum(columns[j]!, cells, cell) / root;
    y[row] = cells.sums[cell * m + m - 1]! / root;
    behind[row] = n;
    observations += n;
  }

  function takeOffClusterMean(first: number, last: number, count: number, firstCell: number): void {
    centre.fill(0);
    for (let row = first; row < last; row++) {
      const root = Math.sqrt(cells.n[order[firstCell + row - first]!]!);
      for (let j = 0; j < p; j++) centre[j]! += (x[row * p + j]! * root) / count;
      centre[p]! += (y[row]! * root) / count;
    }
    for (let row = first; row < last; row++) {
      const root = Math.sqrt(cells.n[order[firstCell + row - first]!]!);
      for (let j = 0; j < p; j++) x[row * p + j]! -= centre[j]! * root;
      y[row]! -= centre[p]! * root;
    }
  }

  function innerRow(row: number): void {
    if (innerRows === 0) {
      remainder += within[within.length - 1]!;
      return;
    }
    factorWithin(within, scale);
    for (let i = 0; i < innerRows; i++) {
      for (const { index, from } of rowColumns) if (from >= i) x[(row + i) * p + index] = within[upper(m, i, from)]!;
      y[row + i] = within[upper(m, i, m - 1)]!;
    }
    remainder += within[upper(m, m - 1, m - 1)]! ** 2;
  }

  for (let g = 0; g < clusters; g++) {
    const first = start[g]!;
    const firstCell = cellStart[g]!;
    const count = cellStart[g + 1]! - firstCell;
    if (count === 0) continue;
    within.fill(0);
    scale.fill(0);
    let total = 0;
    for (let k = 0; k < count; k++) {
      const cell = order[firstCell + k]!;
      cellRow(cell, first + k);
      addWithin(cells, cell, within, scale);
      total += cells.n[cell]!;
    }
    if (level === "within") takeOffClusterMean(first, first + count, total, firstCell);
    if (level !== "means") innerRow(first + count);
  }
  return {
    columns: columns.map((column) => column.name),
    start,
    x,
    y,
    behind,
    remainder,
    observations,
    absorbed: level === "within" ? clusters : 0,
  };
}
