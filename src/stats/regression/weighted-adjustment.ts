import { type EigenWorkspace, eigenWorkspace, symmetricEigen } from "../matrix/eigen.ts";
import { bilinear, solveGeneral } from "../matrix/small-matrix.ts";
import type { Adjustment } from "./cluster-leverage.ts";
import type { WeightedCluster } from "./weighted-cluster.ts";

/**
 * A cluster's residuals and the rows of a contrast after the adjustment A for leverage, in the basis [Q, WQ]: `score` is
 * Q'WAe; of the contrast that is Q·t before weighting, `squares` is ‖AWQt‖² and `shares` [Q, WQ]'AWQt.
 */
export interface AdjustedCluster {
  readonly score: Float64Array;
  readonly contrast: (t: Float64Array) => { readonly squares: number; readonly shares: Float64Array };
  /** The cluster alone determines some combination of the coefficients. */
  readonly alone: boolean;
}

/** Eigenvalues of [Q, WQ]'[Q, WQ] below this share of the largest are rounding (unit-diagonal scale). */
const rankTolerance = 1e-11;
/** Below this, an eigenvalue of the adjustment is a direction that the cluster alone determines. */
const leverageOne = 1e-12;

const times = (matrix: Float64Array, vector: Float64Array): Float64Array =>
  vector.map((_, i) => vector.reduce((sum, value, j) => sum + matrix[i * vector.length + j]! * value, 0));

/** [[a, b], [b, c]] of square blocks. */
function blocks(a: Float64Array, b: Float64Array, c: Float64Array, order: number): Float64Array {
  const full = new Float64Array(4 * order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      full[i * 2 * order + j] = a[i * order + j]!;
      full[i * 2 * order + order + j] = b[i * order + j]!;
      full[(order + i) * 2 * order + j] = b[i * order + j]!;
      full[(order + i) * 2 * order + order + j] = c[i * order + j]!;
    }
  }
  return full;
}

/** X S X' of a q × order matrix of rows and a full symmetric matrix; S null is the identity. */
export function sandwiched(rows: Float64Array, order: number, inner: Float64Array | null): Float64Array {
  const q = rows.length / order;
  const product = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    const left = rows.subarray(i * order, (i + 1) * order);
    for (let j = 0; j < q; j++) {
      const right = rows.subarray(j * order, (j + 1) * order);
      product[i * q + j] =
        inner === null ? left.reduce((sum, x, k) => sum + x * right[k]!, 0) : bilinear(left, inner, right, order);
    }
  }
  return product;
}

/** The root H of a Gram matrix HH' (rows are the basis), and how to undo it. */
interface Root {
  readonly rank: number;
  /** 2q × rank, row-major. */
  readonly root: Float64Array;
  readonly inverse: Float64Array;
}

function rootOf(gram: Float64Array, order: number, workspace: EigenWorkspace): Root {
  const scale = Float64Array.from({ length: order }, (_, i) => Math.sqrt(gram[i * order + i]!) || 1);
  symmetricEigen(
    gram.map((value, at) => value / (scale[Math.floor(at / order)]! * scale[at % order]!)),
    order,
    workspace,
  );
  const values = workspace.values.subarray(0, order);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const kept = [...values.keys()].filter((k) => values[k]! > rankTolerance * largest);
  const entry = (i: number, k: number): number => workspace.vectors[k * order + i]!;
  const cells = Array.from({ length: order }, (_, i) => kept.map((k) => ({ i, k }))).flat();
  return {
    rank: kept.length,
    root: Float64Array.from(cells, ({ i, k }) => scale[i]! * entry(i, k) * Math.sqrt(values[k]!)),
    inverse: Float64Array.from(cells, ({ i, k }) => entry(i, k) / (scale[i]! * Math.sqrt(values[k]!))),
  };
}

/** Σ_i matrix(i, k) · vector(i): a tall matrix transposed times a vector. */
const project = (matrix: Float64Array, rank: number, vector: Float64Array): Float64Array =>
  Float64Array.from({ length: rank }, (_, k) =>
    vector.reduce((sum, value, i) => sum + matrix[i * rank + k]! * value, 0),
  );

const lift = (matrix: Float64Array, rank: number, vector: Float64Array): Float64Array =>
  Float64Array.from({ length: matrix.length / rank }, (_, i) =>
    vector.reduce((sum, value, k) => sum + matrix[i * rank + k]! * value, 0),
  );

