import { eigenWorkspace, symmetricEigen } from "../matrix/eigen.ts";
import { polychoric, type Thresholds, thresholds } from "./polychoric.ts";

/** Answers to items in categories that are the same for all. */
export interface ItemTables {
  readonly items: number;
  readonly categories: number;
  /**
   * Element ((i · items + j) · categories + a) · categories + b: respondents who gave item i category a and item j
   * category b. For i = j that is a = b, and all who answered the item; pairs stand at i < j.
   */
  readonly counts: Float64Array;
}

/** Polychoric correlations (full, row-major) of items that vary, and whether they had to be made positive definite. */
export interface PolychoricMatrix {
  readonly correlation: Float64Array;
  readonly smoothed: boolean;
}

function tableOf({ items, categories, counts }: ItemTables, i: number, j: number): Float64Array {
  const size = categories * categories;
  return counts.subarray((i * items + j) * size, (i * items + j + 1) * size);
}

/** How often each category of an item was chosen. */
export function frequencies(tables: ItemTables, i: number): Float64Array {
  const own = tableOf(tables, i, i);
  return Float64Array.from({ length: tables.categories }, (_, a) => own[a * (tables.categories + 1)]!);
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Thresholds from everybody who answered the item. */
function ownThresholds(tables: ItemTables, i: number): Thresholds {
  const own = frequencies(tables, i);
  return thresholds(own, total(own));
}

/**
 * A pair with thresholds from its own table, without the categories that nobody chose in it, half a respondent in each
 * cell that stays empty, and thresholds from the table so corrected over the respondents, as psych has it.
 */
function ownPair(tables: ItemTables, i: number, j: number): number | null {
  const { categories } = tables;
  const table = tableOf(tables, i, j);
  const all = [...Array(categories).keys()];
  const rows = all.filter((a) => all.some((b) => table[a * categories + b]! > 0));
  const columns = all.filter((b) => all.some((a) => table[a * categories + b]! > 0));
  const counts = Float64Array.from(rows.flatMap((a) => columns.map((b) => table[a * categories + b]! || 0.5)));
  const n = total(table);
  const width = columns.length;
  const rowSums = rows.map((_, a) => total(counts.subarray(a * width, (a + 1) * width)));
  const columnSums = columns.map((_, b) => rows.reduce((sum, _row, a) => sum + counts[a * width + b]!, 0));
  const pair = { counts, rows: thresholds(rowSums, n), columns: thresholds(columnSums, n) };
  return polychoric(pair);
}

/** The highest category that anybody chose. */
const highest = (tables: ItemTables, i: number): number => frequencies(tables, i).findLastIndex((n) => n > 0);

/**
 * A symmetric matrix with unit diagonal made positive definite: eigenvalues below 1e-12 become 1e-10, then the diagonal
 * is one again; as R's psych::cor.smooth.
 */
function smooth(correlation: Float64Array, order: number): PolychoricMatrix {
  const room = eigenWorkspace(order);
  symmetricEigen(correlation.slice(), order, room);
  const { values, vectors } = room;
  if (values.every((value) => value >= Number.EPSILON)) return { correlation, smoothed: false };
  const raised = values.map((value) => (value < 1e-12 ? 1e-10 : value));
  const product = new Float64Array(order * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < order; j++)
      for (let k = 0; k < order; k++)
        product[i * order + j]! += raised[k]! * vectors[k * order + i]! * vectors[k * order + j]!;
  const sd = Float64Array.from({ length: order }, (_, i) => Math.sqrt(product[i * order + i]!));
  const scaled = product.map((value, k) => value / (sd[Math.floor(k / order)]! * sd[k % order]!));
  return { correlation: scaled, smoothed: true };
}

/**
 * Polychoric correlations of all pairs of items, with the defaults of R's psych::polychoric: thresholds from everybody
 * who answered an item (`global = TRUE`), unless the items differ in the highest category chosen, which makes thresholds
 * those of each pair and corrects its empty cells (`correct = .5`); smoothed where not positive definite. Null where a
 * pair of items has no correlation: no respondents, or no variation, in common.
 */
export function polychoricMatrix(tables: ItemTables): PolychoricMatrix | null {
  const { items } = tables;
  const alike = Array.from({ length: items }, (_, i) => highest(tables, i)).every((top, _, tops) => top === tops[0]);
  const own = Array.from({ length: items }, (_, i) => ownThresholds(tables, i));
  const correlation = new Float64Array(items * items);
  for (let i = 0; i < items; i++) {
    correlation[i * items + i] = 1;
    for (let j = i + 1; j < items; j++) {
      const counts = tableOf(tables, i, j);
      const rho = alike ? polychoric({ counts, rows: own[i]!, columns: own[j]! }) : ownPair(tables, i, j);
      if (rho === null) return null;
      correlation[i * items + j] = rho;
      correlation[j * items + i] = rho;
    }
  }
  return smooth(correlation, items);
}
