import type { ModelRows } from "./model-rows.ts";

/**
 * A regression as arrays with one entry per observation. `columns` are the regressors by name, without the intercept;
 * `cluster` says which observations are not independent of each other (numbers or names; a different one for each where
 * all are).
 */
export interface Observations {
  readonly outcome: ArrayLike<number>;
  readonly columns: Readonly<Record<string, ArrayLike<number>>>;
  readonly cluster: ArrayLike<number | string>;
}

/** Model rows that are single observations, cluster by cluster. */
export interface ObservedRows extends ModelRows {
  /** Cluster g's own name, in the order in which clusters first occur. */
  readonly clusters: readonly (number | string)[];
  /** Index of each row in the arrays that were given. */
  readonly order: Int32Array;
  /** Observations left out because one of their numbers is not finite, as R's `na.omit` does. */
  readonly dropped: number;
}

/** Name of the first column, as R's `lm` has it. */
export const interceptName = "(Intercept)";

function checkLengths({ outcome, columns, cluster }: Observations): void {
  const named = [["cluster", cluster] as const, ...Object.entries(columns)];
  for (const [name, { length }] of named) {
    if (length !== outcome.length) throw new RangeError(`${name} has ${length} entries, outcome ${outcome.length}.`);
  }
}

/** Indices of complete observations by cluster, clusters in the order in which they first occur. */
function membersByCluster({ outcome, columns, cluster }: Observations): ReadonlyMap<number | string, number[]> {
  const values = [outcome, ...Object.values(columns)];
  const members = new Map<number | string, number[]>();
  for (let i = 0; i < outcome.length; i++) {
    if (!values.every((each) => Number.isFinite(each[i]))) continue;
    const own = members.get(cluster[i]!);
    if (own) own.push(i);
    else members.set(cluster[i]!, [i]);
  }
  return members;
}

/**
 * The rows of `outcome ~ columns` with an intercept first, as R's `lm`, for `leastSquares`, `twoStageLeastSquares`,
 * `mixedModel` and the tests by draws. Observations with a number that is not finite are left out and counted. Throws a
 * RangeError where arrays differ in length.
 */
export function rowsFrom(observations: Observations): ObservedRows {
  checkLengths(observations);
  const { outcome, columns } = observations;
  const members = membersByCluster(observations);
  const order = Int32Array.from([...members.values()].flat());
  const start = new Int32Array(members.size + 1);
  for (const [g, own] of [...members.values()].entries()) start[g + 1] = start[g]! + own.length;
  const regressors = Object.values(columns);
  const width = 1 + regressors.length;
  const x = new Float64Array(order.length * width).fill(1);
  for (const [row, i] of order.entries()) {
    for (const [k, regressor] of regressors.entries()) x[row * width + 1 + k] = regressor[i]!;
  }
  return {
    columns: [interceptName, ...Object.keys(columns)],
    start,
    x,
    y: Float64Array.from(order, (i) => outcome[i]!),
    counts: new Float64Array(order.length).fill(1),
    remainder: 0,
    observations: order.length,
    absorbed: 0,
    clusters: [...members.keys()],
    order,
    dropped: outcome.length - order.length,
  };
}

/**
 * One code per cluster of the rows (its arm, its block) from one per observation, as `randomisationTask` and the outer
 * random effect want them. Throws a RangeError where observations of one cluster differ.
 */
export function clusterCodes({ start, order, clusters }: ObservedRows, codes: ArrayLike<number>): Int32Array {
  return Int32Array.from(clusters, (name, g) => {
    const code = codes[order[start[g]!]!]!;
    const own = order.subarray(start[g], start[g + 1]);
    if (own.some((i) => codes[i] !== code)) throw new RangeError(`Cluster ${name} has more than one code.`);
    return code;
  });
}
