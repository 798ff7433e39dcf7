import { choleskyDropping } from "../matrix/cholesky.ts";
import { invertPositive } from "../matrix/small-matrix.ts";
import { lower, packedLength } from "../matrix/triangular.ts";
import {
  availableMoments,
  type GroupMoments,
  type PatternMoments,
  type Reference,
  respondents,
} from "./factor-moments.ts";

/** Means and covariances (full, row-major) that nothing restricts, and −2 log likelihood without its constant. */
export interface SaturatedMoments {
  readonly means: Float64Array;
  readonly covariance: Float64Array;
  readonly value: number;
}

type Moments = Pick<SaturatedMoments, "means" | "covariance">;

/** What respondents are expected to have answered, about the means that the expectation was taken at. */
interface Expected {
  readonly sums: Float64Array;
  readonly products: Float64Array;
  value: number;
}

/** How every item follows from the items that a pattern answers: itself, or covariances times the inverse of theirs. */
function regression({ items }: PatternMoments, inverse: Float64Array, covariance: Float64Array, order: number) {
  const size = items.length;
  const slopes = new Float64Array(order * size);
  for (let i = 0; i < order; i++) {
    const place = items.indexOf(i);
    if (place >= 0) slopes[i * size + place] = 1;
    for (let a = 0; a < size && place < 0; a++) {
      let sum = 0;
      for (let b = 0; b < size; b++) sum += covariance[i * order + items[b]!]! * inverse[b * size + a]!;
      slopes[i * size + a] = sum;
    }
  }
  return slopes;
}

/** S + dd' of a pattern, d its distance from the means. */
function aboutMeans(pattern: PatternMoments, distance: Float64Array): Float64Array {
  const size = distance.length;
  return pattern.covariance.map((value, k) => value + distance[Math.floor(k / size)]! * distance[k % size]!);
}

/** Adds one pattern; false where the covariances of its items are singular. */
function addPattern(into: Expected, pattern: PatternMoments, { means, covariance }: Moments): boolean {
  const { n, items } = pattern;
  const [order, size] = [means.length, items.length];
  const own = new Float64Array(size * size);
  for (const [a, i] of items.entries())
    for (const [b, j] of items.entries()) own[a * size + b] = covariance[i * order + j]!;
  const inverse = invertPositive(own, size);
  if (inverse === null) return false;
  const distance = Float64Array.from(items, (i, a) => pattern.means[a]! - means[i]!);
  const observed = aboutMeans(pattern, distance);
  const slopes = regression(pattern, inverse.matrix, covariance, order);
  const spread = new Float64Array(order * size);
  for (let i = 0; i < order; i++)
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) spread[i * size + b]! += slopes[i * size + a]! * observed[a * size + b]!;
  for (let i = 0; i < order; i++) {
    for (let a = 0; a < size; a++) into.sums[i]! += n * slopes[i * size + a]! * distance[a]!;
    for (let j = 0; j < order; j++) {
      let sum = covariance[i * order + j]!;
      for (let a = 0; a < size; a++)
        sum +=
          spread[i * size + a]! * slopes[j * size + a]! - slopes[i * size + a]! * covariance[items[a]! * order + j]!;
      into.products[i * order + j]! += n * sum;
    }
  }
  let trace = 0;
  for (let k = 0; k < size * size; k++) trace += inverse.matrix[k]! * observed[k]!;
  into.value += n * (inverse.logDeterminant + trace);
  return true;
}

function expectation(group: GroupMoments, at: Moments): Expected | null {
  const order = at.means.length;
  const into = { sums: new Float64Array(order), products: new Float64Array(order * order), value: 0 };
  return group.patterns.every((pattern) => addPattern(into, pattern, at)) ? into : null;
}

function maximised({ sums, products }: Expected, { means }: Moments, n: number): Moments {
  const order = means.length;
  const covariance = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const value = products[i * order + j]! / n - (sums[i]! * sums[j]!) / (n * n);
      covariance[i * order + j] = value;
      covariance[j * order + i] = value;
    }
  }
  return { means: means.map((mean, i) => mean + sums[i]! / n), covariance };
}

/** Available means and variances, and covariances only where together they are those of some answers. */
function startOf(group: GroupMoments, order: number): Moments {
  const { means, covariance } = availableMoments(group, order);
  if (invertPositive(covariance, order) !== null) return { means, covariance };
  return { means, covariance: covariance.map((value, k) => (k % (order + 1) === 0 ? value : 0)) };
}

/** How many respondents answered each pair of items (full, row-major). */
export function pairCounts({ patterns }: GroupMoments, order: number): Float64Array {
  const counts = new Float64Array(order * order);
  for (const { n, items } of patterns) for (const i of items) for (const j of items) counts[i * order + j]! += n;
  return counts;
}

const mostRounds = 5000;

/** No item follows from the others but for a billionth of its variance: less is what rounding leaves of an exact sum. */
function isRegular(covariance: Float64Array, order: number): boolean {
  const packed = new Float64Array(packedLength(order));
  for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) packed[lower(i, j)] = covariance[i * order + j]!;
  return choleskyDropping(packed, order, 1e-9).dropped.length === 0;
}

/**
 * Maximum likelihood of unrestricted means and covariances from patterns of answered items, by EM (Dempster, Laird &
 * Rubin 1977; Little & Rubin 2002, section 11.2); as the h1 model of lavaan's `missing = "ml"`. Ends where the gains, as
 * they shrink, add up to less than 1e-11 of −2 log L, or to its rounding. Null where a covariance matrix is singular, a
 * pair of items has no respondents, or no end is reached.
 */
export function saturatedMoments(group: GroupMoments, order: number): SaturatedMoments | null {
  if (pairCounts(group, order).includes(0)) return null;
  const n = respondents(group);
  let at = startOf(group, order);
  let [last, gain] = [Number.NaN, Number.NaN];
  for (let round = 0; round < mostRounds; round++) {
    const expected = expectation(group, at);
    if (expected === null || !Number.isFinite(expected.value)) return null;
    const { value } = expected;
    const next = last - value;
    const shrinking = next / gain;
    if (next <= 1e-15 * Math.abs(value) || (shrinking < 1 && (next * shrinking) / (1 - shrinking) < 1e-11))
      return { ...at, value };
    [last, gain] = [value, next];
    at = maximised(expected, at, n);
    if (!isRegular(at.covariance, order)) return null;
  }
  return null;
}

/** −2 log likelihood of means and covariances that are free in each group; null where a group has none. */
export function saturation(groups: readonly GroupMoments[], order: number): Reference | null {
  let value = 0;
  for (const group of groups) {
    const moments = saturatedMoments(group, order);
    if (moments === null) return null;
    value += moments.value;
  }
  return { value, parameters: (groups.length * order * (order + 3)) / 2 };
}
