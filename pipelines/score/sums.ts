import type { ScaleSums } from "../../src/estimation/measurement/measurement.ts";
import { missingKinds, type Rater, type Scale } from "../../src/study/study.ts";
import {
  type itemPairs,
  type itemTables,
  type missingCounts,
  resolution,
  type scaleSums,
} from "../../src/tables/scored.ts";
import type { Row } from "../../src/tables/table.ts";

type PairRow = Row<typeof itemPairs>;
type MissingRow = Row<typeof missingCounts>;
type TableRow = Row<typeof itemTables>;

const square = (
  order: number,
  pairs: readonly PairRow[],
  value: (pair: PairRow, turned: boolean) => number,
): Float64Array => {
  const matrix = new Float64Array(order * order);
  for (const pair of pairs) {
    matrix[(pair.i - 1) * order + pair.j - 1] = value(pair, false);
    matrix[(pair.j - 1) * order + pair.i - 1] = value(pair, true);
  }
  return matrix;
};

/** Sums over pairs of items as square matrices, in the raw unit of the answers. */
const pairMatrices = (scale: Scale, pairs: readonly PairRow[]): ScaleSums["pairs"] => {
  if (scale.kind !== "items" || pairs.length === 0) return null;
  const unit = (scale.high - scale.low) / resolution;
  const order = scale.items.length;
  return {
    shift: (scale.low + scale.high) / 2,
    n: square(order, pairs, ({ n }) => n),
    sums: square(order, pairs, (pair, turned) => (turned ? pair.sum_j : pair.sum_i) * unit),
    squares: square(order, pairs, (pair, turned) => (turned ? pair.sum_jj : pair.sum_ii) * unit * unit),
    products: square(order, pairs, (pair) => pair.sum_ij * unit * unit),
  };
};

/** Between how many answers a respondent chose. */
export const answersOf = ({ low, high }: Scale): number => high - low + 1;

/** Counts of pairs of answers, by category from the lowest answer; null where there are none, or not whole ones. */
const tablesOf = (scale: Scale, rows: readonly TableRow[]): ScaleSums["tables"] => {
  const categories = answersOf(scale);
  if (scale.kind !== "items" || rows.length === 0 || !Number.isInteger(categories)) return null;
  const items = scale.items.length;
  const counts = new Float64Array((items * categories) ** 2);
  const category = (item: number, answer: number): number =>
    scale.items[item - 1]?.reversed ? scale.high - answer : answer - scale.low;
  for (const { i, j, answer_i, answer_j, n } of rows) {
    const [a, b] = [category(i, answer_i), category(j, answer_j)];
    if (!Number.isInteger(a) || !Number.isInteger(b)) return null;
    counts[(((i - 1) * items + j - 1) * categories + a) * categories + b] = n;
  }
  return { items, categories, counts };
};

const missingOf = (missing: readonly MissingRow[], place: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    missing.filter(({ item }) => item === place).map(({ kind, n }) => [missingKinds[kind - 1] ?? "blank", n]),
  );

/** What of a scale, rater and wave its sums are made of. */
interface Parts {
  readonly pairs: readonly PairRow[];
  readonly tables: readonly TableRow[];
  readonly missing: readonly MissingRow[];
}

/** The sums of one scale, rater and wave, in the units that statistics are reported in. */
export const sumsOf = (scale: Scale, row: Row<typeof scaleSums>, parts: Parts): ScaleSums => ({
  scale: scale.id,
  rater: row.rater as Rater,
  wave: row.wave,
  kind: scale.kind,
  items: scale.kind === "items" ? scale.items.map(({ id }) => id) : scale.kind === "scales" ? scale.of : [],
  pairs: pairMatrices(scale, parts.pairs),
  tables: tablesOf(scale, parts.tables),
  score: {
    n: row.n,
    shift: row.middle,
    sum: row.sum,
    sumOfSquares: row.sum_of_squares,
    leaders: row.leaders,
    between: row.between,
  },
  agreement: { mean: row.rwg, skewed: row.rwg_skewed, leaders: row.rwg_leaders, answers: answersOf(scale) },
  missing: scale.kind === "items" ? scale.items.map((_, index) => missingOf(parts.missing, index + 1)) : [],
});
