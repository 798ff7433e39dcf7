/**
 * Samejima's graded-response model of an answer in ordered categories: the probability of answering above category k
 * is logistic in the latent trait, 1 / (1 + exp(−a(θ − b_k))).
 *
 * Source: Samejima, F. (1969), Estimation of latent ability using a response pattern of graded scores,
 * Psychometrika Monograph Supplement 17. The logistic metric has no 1.702 in it.
 */
export interface GradedItem {
  /** a > 0: how steeply the answer follows the trait, per unit of the trait. */
  readonly discrimination: number;
  /** b_1 < … < b_{K−1} in the unit of the trait: where answering above category k has probability ½. */
  readonly thresholds: readonly number[];
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Probabilities of the K = thresholds + 1 categories at the trait value; they sum to 1. */
export function categoryProbabilities(item: GradedItem, trait: number): Float64Array {
  const probabilities = new Float64Array(item.thresholds.length + 1);
  let above = 1;
  item.thresholds.forEach((threshold, k) => {
    const next = logistic(item.discrimination * (trait - threshold));
    probabilities[k] = above - next;
    above = next;
  });
  probabilities[item.thresholds.length] = above;
  return probabilities;
}

/** Expected answer at the trait value, categories counted from 1 to K. */
export function expectedAnswer(item: GradedItem, trait: number): number {
  return item.thresholds.reduce((sum, threshold) => sum + logistic(item.discrimination * (trait - threshold)), 1);
}

/**
 * The answer, 1 to K, that a uniform number in [0, 1) stands for: by inversion, so a higher trait with the same number
 * never gives a lower answer.
 */
export function drawAnswer(item: GradedItem, trait: number, uniform: number): number {
  const response = trait - Math.log(uniform / (1 - uniform)) / item.discrimination;
  const { thresholds } = item;
  let answer = 1;
  for (let k = 0; k < thresholds.length && response > thresholds[k]!; k++) answer++;
  return answer;
}