/** F diag(φ) F' with φ = (1 + s)^−½ of H'NH = F diag(s) F'; the Moore–Penrose root where 1 + s is zero. */
function inverseRoot(root: Root, kernel: Float64Array, order: number, workspace: EigenWorkspace) {
  const { rank } = root;
  const column = (k: number) => Float64Array.from({ length: order }, (_, i) => root.root[i * rank + k]!);
  const columns = Array.from({ length: rank }, (_, k) => column(k));
  symmetricEigen(
    Float64Array.from(columns.flatMap((a) => columns.map((b) => bilinear(a, kernel, b, order)))),
    rank,
    workspace,
  );
  const factors = workspace.values.subarray(0, rank).map((s) => (1 + s < leverageOne ? 0 : 1 / Math.sqrt(1 + s)));
  const vectors = workspace.vectors.slice(0, rank * rank);
  const apply = (vector: Float64Array): Float64Array => {
    const turned = factors.map(
      (factor, k) => factor * vector.reduce((sum, v, i) => sum + vectors[k * rank + i]! * v, 0),
    );
    return vector.map((_, i) => turned.reduce((sum, v, k) => sum + vectors[k * rank + i]! * v, 0));
  };
  return { apply, alone: factors.includes(0) };
}

/** CR2 with the identity working model: A is the inverse root of I + [Q, WQ] N [Q, WQ]'. */
function biasReduced(cluster: WeightedCluster, order: number, squared: Float64Array): AdjustedCluster {
  const { products, residuals, rows } = cluster;
  const q = rows.length / order;
  const [plain, weighted, twice] = products;
  const workspace = eigenWorkspace(2 * q);
  const root = rootOf(blocks(plain, weighted, twice, q), 2 * q, workspace);
  const cross = sandwiched(rows, order, null).map((value) => -value);
  const kernel = blocks(sandwiched(rows, order, squared), cross, new Float64Array(q * q), q);
  const { apply, alone } = inverseRoot(root, kernel, 2 * q, workspace);
  const both = Float64Array.from([...residuals[0], ...residuals[1]]);
  return {
    score: lift(root.root, root.rank, apply(project(root.inverse, root.rank, both))).slice(q),
    contrast: (t) => {
      const adjusted = apply(project(root.root, root.rank, Float64Array.from([...new Float64Array(q), ...t])));
      const squares = adjusted.reduce((sum, value) => sum + value * value, 0);
      return { squares, shares: lift(root.root, root.rank, adjusted) };
    },
    alone,
  };
}

/** CR3, where A is the inverse of I − H of the cluster, and CR0 and CR1, where it is the identity. */
function jackknifed(cluster: WeightedCluster, order: number, power: 0 | -1): AdjustedCluster {
  const { products, residuals, rows } = cluster;
  const q = rows.length / order;
  const [, weighted, twice] = products;
  const cross = sandwiched(rows, order, null);
  const leverage = new Float64Array(q * q);
  for (let i = 0; i < q; i++)
    for (let j = 0; j < q; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < q; k++) sum -= cross[i * q + k]! * weighted[k * q + j]!;
      leverage[i * q + j] = sum;
    }
  const transposed = leverage.map((_, at) => leverage[(at % q) * q + Math.floor(at / q)]!);
  const jackknife = solveGeneral(transposed, q, residuals[1]);
  const score = power === 0 ? residuals[1] : jackknife;
  return {
    score: score ?? new Float64Array(q),
    contrast: (t) => {
      const f = power === 0 ? t : (solveGeneral(leverage, q, t) ?? new Float64Array(q));
      const after = times(twice, f);
      const squares = f.reduce((sum, value, i) => sum + value * after[i]!, 0);
      return { squares, shares: Float64Array.from([...times(weighted, f), ...after]) };
    },
    alone: jackknife === null,
  };
}

/**
 * Adjusts one cluster of a weighted regression for its leverage, as clubSandwich does under the identity working model
 * (Pustejovsky & Tipton 2018). `squared` is Σ X̃'W²X̃ over all clusters, full, `order` × `order`.
 */
export const adjustWeighted = (
  cluster: WeightedCluster,
  order: number,
  squared: Float64Array,
  power: Adjustment,
): AdjustedCluster => (power === -0.5 ? biasReduced(cluster, order, squared) : jackknifed(cluster, order, power));
