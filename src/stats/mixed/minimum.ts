import { invertPositive } from "../matrix/small-matrix.ts";
import { type Evaluation, evaluate, type Likelihood } from "./evaluation.ts";
import type { MixedMoments } from "./moments.ts";

/** Components that are not held at zero: one is where the deviance would rise with it. */
export const freeComponents = ({ variances, gradient }: Evaluation): readonly number[] =>
  variances.map((_, i) => i).filter((i) => i === 0 || variances[i]! > 0 || gradient[i]! < 0);

/** Inverse of the rows and columns of a square matrix that are named, zero elsewhere; null where not positive definite. */
export function invertFree(matrix: Float64Array, order: number, free: readonly number[]): Float64Array | null {
  const size = free.length;
  const part = Float64Array.from(
    { length: size * size },
    (_, k) => matrix[free[Math.floor(k / size)]! * order + free[k % size]!]!,
  );
  const inverse = invertPositive(part, size);
  if (inverse === null) return null;
  const full = new Float64Array(order * order);
  free.forEach((i, a) => {
    free.forEach((j, b) => {
      full[i * order + j] = inverse.matrix[a * size + b]!;
    });
  });
  return full;
}

/** Change of the variances by Fisher scoring or, where it points down, by Newton. */
function stepFrom(at: Evaluation, newton: boolean): readonly number[] | null {
  const { gradient, information, hessian } = at;
  const order = gradient.length;
  const free = freeComponents(at);
  const inverse = (newton ? invertFree(hessian, order, free) : null) ?? invertFree(information, order, free);
  if (inverse === null) return null;
  return gradient.map((_, i) => -gradient.reduce((sum, slope, j) => sum + inverse[i * order + j]! * slope, 0));
}

const moved = (variances: readonly number[], step: readonly number[], share: number): readonly number[] =>
  variances.map((variance, i) => Math.max(i === 0 ? variance * 0.05 : 0, variance + share * step[i]!));

/** An evaluation with −log σ² added to the deviance for every component named, and to its derivatives. */
function keptOff(at: Evaluation | null, components: readonly number[]): Evaluation | null {
  if (at === null || components.length === 0) return at;
  const { variances } = at;
  const order = variances.length;
  const curved = (matrix: Float64Array): Float64Array =>
    matrix.map((value, k) =>
      components.includes(k % order) && k % (order + 1) === 0 ? value + variances[k % order]! ** -2 : value,
    );
  return {
    ...at,
    deviance: components.reduce((sum, i) => sum - Math.log(variances[i]!), at.deviance),
    gradient: at.gradient.map((slope, i) => (components.includes(i) ? slope - 1 / variances[i]! : slope)),
    information: curved(at.information),
    hessian: curved(at.hessian),
  };
}

/**
 * Variances at which the deviance is least: Fisher scoring, then Newton, halving a step that does not lower the
 * deviance, components at their bound of zero held there while the deviance would rise with them. Null where the data
 * do not tell the components apart. `offZero`: components that −log σ² keeps off their bound.
 */
export function minimise(
  moments: MixedMoments,
  likelihood: Likelihood,
  start: readonly number[],
  offZero: readonly number[],
): Evaluation | null {
  const evaluated = (variances: readonly number[]) => keptOff(evaluate(moments, likelihood, variances), offZero);
  let at = evaluated(start);
  if (at !== null && !at.identified) return null;
  for (let round = 0; at !== null && round < 100; round++) {
    const step = stepFrom(at, round >= 4);
    if (step === null) return null;
    const target = moved(at.variances, step, 1);
    const way = target.reduce((sum, value, i) => sum + Math.abs(value - at!.variances[i]!), 0);
    if (way < 1e-12 * at.variances.reduce((sum, value) => sum + value, 0)) break;
    let next: Evaluation | null = null;
    for (let share = 1; share > 1e-9; share /= 2) {
      next = evaluated(moved(at.variances, step, share));
      if (next !== null && next.deviance <= at.deviance + 1e-12 * Math.abs(at.deviance)) break;
      next = null;
    }
    if (next === null) break;
    at = next;
  }
  return at;
}
