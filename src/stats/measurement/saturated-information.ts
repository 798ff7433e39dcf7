import { lower, packedLength } from "../matrix/triangular.ts";
import type { GroupMoments, PatternMoments } from "./factor-moments.ts";
import { patternLikelihood } from "./pattern-likelihood.ts";
import type { SaturatedMoments } from "./saturated-moments.ts";

/** How many means and covariances there are of so many items. */
export const momentCount = (order: number): number => order + packedLength(order);

/** Place of the covariance of two items among means and covariances. */
export const covariancePlace = (order: number, i: number, j: number): number =>
  order + lower(Math.max(i, j), Math.min(i, j));

/** The moments of a pattern's items out of those of all items. */
export function momentsOf(items: Int32Array, { means, covariance }: SaturatedMoments) {
  const order = means.length;
  const own = new Float64Array(items.length ** 2);
  for (const [a, i] of items.entries())
    for (const [b, j] of items.entries()) own[a * items.length + b] = covariance[i * order + j]!;
  return { means: Float64Array.from(items, (i) => means[i]!), covariance: own };
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly place: number;
}

/** Pairs of a pattern's items (a ≥ b), and where their covariance stands. */
const pairsOf = (items: Int32Array, order: number): readonly Pair[] =>
  [...items].flatMap((i, a) =>
    [...items.subarray(0, a + 1)].map((j, b) => ({ a, b, place: covariancePlace(order, i, j) })),
  );

/** tr(V E M F) of the symmetric unit matrices E and F of two pairs. */
function crossed(v: Float64Array, m: Float64Array, size: number, one: Pair, other: Pair): number {
  const term = (i: number, j: number, k: number, l: number): number => v[l * size + i]! * m[j * size + k]!;
  const turned = (i: number, j: number): number =>
    term(i, j, other.a, other.b) + (other.a === other.b ? 0 : term(i, j, other.b, other.a));
  return turned(one.a, one.b) + (one.a === one.b ? 0 : turned(one.b, one.a));
}

/** Adds a pattern's second derivatives; false where its covariances are singular. */
function addPattern(into: Float64Array, pattern: PatternMoments, moments: SaturatedMoments): boolean {
  const { n, items } = pattern;
  const own = momentsOf(items, moments);
  const at = patternLikelihood(pattern, own.means, own.covariance);
  if (at === null) return false;
  const size = items.length;
  const { inverse, weighted, score } = at;
  const curved = weighted.map((value, k) => 2 * value - inverse[k]!);
  const pairs = pairsOf(items, moments.means.length);
  for (const [a, i] of items.entries()) {
    for (let b = 0; b <= a; b++) into[lower(i, items[b]!)]! += 2 * n * inverse[a * size + b]!;
    for (const pair of pairs) {
      const once = score[pair.a]! * inverse[pair.b * size + a]!;
      const both = pair.a === pair.b ? once : once + score[pair.b]! * inverse[pair.a * size + a]!;
      into[lower(pair.place, i)]! += 2 * n * both;
    }
  }
  for (const one of pairs)
    for (const other of pairs)
      if (other.place <= one.place)
        into[lower(one.place, other.place)]! += n * crossed(inverse, curved, size, one, other);
  return true;
}

/**
 * Second derivatives of −2 log likelihood in means and covariances at their maximum (packed lower triangle; means first,
 * then the lower triangle of the covariances): twice the observed information of the saturated model. Null where a
 * covariance matrix is singular.
 */
export function saturatedInformation({ patterns }: GroupMoments, moments: SaturatedMoments): Float64Array | null {
  const into = new Float64Array(packedLength(momentCount(moments.means.length)));
  return patterns.every((pattern) => addPattern(into, pattern, moments)) ? into : null;
}
