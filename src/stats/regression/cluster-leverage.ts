import { type EigenWorkspace, eigenWorkspace, symmetricEigen } from "../matrix/eigen.ts";
import type { LeastSquares } from "./least-squares.ts";

/** How a cluster's residuals are adjusted for its leverage: (I − H)^power. */
export type Adjustment = 0 | -0.5 | -1;

/**
 * Scratch of one pass over the clusters, so that it allocates nothing: hat matrix H, (I − H)^power − I; size × size of
 * the largest cluster.
 */
export interface LeverageWorkspace {
  readonly hat: Float64Array;
  readonly excess: Float64Array;
  readonly product: Float64Array;
  readonly eigen: EigenWorkspace;
}

/** Scratch arrays for the clusters of a fit. */
export function leverageWorkspace(fit: LeastSquares): LeverageWorkspace {
  let rows = 0;
  for (let g = 0; g + 1 < fit.start.length; g++) rows = Math.max(rows, fit.start[g + 1]! - fit.start[g]!);
  const square = () => new Float64Array(rows * rows);
  return { hat: square(), excess: square(), product: square(), eigen: eigenWorkspace(rows) };
}

/** Below this, one minus an eigenvalue is a direction that the cluster alone determines. */
const leverageOne = 1e-12;

/** (1 − λ)^power − 1 without cancellation for small λ; the Moore–Penrose inverse where λ is one. */
function excessOf(lambda: number, power: Adjustment): number {
  if (power === 0) return 0;
  if (1 - lambda < leverageOne) return -1;
  if (power === -1) return lambda / (1 - lambda);
  const root = Math.sqrt(1 - lambda);
  return lambda / (root * (1 + root));
}

/** Fills the hat matrix of the cluster's orthonormal rows; returns its trace. */
function fillHat(fit: LeastSquares, first: number, size: number, hat: Float64Array): number {
  const { orthonormal } = fit;
  const order = fit.coefficients.length;
  let trace = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0, a = (first + i) * order, b = (first + j) * order; k < order; k++, a++, b++)
        sum += orthonormal[a]! * orthonormal[b]!;
      hat[i * size + j] = sum;
      hat[j * size + i] = sum;
      if (i === j) trace += sum;
    }
  }
  return trace;
}

/** Traces below this make the binomial series shorter than an eigendecomposition. */
const seriesTrace = 1 / 16;

/** Powers of H beyond this many add less than rounding: no eigenvalue is above the trace. */
function termsOf(trace: number): number {
  let terms = 1;
  for (let rest = trace; rest > 1e-17; rest *= trace) terms++;
  return terms;
}

/** (I − H)^power − I = c₁H + c₂H² + … by Horner's rule. */
function fillBySeries(size: number, trace: number, power: Adjustment, workspace: LeverageWorkspace): void {
  const { hat, excess, product } = workspace;
  const terms = termsOf(trace);
  const square = size * size;
  const ratio = (k: number): number => (power === -1 ? 1 : (2 * k - 1) / (2 * k));
  for (let at = 0; at < square; at++) excess[at] = hat[at]! * ratio(terms);
  for (let k = terms - 1; k >= 1; k--) {
    for (let i = 0; i < size; i++) excess[i * size + i]! += 1;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let l = 0; l < size; l++) sum += hat[i * size + l]! * excess[l * size + j]!;
        product[i * size + j] = sum * ratio(k);
        product[j * size + i] = sum * ratio(k);
      }
    }
    for (let at = 0; at < square; at++) excess[at] = product[at]!;
  }
}

/** The same by eigenvectors, for any H; returns how many eigenvalues are one. */
function fillByEigen(size: number, power: Adjustment, { hat, excess, eigen }: LeverageWorkspace): number {
  const { values, vectors } = eigen;
  symmetricEigen(hat, size, eigen);
  excess.fill(0, 0, size * size);
  let ones = 0;
  for (let k = 0; k < size; k++) {
    if (1 - values[k]! < leverageOne) ones++;
    const factor = excessOf(values[k]!, power);
    if (factor === 0) continue;
    for (let i = 0; i < size; i++) {
      const share = factor * vectors[k * size + i]!;
      for (let j = 0; j < size; j++) excess[i * size + j]! += share * vectors[k * size + j]!;
    }
  }
  return ones;
}

/** Fills (I − H)^power − I of cluster g; returns how many eigenvalues of H are one. */
export function clusterLeverage(fit: LeastSquares, g: number, power: Adjustment, workspace: LeverageWorkspace): number {
  const first = fit.start[g]!;
  const size = fit.start[g + 1]! - first;
  const trace = fillHat(fit, first, size, workspace.hat);
  if (size === 1) {
    workspace.excess[0] = excessOf(trace, power);
    return Number(1 - trace < leverageOne);
  }
  if (trace >= seriesTrace) return fillByEigen(size, power, workspace);
  if (power === 0) workspace.excess.fill(0, 0, size * size);
  else fillBySeries(size, trace, power, workspace);
  return 0;
}

/** Applies (I − H)^power of the cluster last given to `clusterLeverage` to `vector[offset … offset + size)`, in place. */
export function adjust(
  vector: Float64Array,
  offset: number,
  size: number,
  { excess, product }: LeverageWorkspace,
): void {
  for (let i = 0; i < size; i++) {
    let step = 0;
    for (let j = 0; j < size; j++) step += excess[i * size + j]! * vector[offset + j]!;
    product[i] = step;
  }
  for (let i = 0; i < size; i++) vector[offset + i]! += product[i]!;
}
