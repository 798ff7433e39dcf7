import {
  addProduct,
  addScaled,
  constant,
  expansionLength,
  logarithm,
  parameter,
  reciprocal,
  times,
} from "./expansion.ts";
import type { MixedMoments, Pattern } from "./mixed-moments.ts";
import { packedLength } from "./triangular.ts";

/** What a mixed model makes of its moments at some variances, with the derivatives in them. */
export interface MixedProducts {
  /** Of log |V|. */
  readonly logDeterminant: Float64Array;
  /** Of Z'V⁻¹Z: one expansion per element of the packed lower triangle. */
  readonly products: Float64Array;
}

/** Adds f times a matrix. */
function addMatrix(into: Float64Array, matrix: Float64Array, f: Float64Array): void {
  for (let at = 0; at < matrix.length; at++) addScaled(into, at * expansionLength, f, 0, matrix[at]!);
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
  readonly distances: readonly Float64Array[];
}

/** σ²_within + n σ²_unit. */
const unitVariance = (n: number, variances: readonly number[]): Float64Array => {
  const variance = parameter(0, variances[0]! + n * variances[1]!);
  variance[2] = n;
  return variance;
};

function weigh(sizes: readonly number[], variances: readonly number[], logDeterminant: Float64Array, groups: number) {
  const inverses = sizes.map((n) => reciprocal(unitVariance(n, variances)));
  const sum = constant(0);
  sizes.forEach((n, c) => {
    addScaled(sum, 0, inverses[c]!, 0, n);
  });
  const between = parameter(2, variances[2]!);
  const growth = times(between, sum);
  growth[0]! += 1;
  addScaled(logDeterminant, 0, logarithm(growth), 0, groups);
  const shrinkage = reciprocal(growth);
  const last = inverses.at(-1)!;
  return {
    meanSquare: times(sum, shrinkage),
    shrinkage,
    distanceSquare: times(between, shrinkage).map((value) => -value),
    distances: sizes.slice(0, -1).map((n, c) => inverses[c]!.map((value, k) => n * (value - last[k]!))),
  };
}

/** Groups whose pair sums are known. */
function addPairSums(into: Float64Array, { products }: Pattern, weights: GroupWeights): void {
  const { meanSquare, shrinkage, distanceSquare, distances } = weights;
  addMatrix(into, products[0]!, meanSquare);
  let pair = 1;
  distances.forEach((distance, a) => {
    addMatrix(into, products[pair++]!, times(shrinkage, distance));
    const weighted = times(distanceSquare, distance);
    for (let b = 0; b <= a; b++) addMatrix(into, products[pair++]!, times(weighted, distances[b]!));
  });
}

/** Groups one by one. */
function addMembers(into: Float64Array, { members }: Pattern, weights: GroupWeights, order: number): void {
  const { meanSquare, shrinkage, distanceSquare, distances } = weights;
  const beside = new Float64Array(order * expansionLength);
  const sum = new Float64Array(order * expansionLength);
  const turned = new Float64Array(order * expansionLength);
  for (const member of members) {
    sum.fill(0);
    beside.fill(0);
    turned.fill(0);
    for (let i = 0, at = 0; i < order; i++, at += expansionLength) {
      distances.forEach((distance, c) => {
        addScaled(sum, at, distance, 0, member[(c + 1) * order + i]!);
      });
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
  addMatrix(products, within, reciprocal(residual));
  for (const size of sizes) {
    const variance = unitVariance(size.n, variances);
    addScaled(logDeterminant, 0, logarithm(variance), 0, size.units);
    addMatrix(products, size.products, reciprocal(variance));
  }
  for (const pattern of patterns) {
    const weights = weigh(pattern.sizes, variances, logDeterminant, pattern.groups);
    if (pattern.members.length === 0) addPairSums(products, pattern, weights);
    else addMembers(products, pattern, weights, order);
  }
  return { logDeterminant, products };
}
