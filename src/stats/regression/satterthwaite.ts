import type { ClusterSums } from "./cluster-sums.ts";

/** What every pair of basis directions adds to a_st, or to the symmetric part of w_s w_t', of two combinations of them. */
export function pairWeights(left: Float64Array, right: Float64Array): Float64Array {
  const weights: number[] = [];
  for (let s = 0; s < left.length; s++) {
    for (let t = 0; t < s; t++) weights.push(left[s]! * right[t]! + left[t]! * right[s]!);
    weights.push(left[s]! * right[s]!);
  }
  return Float64Array.from(weights);
}

function bilinear({ squares }: ClusterSums, left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let p = 0, at = 0; p < left.length; p++) {
    let row = 0;
    for (let q = 0; q < right.length; q++, at++) row += squares[at]! * right[q]!;
    sum += left[p]! * row;
  }
  return sum;
}

/** Sum of squares of all elements of the symmetric part of Σ w w' of two combinations. */
function outerSquares({ outer, meat }: ClusterSums, weights: Float64Array): number {
  const combined = new Float64Array(meat.length);
  for (let p = 0, at = 0; p < weights.length; p++) {
    const weight = weights[p]!;
    for (let k = 0; k < combined.length; k++, at++) combined[k]! += weight * outer[at]!;
  }
  let sum = 0;
  for (let i = 0, at = 0; at < combined.length; i++) {
    for (let j = 0; j < i; j++, at++) sum += 2 * combined[at]! ** 2;
    sum += combined[at++]! ** 2;
  }
  return sum;
}

/** Satterthwaite's (Σ p_gg)² / Σ p_gh² of a contrast, p_gh = δ_gh a_g − w_g'w_h (Bell & McCaffrey 2002). */
export function degreesOfFreedom(sums: ClusterSums, weights: Float64Array): number {
  let trace = 0;
  for (let p = 0; p < weights.length; p++) trace += weights[p]! * sums.trace[p]!;
  return (trace * trace) / (bilinear(sums, weights, weights) + outerSquares(sums, weights));
}

/** Σ over s, t of the (co)variances of the elements of the variance of several combinations (Tipton & Pustejovsky 2015). */
export function hotellingSum(sums: ClusterSums, along: readonly Float64Array[]): number {
  let sum = 0;
  for (const left of along) {
    for (const right of along) {
      const both = pairWeights(left, right);
      sum += bilinear(sums, pairWeights(left, left), pairWeights(right, right));
      sum += bilinear(sums, both, both) + 2 * outerSquares(sums, both);
    }
  }
  return sum;
}
