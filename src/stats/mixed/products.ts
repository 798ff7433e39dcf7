import { packedLength } from "../matrix/triangular.ts";
import {
  addProduct,
  addScaled,
  constant,
  expansionLength,
  logarithm,
  parameter,
  reciprocal,
  times,
} from "../moments/expansion.ts";
import type { MixedMoments, Pattern } from "./moments.ts";

/** What a mixed model makes of its moments at some variances, with the derivatives in them. */
export interface MixedProducts {
  /** Of log |V|. */
  readonly logDeterminant: Float64Array;
  /** Of Z'V⁻¹Z: one expansion per element of the packed lower triangle. */
  readonly products: Float64Array;
}

/** Adds a matrix times the expansion that starts at `from`. */
function addMatrix(into: Float64Array, matrix: Float64Array, f: Float64Array, from: number): void {
  for (let at = 0; at < matrix.length; at++) addScaled(into, at * expansionLength, f, from, matrix[at]!);
}

/**
 * Of one group, with m its mean, δ_c how far unit c lies from it, w_c = n_c / (σ²_within + n_c σ²_unit), s = Σ w_c and
 * b = 1 / (1 + σ²_group s): z'K⁻¹z = Σ w_c δ_c δ_c' + s b mm' + b (mr' + rm') − σ²_group b rr', where r = Σ w_c δ_c.
 * The first sum is added by size of unit. With d_c = σ²_within + n_c σ²_unit, r = Σ n_c (1/d_c − 1/d_last) δ_c.
 */
interface GroupWeights {
  readonly meanSquare: Float64Array;
  readonly shrinkage: Float64Array;
  readonly distanceSquare: Float64Array;
  /** Expansions one after the other, of every unit but the last. */
  readonly distances: Float64Array;
}

/** 1 / (σ²_within + n σ²_unit) by n. */
type Inverses = ReadonlyMap<number, Float64Array>;

/** σ²_within + n σ²_unit. */
const unitVariance = (n: number, variances: readonly number[]): Float64Array => {
  const variance = parameter(0, variances[0]! + n * variances[1]!);
  variance[2] = n;
  return variance;
};

/** Weights of the groups of a pattern; adds what they have in log |V|. */
function weigh({ sizes, groups }: Pattern, inverses: Inverses, between: Float64Array, logDeterminant: Float64Array) {
  const sum = constant(0);
  for (const n of sizes) addScaled(sum, 0, inverses.get(n)!, 0, n);
  const growth = times(between, sum);
  growth[0]! += 1;
  addScaled(logDeterminant, 0, logarithm(growth), 0, groups);
  const shrinkage = reciprocal(growth);
  const last = inverses.get(sizes.at(-1)!)!;
  const distances = new Float64Array((sizes.length - 1) * expansionLength);
  for (let c = 0; c + 1 < sizes.length; c++) {
    const own = inverses.get(sizes[c]!)!;
    for (let k = 0; k < expansionLength; k++) distances[c * expansionLength + k] = sizes[c]! * (own[k]! - last[k]!);
  }
  return {
    meanSquare: times(sum, shrinkage),
    shrinkage,
    distanceSquare: times(between, shrinkage).map((value) => -value),
    distances,
  };
}

/** The product of one expansion with each of several. */
function timesEach(a: Float64Array, each: Float64Array): Float64Array {
  const products = new Float64Array(each.length);
  for (let at = 0; at < each.length; at += expansionLength) addProduct(products, at, a, 0, each, at);
  return products;
}

/** Groups whose pair sums are known. */
function addPairSums(into: Float64Array, { products }: Pattern, weights: GroupWeights): void {
  const { meanSquare, shrinkage, distanceSquare, distances } = weights;
  addMatrix(into, products[0]!, meanSquare, 0);
  const beside = timesEach(shrinkage, distances);
  const weighted = timesEach(distanceSquare, distances);
  const squares = new Float64Array(expansionLength);
  let pair = 1;
  for (let a = 0; a < distances.length; a += expansionLength) {
    addMatrix(into, products[pair++]!, beside, a);
    for (let b = 0; b <= a; b += expansionLength) {
      squares.fill(0);
      addProduct(squares, 0, weighted, a, distances, b);
      addMatrix(into, products[pair++]!, squares, 0);
    }
  }
}

/** Groups one by one. */
function addMembers(into: Float64Array, { members }: Pattern, weights: GroupWeights, order: number): void {
  const { meanSquare, shrinkage, distanceSquare, distances } = weights;
  const units = distances.length / expansionLength;
  const beside = new Float64Array(order * expansionLength);
  const sum = new Float64Array(order * expansionLength);
  const turned = new Float64Array(order * expansionLength);
  for (const member of members) {
    sum.fill(0);
    beside.fill(0);
    turned.fill(0);
    for (let i = 0, at = 0; i < order; i++, at += expansionLength) {
      for (let c = 0; c < units; c++) addScaled(sum, at, distances, c * expansionLength, member[(c + 1) * order + i]!);
      addProduct(turned, at, distanceSquare, 0, sum, at);
      addProduct(beside, at, shrinkage, 0, sum, at);
      addScaled(beside, at, meanSquare, 0, member[i]! / 2);
    }
    for (let i = 0, at = 0; i < order; i++) {
      for (let j = 0; j <= i; j++, at += expansionLength) {
        addScaled(into, at, beside, j * expansionLength, member[i]!);
        addScaled(into, at, beside, i * expansionLength, member[j]!);
        addProduct(into, at, turned, i * expansionLength, sum, j * expansionLength);
      }
    }
  }
}

/** log |V| and Z'V⁻¹Z with their derivatives at the variances (within units, between units, between groups). */
export function mixedProducts(moments: MixedMoments, variances: readonly number[]): MixedProducts {
  const { order, within, withinRows, sizes, patterns } = moments;
  const products = new Float64Array(packedLength(order) * expansionLength);
  const residual = parameter(0, variances[0]!);
  const logDeterminant = logarithm(residual).map((value) => value * withinRows);
  addMatrix(products, within, reciprocal(residual), 0);
  const inverses = new Map<number, Float64Array>();
  for (const size of sizes) {
    const variance = unitVariance(size.n, variances);
    const inverse = reciprocal(variance);
    inverses.set(size.n, inverse);
    addScaled(logDeterminant, 0, logarithm(variance), 0, size.units);
    addMatrix(products, size.products, inverse, 0);
  }
  const between = parameter(2, variances[2]!);
  for (const pattern of patterns) {
    const weights = weigh(pattern, inverses, between, logDeterminant);
    if (pattern.members.length === 0) addPairSums(products, pattern, weights);
    else addMembers(products, pattern, weights, order);
  }
  return { logDeterminant, products };
}
