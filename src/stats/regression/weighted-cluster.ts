import { solveLower, upper } from "../matrix/triangular.ts";
import type { CellModel, ModelColumn } from "../moments/model-rows.ts";
import type { Cells, WeightedCells } from "../moments/moments.ts";
import type { LeastSquares } from "./least-squares.ts";

/**
 * One cluster of a weighted regression through a basis Q of its columns: the constant and the columns that vary by row.
 * `products` are Q'Q, Q'WQ and Q'W²Q (full, row-major, q × q), `residuals` Q'e and Q'We, and `rows` (q × columns, row-major)
 * takes the basis to the orthonormal columns: X̃ = Q · rows with X̃'WX̃ summing to the identity.
 */
export interface WeightedCluster {
  readonly products: readonly [Float64Array, Float64Array, Float64Array];
  readonly residuals: readonly [Float64Array, Float64Array];
  readonly rows: Float64Array;
}

/** The columns that the fit kept, and which columns of the cells vary by row in them. */
interface KeptColumns {
  readonly columns: readonly ModelColumn[];
  readonly varying: readonly number[];
}

function keptColumns({ columns }: CellModel, fit: LeastSquares): KeptColumns {
  const kept: ModelColumn[] = [];
  for (const column of columns) if (column.name === fit.columns[kept.length]) kept.push(column);
  return { columns: kept, varying: kept.flatMap((column) => (column.kind === "row" ? [column.column] : [])) };
}

/** Σ of the product of two basis columns over a cell; −1 is the constant. */
function moment(cells: Cells, cell: number, a: number, b: number): number {
  const m = cells.columns.length;
  if (a < 0 && b < 0) return cells.n[cell]!;
  if (a < 0 || b < 0) return cells.sums[cell * m + Math.max(a, b)]!;
  return cells.products[(cell * m * (m + 1)) / 2 + upper(m, Math.min(a, b), Math.max(a, b))]!;
}

/** Row of the basis, written in the model's columns: q × columns. */
function basisRows({ columns, varying }: KeptColumns, cell: number): Float64Array {
  const order = columns.length;
  const rows = new Float64Array((1 + varying.length) * order);
  columns.forEach((column, j) => {
    if (column.kind === "row") rows[(1 + varying.indexOf(column.column)) * order + j] = 1;
    else if (column.kind === "numbers") rows[j] = column.values[cell]!;
    else rows[j] = Number(column.codes[cell] === column.code);
  });
  return rows;
}

function clusterOf(kept: KeptColumns, cells: WeightedCells, fit: LeastSquares, cell: number): WeightedCluster {
  const basis = [-1, ...kept.varying];
  const outcome = cells.columns.length - 1;
  const order = kept.columns.length;
  const rows = basisRows(kept, cell);
  const fitted = basis.map((_, i) => fit.coefficients.reduce((sum, b, j) => sum + b * rows[i * order + j]!, 0));
  const productsOf = (of: Cells) => Float64Array.from(basis.flatMap((a) => basis.map((b) => moment(of, cell, a, b))));
  const residualsOf = (of: Cells) =>
    Float64Array.from(basis, (a) =>
      basis.reduce((sum, b, k) => sum - moment(of, cell, a, b) * fitted[k]!, moment(of, cell, a, outcome)),
    );
  for (let i = 0; i < basis.length; i++) solveLower(fit.factor, order, rows, i * order);
  return {
    products: [productsOf(cells.plain), productsOf(cells), productsOf(cells.squared)],
    residuals: [residualsOf(cells.plain), residualsOf(cells)],
    rows,
  };
}

/** The clusters of a weighted fit, of which each has one cell (one wave); two are a mistake of the caller and throw. */
export function* weightedClusters(
  model: CellModel,
  cells: WeightedCells,
  fit: LeastSquares,
): Generator<WeightedCluster> {
  const kept = keptColumns(model, fit);
  const seen = new Set<number>();
  for (const [cell, cluster] of model.cluster.entries()) {
    if (cluster < 0 || cells.plain.n[cell] === 0) continue;
    if (seen.has(cluster)) throw new RangeError("A weighted cluster has one cell.");
    seen.add(cluster);
    yield clusterOf(kept, cells, fit, cell);
  }
}
