import { packedLength } from "../matrix/triangular.ts";
import type { LeastSquares } from "../regression/least-squares.ts";

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
 * What a mixed model needs of the data, with z = (orthonormal columns, residual of least squares). A unit is what the inner
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

/** What the inner effect is constant over: rows and group of each unit (−1 for none), and the mean of its rows. */
interface Units {
  readonly n: number[];
  readonly group: number[];
  readonly means: Float64Array;
}

/** Adds a multiple of z z', where z starts at `from`. */
function addSquare(matrix: Float64Array, values: Float64Array, from: number, order: number, factor: number): void {
  for (let i = 0, at = 0; i < order; i++) {
    const zi = factor * values[from + i]!;
    for (let j = 0; j <= i; j++, at++) matrix[at]! += zi * values[from + j]!;
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
function unitsOf(fit: LeastSquares, counts: Float64Array, effects: RandomEffects, within: Float64Array): Units {
  const columns = fit.coefficients.length;
  const order = columns + 1;
  const units: Units = { n: [], group: [], means: new Float64Array(counts.length * order) };
  const z = new Float64Array(order);
  let squares = 0;
  for (let g = 0; g + 1 < fit.start.length; g++) {
    const group = effects.outer?.[g] ?? -1;
    const firstUnit = units.n.length;
    for (let row = fit.start[g]!; row < fit.start[g + 1]!; row++) {
      for (let k = 0; k < columns; k++) z[k] = fit.orthonormal[row * columns + k]!;
      z[columns] = fit.residuals[row]!;
      squares += z[columns]! ** 2;
      const n = counts[row]!;
      if (n === 0 || effects.inner === "cluster") addSquare(within, z, 0, order, 1);
      if (n === 0) continue;
      if (effects.inner === "cell" || units.n.length === firstUnit) {
        units.n.push(0);
        units.group.push(group);
      }
      const unit = units.n.length - 1;
      units.n[unit]! += n;
      for (let k = 0; k < order; k++) units.means[unit * order + k]! += Math.sqrt(n) * z[k]!;
    }
  }
  units.n.forEach((n, unit) => {
    for (let k = 0; k < order; k++) units.means[unit * order + k]! /= n;
    if (effects.inner === "cluster") addSquare(within, units.means, unit * order, order, -n);
  });
  within[within.length - 1]! += fit.residualSumOfSquares - squares;
  return units;
}

/** Units of each group, the smallest first. */
function membersOf({ n, group }: Units): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  group.forEach((one, unit) => {
    const others = one < 0 ? undefined : groups.get(one);
    if (others !== undefined) others.push(unit);
    else if (one >= 0) groups.set(one, [unit]);
  });
  return [...groups.values()].map((units) => units.sort((a, b) => n[a]! - n[b]!));
}

/** Writes the group's mean, then the distance of every unit but the last from it; takes the mean off the units. */
function describeGroup({ n, means }: Units, group: readonly number[], order: number, into: Float64Array): void {
  into.fill(0);
  let total = 0;
  for (const unit of group) total += n[unit]!;
  for (const unit of group) {
    for (let k = 0; k < order; k++) into[k]! += (n[unit]! / total) * means[unit * order + k]!;
  }
  for (let c = 0; c < group.length; c++) {
    const from = group[c]! * order;
    for (let k = 0; k < order; k++) {
      means[from + k]! -= into[k]!;
      if (c + 1 < group.length) into[(c + 1) * order + k] = means[from + k]!;
    }
  }
}

function addPairs(sums: readonly Float64Array[], described: Float64Array, vectors: number, order: number): void {
  let pair = 0;
  for (let a = 0; a < vectors; a++) {
    for (let b = 0; b < a; b++) addPair(sums[pair++]!, described, a * order, b * order, order);
    addSquare(sums[pair++]!, described, a * order, order, 1);
  }
}

function patternOf(units: Units, groups: readonly (readonly number[])[], order: number): Pattern {
  const sizes = groups[0]!.map((unit) => units.n[unit]!);
  const pairs = packedLength(sizes.length);
  // One group costs about five times what one pair sum costs at every evaluation.
  const summed = pairs <= 5 * groups.length;
  const products = Array.from({ length: summed ? pairs : 0 }, () => new Float64Array(packedLength(order)));
  const workspace = new Float64Array(sizes.length * order);
  const members = groups.flatMap((group) => {
    describeGroup(units, group, order, workspace);
    if (summed) addPairs(products, workspace, sizes.length, order);
    return summed ? [] : [workspace.slice()];
  });
  return { sizes, groups: groups.length, products, members };
}

/** Groups of units by the sizes of these. */
function patternsOf(units: Units, order: number): Pattern[] {
  const patterns = new Map<string, (readonly number[])[]>();
  for (const group of membersOf(units)) {
    const key = group.map((unit) => units.n[unit]!).join();
    const alike = patterns.get(key);
    if (alike === undefined) patterns.set(key, [group]);
    else alike.push(group);
  }
  return [...patterns.values()].map((groups) => patternOf(units, groups, order));
}

/** Reduces a least-squares fit and `counts` of its `ModelRows` to these moments. Cost: rows × columns². */
export function mixedMoments(fit: LeastSquares, counts: Float64Array, effects: RandomEffects): MixedMoments {
  const order = fit.coefficients.length + 1;
  const within = new Float64Array(packedLength(order));
  const units = unitsOf(fit, counts, effects, within);
  const patterns = patternsOf(units, order);
  const sizes = new Map<number, UnitSize>();
  units.n.forEach((n, unit) => {
    const size = sizes.get(n) ?? { n, units: 0, products: new Float64Array(packedLength(order)) };
    if (size.units === 0) sizes.set(n, size);
    size.units++;
    addSquare(size.products, units.means, unit * order, order, n);
  });
  return {
    order,
    rows: fit.observations,
    withinRows: fit.observations - units.n.length,
    within,
    sizes: [...sizes.values()].sort((a, b) => a.n - b.n),
    patterns,
    hasOuter: effects.outer !== null,
  };
}
