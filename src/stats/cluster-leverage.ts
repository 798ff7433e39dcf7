import { type EigenRoom, eigenRoom, symmetricEigen } from "./eigen.ts";
import type { LeastSquares } from "./least-squares.ts";

/** How a cluster's residuals are adjusted for its leverage: (I − H)^power. */
export type Adjustment = 0 | -0.5 | -1;

/** Scratch of one pass over the clusters: eigenvalues of the cluster's hat matrix and the factors less one. */
export interface LeverageRoom {
  readonly hat: Float64Array;
  readonly eigen: EigenRoom;
  readonly excess: Float64Array;
}

export function leverageRoom(fit: LeastSquares): LeverageRoom {
  let rows = 0;
  for (let g = 0; g + 1 < fit.start.length; g++) rows = Math.max(rows, fit.start[g + 1]! - fit.start[g]!);
  return { hat: new Float64Array(rows * rows), eigen: eigenRoom(rows), excess: new Float64Array(rows) };
}

/** Below this, one minus an eigenvalue is a direction that the cluster alone determines. */
const leverageOne = 1e-12;

/** (1 − λ)^power − 1 without cancellation for small λ; the Moore–Penrose inverse where λ is one. */
const excessOf = (lambda: number, power: Adjustment): number =>
  1 - lambda < leverageOne ? -1 : Math.expm1(power * Math.log1p(-lambda));

/** Eigenvalues of the hat matrix of cluster g and the factors on them; returns how many eigenvalues are one. */
export function clusterLeverage(fit: LeastSquares, g: number, power: Adjustment, room: LeverageRoom): number {
  const order = fit.coefficients.length;
  const first = fit.start[g]!;
  const size = fit.start[g + 1]! - first;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      const a = (first + i) * order;
      const b = (first + j) * order;
      for (let k = 0; k < order; k++) sum += fit.whitened[a + k]! * fit.whitened[b + k]!;
      room.hat[i * size + j] = sum;
      room.hat[j * size + i] = sum;
    }
  }
  symmetricEigen(room.hat, size, room.eigen);
  let ones = 0;
  for (let k = 0; k < size; k++) {
    const lambda = room.eigen.values[k]!;
    room.excess[k] = power === 0 ? 0 : excessOf(lambda, power);
    if (1 - lambda < leverageOne) ones++;
  }
  return ones;
}

/** Applies (I − H)^power of the cluster last given to `clusterLeverage`, in place. */
export function adjust(vector: Float64Array, size: number, room: LeverageRoom): void {
  const { vectors } = room.eigen;
  for (let k = 0; k < size; k++) {
    const excess = room.excess[k]!;
    if (excess === 0) continue;
    let projection = 0;
    for (let i = 0; i < size; i++) projection += vectors[k * size + i]! * vector[i]!;
    room.hat[k] = excess * projection;
  }
  for (let k = 0; k < size; k++) {
    const step = room.excess[k] === 0 ? 0 : room.hat[k]!;
    if (step !== 0) for (let i = 0; i < size; i++) vector[i]! += vectors[k * size + i]! * step;
  }
}
