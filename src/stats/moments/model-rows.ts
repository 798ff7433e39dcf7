import { upper } from "../matrix/triangular.ts";
import type { Cells } from "./moments.ts";
import { addWithin, factorWithin, type WithinCells, withinCells } from "./within-cells.ts";

/**
 * A model column: one number per cell, an indicator of cells with a code, a column of the cells that varies by row, or
 * that column less `centre` where the cell has a code and zero elsewhere (all cells of a cluster have it, or none).
 */
export type ModelColumn =
  | { readonly name: string; readonly kind: "numbers"; readonly values: Float64Array }
  | { readonly name: string; readonly kind: "indicator"; readonly codes: Int32Array; readonly code: number }
  | { readonly name: string; readonly kind: "row"; readonly column: number }
  | RowWithin;

interface RowWithin {
  readonly name: string;
  readonly kind: "row within";
  readonly column: number;
  readonly centre: number;
  readonly codes: Int32Array;
  readonly code: number;
}

/** Sum of a column over the rows of one cell. */
function columnSum(column: ModelColumn, cells: Cells, cell: number): number {
  if (column.kind === "row") return cells.sums[cell * cells.columns.length + column.column]!;
  if (column.kind === "numbers") return column.values[cell]! * cells.n[cell]!;
  if (column.codes[cell] !== column.code) return 0;
  if (column.kind === "indicator") return cells.n[cell]!;
  return cells.sums[cell * cells.columns.length + column.column]! - column.centre * cells.n[cell]!;
}

/**
 * Which cells enter a model, in which cluster, with which columns. `level`: `rows` is the regression on the rows in
 * the cells; `means` the regression on the cells' means, of which each counts the same; `absorb` the regression on rows with
 * the mean of each group of cells taken off every column (absorbed group effects). Groups lie inside clusters.
 */
export interface CellModel {
  readonly cells: Cells;
  /** Cluster of each cell, −1 for a cell that is left out. */
  readonly cluster: Int32Array;
  readonly clusters: number;
  readonly columns: readonly ModelColumn[];
  readonly level: "rows" | "means" | { readonly absorb: Int32Array };
}

/**
 * A regression in which every cluster is reduced to a few pseudo-rows with the same cross-products as its rows (the R
 * factor of a QR decomposition): one per cell, √n times its means, and one per row-level column for what varies inside
 * cells. (At level `means` the rows are the cells' means themselves.) Every least-squares formula that sees a cluster's rows through cross-products holds on them unchanged.
 */
export interface ModelRows {
  readonly columns: readonly string[];
  /** Rows of cluster g are `start[g] … start[g + 1]`. */
  readonly start: Int32Array;
  /** Row-major, one model column after the other. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Rows in the cell that a pseudo-row stands for; 0 for one that stands for variation inside cells. */
  readonly counts: Float64Array;
  /** Part of the outcome's sum of squares that is orthogonal to every column. */
  readonly remainder: number;
  /** Rows of the regression: those behind the cells, at level `means` one per cell. */
  readonly observations: number;
  /** Effects absorbed beforehand: the groups of level `absorb` that have rows, else 0. */
  readonly absorbed: number;
}

const groupsOf = ({ level }: CellModel): Int32Array | null => (typeof level === "string" ? null : level.absorb);

/** Cells in use by cluster, inside a cluster by group where groups are absorbed. */
function byCluster(model: CellModel): { start: Int32Array; order: Int32Array } {
  const { cluster, clusters, cells } = model;
  const start = new Int32Array(clusters + 1);
  const used = (c: number): boolean => cluster[c]! >= 0 && cells.n[c]! > 0;
  for (let c = 0; c < cluster.length; c++) if (used(c)) start[cluster[c]! + 1]!++;
  for (let g = 0; g < clusters; g++) start[g + 1]! += start[g]!;
  const next = start.slice();
  const order = new Int32Array(start[clusters]!);
  for (let c = 0; c < cluster.length; c++) if (used(c)) order[next[cluster[c]!]!++] = c;
  const group = groupsOf(model);
  if (group !== null) order.sort((a, b) => cluster[a]! - cluster[b]! || group[a]! - group[b]! || a - b);
  return { start, order };
}

/** What is filled in while one cluster after the other is reduced. */
interface Draft {
  readonly model: CellModel;
  /** Cells by cluster: those of cluster g are `order[cellStart[g] … cellStart[g + 1])`. */
  readonly cellStart: Int32Array;
  readonly order: Int32Array;
  /** Model columns that vary by row, with the column of the cells that they come from, and where only in some cells. */
  readonly rowColumns: readonly { readonly index: number; readonly from: number; readonly within: RowWithin | null }[];
  /** Pseudo-rows per cluster for what varies inside cells. */
  readonly innerRows: number;
  readonly start: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly counts: Float64Array;
  readonly within: WithinCells;
  remainder: number;
  absorbed: number;
}

