/** Answers to the same items: how many respondents, their means and covariances (full, row-major, divisor n). */
export interface PatternMoments {
  readonly n: number;
  /** Which of the items these are, rising from 0. */
  readonly items: Int32Array;
  readonly means: Float64Array;
  readonly covariance: Float64Array;
}

/** One group of respondents; complete answers are one pattern with all items. */
export interface GroupMoments {
  readonly patterns: readonly PatternMoments[];
}

/** Means and covariances of a group from all who answered an item, or a pair of items. */
export interface AvailableMoments {
  readonly n: Float64Array;
  readonly means: Float64Array;
  readonly covariance: Float64Array;
}

/** A model to measure fit against: −2 log likelihood without its constant, and how many parameters make it. */
export interface Reference {
  readonly value: number;
  readonly parameters: number;
}

/** How many respondents a group has, whatever they answered. */
export const respondents = ({ patterns }: GroupMoments): number => patterns.reduce((sum, { n }) => sum + n, 0);

function availableMeans({ patterns }: GroupMoments, order: number): { n: Float64Array; means: Float64Array } {
  const n = new Float64Array(order);
  const means = new Float64Array(order);
  for (const pattern of patterns) {
    for (const [a, i] of pattern.items.entries()) {
      n[i]! += pattern.n;
      means[i]! += pattern.n * pattern.means[a]!;
    }
  }
  return { n, means: means.map((sum, i) => (n[i]! > 0 ? sum / n[i]! : 0)) };
}

/** Moments of what was answered; a pair that nobody answered has covariance 0. */
export function availableMoments(group: GroupMoments, order: number): AvailableMoments {
  const { n, means } = availableMeans(group, order);
  const covariance = new Float64Array(order * order);
  const pairs = new Float64Array(order * order);
  for (const pattern of group.patterns) {
    const size = pattern.items.length;
    for (const [a, i] of pattern.items.entries()) {
      for (const [b, j] of pattern.items.entries()) {
        const offset = (pattern.means[a]! - means[i]!) * (pattern.means[b]! - means[j]!);
        covariance[i * order + j]! += pattern.n * (pattern.covariance[a * size + b]! + offset);
        pairs[i * order + j]! += pattern.n;
      }
    }
  }
  return { n, means, covariance: covariance.map((sum, at) => (pairs[at]! > 0 ? sum / pairs[at]! : 0)) };
}

/** Every item with a mean and a variance of its own in each group, and no two related. */
export function independence(groups: readonly GroupMoments[], order: number): Reference {
  let value = 0;
  for (const group of groups) {
    const { n, covariance } = availableMoments(group, order);
    for (let i = 0; i < order; i++) value += n[i]! * (Math.log(covariance[i * order + i]!) + 1);
  }
  return { value, parameters: groups.length * 2 * order };
}
