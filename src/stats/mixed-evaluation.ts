import type { MixedMoments } from "./mixed-moments.ts";
import { bilinear, invertPositive, multiply, traceOfProduct } from "./small-matrix.ts";

/** Variances of a random-intercept model: `residual` within clusters, `cluster` between them. */
export interface Variances {
  readonly residual: number;
  readonly cluster: number;
}

/** Index 0 stands for the residual variance, 1 for the clusters' (2 × 2 matrices row by row). */
export interface Evaluation {
  readonly variances: Variances;
  /** REML deviance, whitened columns. */
  readonly deviance: number;
  /** Φ = (X'V⁻¹X)⁻¹ of the whitened columns, and what least squares lacks of the coefficients. */
  readonly phi: Float64Array;
  readonly correction: Float64Array;
  readonly gradient: readonly [number, number];
  readonly information: readonly number[];
  readonly hessian: readonly number[];
  /** X'V⁻¹V_iV⁻¹X. */
  readonly first: readonly [Float64Array, Float64Array];
  /** X'V⁻¹V_iV⁻¹V_jV⁻¹X by (i, j). */
  readonly second: readonly Float64Array[];
}

/** Z' f(V) Z, where f is `inside` within clusters and `between(n, k)` on the mean of a cluster of n, k its variance. */
function weigh(moments: MixedMoments, inside: number, between: (n: number) => number): Float64Array {
  const sum = moments.within.map((value) => value * inside);
  for (const { n, products } of moments.groups) {
    const weight = between(n);
    for (let k = 0; k < sum.length; k++) sum[k]! += products[k]! * weight;
  }
  return sum;
}

function total(moments: MixedMoments, inside: number, between: (n: number) => number): number {
  return moments.groups.reduce((sum, { n, clusters }) => sum + clusters * between(n), moments.withinRows * inside);
}

/** Without the last row and column. */
function leading(matrix: Float64Array, order: number): Float64Array {
  const size = order - 1;
  return Float64Array.from({ length: size * size }, (_, k) => matrix[Math.floor(k / size) * order + (k % size)]!);
}

/** A r without the last element. */
function timesContrast(matrix: Float64Array, r: Float64Array): Float64Array {
  const order = r.length;
  return Float64Array.from({ length: order - 1 }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < order; j++) sum += matrix[i * order + j]! * r[j]!;
    return sum;
  });
}

/** REML deviance with its derivatives (Harville 1977), all from moments; null where Φ does not exist. */
export function evaluate(moments: MixedMoments, variances: Variances): Evaluation | null {
  const { order } = moments;
  const size = order - 1;
  const { residual, cluster } = variances;
  const k = (n: number): number => residual + n * cluster;
  const zero = weigh(moments, 1 / residual, (n) => 1 / k(n));
  const firstFull = [
    weigh(moments, residual ** -2, (n) => k(n) ** -2),
    weigh(moments, 0, (n) => n * k(n) ** -2),
  ] as const;
  const secondFull = [
    weigh(moments, residual ** -3, (n) => k(n) ** -3),
    weigh(moments, 0, (n) => n * k(n) ** -3),
    weigh(moments, 0, (n) => n * n * k(n) ** -3),
  ] as const;
  const traces = [total(moments, 1 / residual, (n) => 1 / k(n)), total(moments, 0, (n) => n / k(n))] as const;
  const secondTraces = [
    total(moments, residual ** -2, (n) => k(n) ** -2),
    total(moments, 0, (n) => n * k(n) ** -2),
    total(moments, 0, (n) => n * n * k(n) ** -2),
  ] as const;
  const inverse = invertPositive(leading(zero, order), size);
  if (inverse === null) return null;
  const phi = inverse.matrix;
  const cross = Float64Array.from({ length: size }, (_, i) => zero[i * order + size]!);
  const correction = Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += phi[i * size + j]! * cross[j]!;
    return sum;
  });
  const r = Float64Array.from([...correction.map((value) => -value), 1]);
  const first = [leading(firstFull[0], order), leading(firstFull[1], order)] as const;
  const phiFirst = first.map((matrix) => multiply(phi, matrix, size));
  const scores = firstFull.map((matrix) => timesContrast(matrix, r));
  const pairs = [0, 1, 2, 3].map((at) => {
    const i = at >> 1;
    const j = at & 1;
    const second = secondFull[i + j]!;
    const information =
      secondTraces[i + j]! -
      2 * traceOfProduct(phi, leading(second, order), size) +
      traceOfProduct(phiFirst[i]!, phiFirst[j]!, size);
    const curvature = bilinear(r, second, r, order) - bilinear(scores[i]!, phi, scores[j]!, size);
    return { information, hessian: 2 * curvature - information };
  });
  const gradient = (i: 0 | 1): number =>
    traces[i] - traceOfProduct(phi, first[i], size) - bilinear(r, firstFull[i], r, order);
  const logDeterminant = total(moments, Math.log(residual), (n) => Math.log(k(n)));
  const rows = total(moments, 1, () => 1);
  return {
    variances,
    deviance:
      logDeterminant + inverse.logDeterminant + bilinear(r, zero, r, order) + (rows - size) * Math.log(2 * Math.PI),
    phi,
    correction,
    gradient: [gradient(0), gradient(1)],
    information: pairs.map((pair) => pair.information),
    hessian: pairs.map((pair) => pair.hessian),
    first,
    second: [0, 1, 1, 2].map((at) => leading(secondFull[at]!, order)),
  };
}