function draftOf(model: CellModel): Draft {
  const { cells, columns, clusters, level } = model;
  const { start: cellStart, order } = byCluster(model);
  const rowColumns = columns.flatMap((column, index) =>
    column.kind === "row" || column.kind === "row within"
      ? [{ index, from: column.column, within: column.kind === "row" ? null : column }]
      : [],
  );
  const innerRows = level === "means" || rowColumns.length === 0 ? 0 : cells.columns.length - 1;
  const start = new Int32Array(clusters + 1);
  for (let g = 0; g < clusters; g++) {
    const count = cellStart[g + 1]! - cellStart[g]!;
    start[g + 1] = start[g]! + (count === 0 ? 0 : count + innerRows);
  }
  const rows = start[clusters]!;
  return {
    model,
    cellStart,
    order,
    rowColumns,
    innerRows,
    start,
    x: new Float64Array(rows * columns.length),
    y: new Float64Array(rows),
    counts: new Float64Array(rows),
    within: withinCells(cells.columns.length),
    remainder: 0,
    absorbed: 0,
  };
}

/** √n times the means of one cell, or its means. */
function fillCellRow({ model: { cells, columns, level }, x, y, counts }: Draft, cell: number, row: number): void {
  const m = cells.columns.length;
  const p = columns.length;
  const divisor = level === "means" ? cells.n[cell]! : Math.sqrt(cells.n[cell]!);
  for (let j = 0; j < p; j++) x[row * p + j] = columnSum(columns[j]!, cells, cell) / divisor;
  y[row] = cells.sums[cell * m + m - 1]! / divisor;
  counts[row] = cells.n[cell]!;
}

/** Part of a number below which its distance from the mean is rounding. */
const centringTolerance = 1e-13;

/**
 * Takes the mean over some rows off `width` numbers per pseudo-row, of those that stand for cells. What is the
 * same in all cells becomes zero, not the rounding of zero: a column of nothing else must be seen to be empty.
 */
function centre(values: Float64Array, width: number, counts: Float64Array, first: number, last: number): void {
  let n = 0;
  for (let row = first; row < last; row++) n += counts[row]!;
  for (let j = 0; j < width; j++) {
    let mean = 0;
    for (let row = first; row < last; row++) mean += (values[row * width + j]! * Math.sqrt(counts[row]!)) / n;
    for (let row = first; row < last; row++) {
      const share = mean * Math.sqrt(counts[row]!);
      const rest = values[row * width + j]! - share;
      values[row * width + j] = Math.abs(rest) <= centringTolerance * Math.abs(share) ? 0 : rest;
    }
  }
}

/** Pseudo-rows for what varies inside the cells of one cluster; what the columns cannot reach goes to the remainder. */
function fillInnerRows(draft: Draft, row: number, cell: number): void {
  const { model, rowColumns, innerRows, x, y, within } = draft;
  const m = within.scale.length;
  const p = model.columns.length;
  if (innerRows === 0) {
    draft.remainder += within.products.at(-1)!;
    return;
  }
  factorWithin(within);
  for (let i = 0; i < innerRows; i++) {
    for (const { index, from, within: only } of rowColumns) {
      if (only !== null && only.codes[cell] !== only.code) continue;
      if (from >= i) x[(row + i) * p + index] = within.products[upper(m, i, from)]!;
    }
    y[row + i] = within.products[upper(m, i, m - 1)]!;
  }
  draft.remainder += within.products.at(-1)! ** 2;
}

/** Takes each group's own mean off the pseudo-rows of one cluster; how many groups there are. */
function absorbGroups({ model, order, cellStart, x, y, counts }: Draft, group: Int32Array, g: number, first: number) {
  const count = cellStart[g + 1]! - cellStart[g]!;
  const groupAt = (k: number): number => group[order[cellStart[g]! + k]!]!;
  let groups = 0;
  for (let from = 0; from < count; groups++) {
    let to = from + 1;
    while (to < count && groupAt(to) === groupAt(from)) to++;
    centre(x, model.columns.length, counts, first + from, first + to);
    centre(y, 1, counts, first + from, first + to);
    from = to;
  }
  return groups;
}

function reduceCluster(draft: Draft, g: number): void {
  const { model, cellStart, order, start, within } = draft;
  const first = start[g]!;
  const count = cellStart[g + 1]! - cellStart[g]!;
  if (count === 0) return;
  within.products.fill(0);
  within.scale.fill(0);
  for (let k = 0; k < count; k++) {
    const cell = order[cellStart[g]! + k]!;
    fillCellRow(draft, cell, first + k);
    addWithin(model.cells, cell, within);
  }
  const group = groupsOf(model);
  if (group !== null) draft.absorbed += absorbGroups(draft, group, g, first);
  if (model.level !== "means") fillInnerRows(draft, first + count, order[cellStart[g]!]!);
}

/** Reduces the rows of the cells of a model to pseudo-rows. Cost: cells × columns. */
export function modelRows(model: CellModel): ModelRows {
  const draft = draftOf(model);
  for (let g = 0; g < model.clusters; g++) reduceCluster(draft, g);
  return {
    columns: model.columns.map((column) => column.name),
    start: draft.start,
    x: draft.x,
    y: draft.y,
    counts: draft.counts,
    remainder: draft.remainder,
    observations: model.level === "means" ? draft.y.length : draft.counts.reduce((sum, n) => sum + n, 0),
    absorbed: draft.absorbed,
  };
}
