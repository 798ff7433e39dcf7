import { bilinear, multiply, traceOfProduct } from "../matrix/small-matrix.ts";
import type { CellModel } from "../moments/model-rows.ts";
import type { WeightedCells } from "../moments/moments.ts";
import {
  adjustmentOf,
  type ClusterRobust,
  type ClusterRobustType,
  dot,
  orthonormalContrast,
} from "./cluster-robust.ts";
import type { LeastSquares } from "./least-squares.ts";
import { adjustWeighted, sandwiched } from "./weighted-adjustment.ts";
import { type WeightedCluster, weightedClusters } from "./weighted-cluster.ts";

/** Adds rows' P rows: a cluster's share of Σ X̃'W²X̃. */
function addShare(total: Float64Array, { products, rows }: WeightedCluster, order: number): void {
  const q = rows.length / order;
  const transposed = Float64Array.from(
    { length: rows.length },
    (_, at) => rows[(at % q) * order + Math.floor(at / q)]!,
  );
  const share = sandwiched(transposed, q, products[2]);
  for (let at = 0; at < total.length; at++) total[at]! += share[at]!;
}

/** X̃' of a vector in the basis. */
const toColumns = (rows: Float64Array, order: number, vector: Float64Array): Float64Array =>
  Float64Array.from({ length: order }, (_, j) =>
    vector.reduce((sum, value, i) => sum + rows[i * order + j]! * value, 0),
  );

/** Sums over clusters behind the variance and Satterthwaite's df of one contrast. */
interface ContrastSums {
  readonly direction: Float64Array;
  variance: number;
  trace: number;
  squares: number;
  /** Σ tt' of the shares t in orthonormal columns, plain before weighted; full. */
  readonly outer: Float64Array;
}

/** [[S, −I], [−I, 0]]: how the shares of two clusters meet in (I − H)(I − H)'. */
function meeting(squared: Float64Array, order: number): Float64Array {
  const full = new Float64Array(4 * order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) full[i * 2 * order + j] = squared[i * order + j]!;
    full[i * 2 * order + order + i] = -1;
    full[(order + i) * 2 * order + i] = -1;
  }
  return full;
}

function addContrast(
  sum: ContrastSums,
  cluster: WeightedCluster,
  order: number,
  met: Float64Array,
  adjusted: ReturnType<typeof adjustWeighted>,
): void {
  const { rows } = cluster;
  const q = rows.length / order;
  const score = toColumns(rows, order, adjusted.score);
  sum.variance += dot(score, 0, sum.direction) ** 2;
  const ofContrast = Float64Array.from({ length: q }, (_, i) => dot(rows, i * order, sum.direction));
  const { squares, shares } = adjusted.contrast(ofContrast);
  const t = Float64Array.from([
    ...toColumns(rows, order, shares.subarray(0, q)),
    ...toColumns(rows, order, shares.subarray(q)),
  ]);
  const crossed = bilinear(t, met, t, t.length);
  sum.trace += squares + crossed;
  sum.squares += squares * squares + 2 * squares * crossed;
  for (let i = 0; i < t.length; i++) for (let j = 0; j < t.length; j++) sum.outer[i * t.length + j]! += t[i]! * t[j]!;
}

function smallSample(type: ClusterRobustType, fit: LeastSquares, clusters: number): number {
  if (type !== "CR1" && type !== "CR1S") return 1;
  const factor = clusters / (clusters - 1);
  return type === "CR1" ? factor : (factor * (fit.observations - 1)) / (fit.observations - fit.coefficients.length);
}

/**
 * Cluster-robust variance of contrasts of a regression with sampling weights that vary inside clusters, and its
 * Satterthwaite degrees of freedom, under the identity working model: the default of R's clubSandwich and of estimatr's
 * `lm_robust(weights, clusters)` (Pustejovsky & Tipton 2018). `fit` is the weighted fit of `model`, whose cells are those
 * given; every cluster has one cell. Cost: clusters × columns², never clusters².
 */
export function weightedClusterRobust(
  model: CellModel,
  cells: WeightedCells,
  fit: LeastSquares,
  type: ClusterRobustType,
  contrasts: readonly Float64Array[],
): Omit<ClusterRobust, "vcov"> {
  const order = fit.coefficients.length;
  const squared = new Float64Array(order * order);
  let clusters = 0;
  for (const cluster of weightedClusters(model, cells, fit)) {
    addShare(squared, cluster, order);
    clusters++;
  }
  const met = meeting(squared, order);
  const sums = contrasts.map(
    (contrast): ContrastSums => ({
      direction: orthonormalContrast(fit, contrast),
      variance: 0,
      trace: 0,
      squares: 0,
      outer: new Float64Array(4 * order * order),
    }),
  );
  let leverageOne = 0;
  for (const cluster of weightedClusters(model, cells, fit)) {
    const adjusted = adjustWeighted(cluster, order, squared, adjustmentOf(type));
    if (adjusted.alone) leverageOne++;
    for (const sum of sums) addContrast(sum, cluster, order, met, adjusted);
  }
  const factor = smallSample(type, fit, clusters);
  return {
    contrasts: contrasts.map((contrast, k) => {
      const { variance, trace, squares, outer } = sums[k]!;
      const crossed = multiply(met, outer, 2 * order);
      const df = (trace * trace) / (squares + traceOfProduct(crossed, crossed, 2 * order));
      return { estimate: dot(contrast, 0, fit.coefficients), variance: variance * factor, df };
    }),
    leverageOne,
    clusters,
  };
}
