import type { LeastSquares } from "./least-squares.ts";
import { packedLength } from "./triangular.ts";

/**
 * Random effects beside the fixed part, each constant inside a cell. `inner`: every cell, or every cluster, has an
 * effect of its own. `outer`: group of each cluster (−1 for none) whose rows share a further effect; null without one.
 * A cluster's effect and one per cell of it is `cell` with every cluster as its own group; a cluster's effect and one
 * of the class that it belongs to is `cluster` with the classes as groups.
 */
export interface RandomEffects {
  readonly inner: "cell" | "cluster";
  readonly outer: Int32Array | null;
}

/** All units with n rows: how many, and Σ z z' of √n times their means, about the group's mean where there is one. */
export interface UnitSize {
  readonly n: number;
  units: number;
  readonly products: Float64Array;
}

/**
 * All groups whose units have these numbers of rows, ascending. A group is described by its mean and how far the mean of
 * each unit but the last lies from it: either summed over the groups as Σ (a b' + b a') for each pair of these vectors
 * (Σ a a' for a vector with itself; pairs as a packed lower triangle), or, where that is less, one after the other.
 */
export interface Pattern {
  readonly sizes: readonly number[];
  readonly groups: number;
  readonly products: readonly Float64Array[];
  readonly members: readonly Float64Array[];
}

/**
 * What a mixed model needs of the data, with z = (whitened columns, residual of least squares). A unit is what the inner
 * effect is constant over. Symmetric matrices of order columns + 1 are packed lower triangles.
 */
export interface MixedMoments {
  readonly order: number;
  readonly rows: number;
  /** Rows less units. */
  readonly withinRows: number;
  /** Cross-products of rows about the mean of their unit. */
  readonly within: Float64Array;
  readonly sizes: readonly UnitSize[];
  readonly patterns: readonly Pattern[];
  readonly hasOuter: boolean;
}

interface Unit {
  n: number;
  readonly group: number;
  /** Sum over its rows, then their mean. */
  readonly mean: Float64Array;
}

function addSquare(matrix: Float64Array, z: Float64Array, factor: number): void {
  for (let i = 0, at = 0; i < z.length; i++) {
    const zi = factor * z[i]!;
    for (let j = 0; j <= i; j++, at++) matrix[at]! += zi * z[j]!;
  }
}

/** Adds a b' + b a' of two vectors inside `values`. */
function addPair(matrix: Float64Array, values: Float64Array, a: number, b: number, order: number): void {
  for (let i = 0, at = 0; i < order; i++) {
    for (let j = 0; j <= i; j++, at++) {
      matrix[at]! += values[a + i]! * values[b + j]! + values[b + i]! * values[a + j]!;
    }
  }
}

/** Takes the units apart from the variation inside them. */
function unitsOf(fit: LeastSquares, behind: Float64Array, effects: RandomEffects, within: Float64Array): Unit[] {
  const columns = fit.coefficients.length;
  const units: Unit[] = [];
  const z = new Float64Array(columns + 1);
  let squares = 0;
  for (let g = 0; g + 1 < fit.start.length; g++) {
    const group = effects.outer?.[g] ?? -1;
    const firstUnit = units.length;
    for (let row = fit.start[g]!; row < fit.start[g + 1]!; row++) {
      for (let k = 0; k < columns; k++) z[k] = fit.whitened[row * columns + k]!;
      z[columns] = fit.residuals[row]!;
      squares += z[columns]! ** 2;
      const n = behind[row]!;
      if (n === 0 || effects.inner === "cluster") addSquare(within, z, 1);
      if (n === 0) continue;
      if (effects.inner === "cell" || units.length === firstUnit) {
        units.push({ n: 0, group, mean: new Float64Array(columns + 1) });
      }
      const unit = units.at(-1)!;
      unit.n += n;
      for (let k = 0; k <= columns; k++) unit.mean[k]! += Math.sqrt(n) * z[k]!;
    }
  }
  for (const { n, mean } of units) {
    for (let k = 0; k <= columns; k++) mean[k]! /= n;
    if (effects.inner === "cluster") addSquare(within, mean, -n);
  }
  within[within.length - 1]! += fit.residualSumOfSquares - squares;
  return units;
}

/** The group's mean, then the distance of every unit but the last from it; takes the mean off the units on the way. */
function describeGroup(units: readonly Unit[], order: number): Float64Array {
  const described = new Float64Array(units.length * order);
  const total = units.reduce((sum, { n }) => sum + n, 0);
  for (const { n, mean } of units) for (let k = 0; k < order; k++) described[k]! += (n / total) * mean[k]!;
  units.forEach(({ mean }, c) => {
    for (let k = 0; k < order; k++) mean[k]! -= described[k]!;
    if (c + 1 < units.length) described.set(mean, (c + 1) * order);
  });
  return described;
}

function pairSums(members: readonly Float64Array[], vectors: number, order: number): Float64Array[] {
  const sums: Float64Array[] = [];
  for (let a = 0; a < vectors; a++) {
    for (let b = 0; b <= a; b++) {
      const sum = new Float64Array(packedLength(order));
      for (const member of members) addPair(sum, member, a * order, b * order, order);
      sums.push(a === b ? sum.map((value) => value / 2) : sum);
    }
  }
  return sums;
}

/** Groups of units by the sizes of these. */
function patternsOf(units: readonly Unit[], order: number): Pattern[] {
  const groups = new Map<number, Unit[]>();
  for (const unit of units) {
    if (unit.group < 0) continue;
    const others = groups.get(unit.group);
    if (others === undefined) groups.set(unit.group, [unit]);
    else others.push(unit);
  }
  const patterns = new Map<string, { readonly sizes: readonly number[]; readonly members: Float64Array[] }>();
  for (const group of groups.values()) {
    group.sort((one, other) => one.n - other.n);
    const sizes = group.map(({ n }) => n);
    const key = sizes.join();
    const pattern = patterns.get(key) ?? { sizes, members: [] };
    if (pattern.members.length === 0) patterns.set(key, pattern);
    pattern.members.push(describeGroup(group, order));
  }
  return [...patterns.values()].map(({ sizes, members }) => {
    // One group costs about five times what one pair sum costs at every evaluation.
    const summed = packedLength(sizes.length) <= 5 * members.length;
    return {
      sizes,
      groups: members.length,
      products: summed ? pairSums(members, sizes.length, order) : [],
      members: summed ? [] : members,
    };
  });
}

/** Reduces a least-squares fit and `behind` of its `ModelRows` to these moments. Cost: rows × columns². */
export function mixedMoments(fit: LeastSquares, behind: Float64Array, effects: RandomEffects): MixedMoments {
  const order = fit.coefficients.length + 1;
  const within = new Float64Array(packedLength(order));
  const units = unitsOf(fit, behind, effects, within);
  const patterns = patternsOf(units, order);
  const sizes = new Map<number, UnitSize>();
  for (const { n, mean } of units) {
    const size = sizes.get(n) ?? { n, units: 0, products: new Float64Array(packedLength(order)) };
    sizes.set(n, size);
    size.units++;
    addSquare(size.products, mean, n);
  }
  return {
    order,
    rows: fit.observations,
    withinRows: fit.observations - units.length,
    within,
    sizes: [...sizes.values()].sort((a, b) => a.n - b.n),
    patterns,
    hasOuter: effects.outer !== null,
  };
}
