import { dot, whiten } from "./cluster-robust.ts";
import type { LeastSquares } from "./least-squares.ts";
import { type Evaluation, evaluate, type Variances } from "./mixed-evaluation.ts";
import { type MixedMoments, mixedMoments } from "./mixed-moments.ts";
import { bilinear, multiply } from "./small-matrix.ts";
import { lower } from "./triangular.ts";

/** A variance and the degrees of freedom that go with it. */
export interface Precision {
  readonly variance: number;
  readonly df: number;
}

/** One contrast of the coefficients of a mixed model. */
export interface MixedContrast {
  readonly estimate: number;
  /** Fai & Cornelius 1996, as lmerTest. */
  readonly satterthwaite: Precision;
  /** Kenward & Roger 1997, as pbkrtest; the variance is the adjusted one. */
  readonly kenwardRoger: Precision;
}

/** A linear model with a random intercept per cluster, by REML. */
export interface MixedModel {
  readonly variances: Variances;
  /** −2 log of the restricted likelihood, as lme4's `REMLcrit`. */
  readonly deviance: number;
  readonly contrasts: readonly MixedContrast[];
}

/** Inverse of a symmetric 2 × 2 matrix. */
function invertTwo([a, b, , d]: readonly number[]): readonly number[] {
  const determinant = a! * d! - b! * b!;
  return [d! / determinant, -b! / determinant, -b! / determinant, a! / determinant];
}

/** The clusters' variance is at its bound, and the deviance would rise with it. */
const atBound = ({ variances, gradient }: Evaluation): boolean => variances.cluster === 0 && gradient[1] >= 0;

/** Change of the variances by Fisher scoring or, where it points down, by Newton. */
function stepFrom(at: Evaluation, newton: boolean): readonly [number, number] {
  const { gradient, information, hessian } = at;
  const concave = hessian[0]! <= 0 || hessian[0]! * hessian[3]! <= hessian[1]! ** 2;
  const curvature = newton && !concave ? hessian : information;
  if (atBound(at)) return [-gradient[0] / curvature[0]!, 0];
  const [a, b, c, d] = invertTwo(curvature);
  return [-(a! * gradient[0] + b! * gradient[1]), -(c! * gradient[0] + d! * gradient[1])];
}

function moved({ residual, cluster }: Variances, step: readonly [number, number], share: number): Variances {
  return {
    residual: Math.max(residual * 0.05, residual + share * step[0]),
    cluster: Math.max(0, cluster + share * step[1]),
  };
}

/** Fisher scoring, then Newton, halving a step that does not lower the deviance. */
function minimise(moments: MixedMoments, start: Variances): Evaluation | null {
  let at = evaluate(moments, start);
  for (let round = 0; at !== null && round < 100; round++) {
    const step = stepFrom(at, round >= 4);
    if (Math.abs(step[0]) + Math.abs(step[1]) < 1e-13 * (at.variances.residual + at.variances.cluster)) break;
    let next: Evaluation | null = null;
    for (let share = 1; share > 1e-9; share /= 2) {
      next = evaluate(moments, moved(at.variances, step, share));
      if (next !== null && next.deviance <= at.deviance + 1e-12 * Math.abs(at.deviance)) break;
      next = null;
    }
    if (next === null) break;
    at = next;
  }
  return at;
}

/** d'Φ M Φ d. */
function sandwich(phi: Float64Array, matrix: Float64Array, direction: Float64Array): number {
  const size = direction.length;
  const turned = Float64Array.from({ length: size }, (_, i) => dot(phi, i * size, direction));
  return bilinear(turned, matrix, turned, size);
}

const quadratic = (g: readonly [number, number], m: readonly number[]): number =>
  g[0] * g[0] * m[0]! + 2 * g[0] * g[1] * m[1]! + g[1] * g[1] * m[3]!;

function contrastOf(at: Evaluation, fit: LeastSquares, contrast: Float64Array): MixedContrast {
  const direction = whiten(fit, contrast);
  const size = direction.length;
  const { phi, first, second, hessian, information } = at;
  const variance = bilinear(direction, phi, direction, size);
  const gradient = [sandwich(phi, first[0], direction), sandwich(phi, first[1], direction)] as const;
  const observed = atBound(at) ? [1 / hessian[0]!, 0, 0, 0] : invertTwo(hessian);
  const expected = invertTwo(information);
  let adjustment = 0;
  for (let k = 0; k < 4; k++) {
    const product = multiply(multiply(first[k >> 1]!, phi, size), first[k & 1]!, size);
    const matrix = second[k]!.map((value, at) => value - product[at]!);
    adjustment += 2 * expected[k]! * sandwich(phi, matrix, direction);
  }
  const squared = variance * variance;
  return {
    estimate: dot(contrast, 0, fit.coefficients) + dot(direction, 0, at.correction),
    satterthwaite: { variance, df: squared / quadratic(gradient, observed) },
    kenwardRoger: { variance: variance + 2 * adjustment, df: squared / quadratic(gradient, expected) },
  };
}

/**
 * Random intercept per cluster by REML (Patterson & Thompson 1971; Harville 1977), from the least-squares fit of the
 * fixed part and `behind` of its `ModelRows`. Null where no cluster has two rows, or the residual variance is zero.
 */
export function randomIntercept(
  fit: LeastSquares,
  behind: Float64Array,
  contrasts: readonly Float64Array[],
): MixedModel | null {
  const size = fit.coefficients.length;
  const moments = mixedMoments(fit, behind);
  const residual = fit.residualSumOfSquares / (fit.observations - size);
  if (moments.withinRows < 1 || !(residual > 0) || !Number.isFinite(residual)) return null;
  const at = minimise(moments, { residual, cluster: residual / 10 });
  if (at === null || !Number.isFinite(at.deviance)) return null;
  let unwhitening = 0;
  for (let k = 0; k < size; k++) unwhitening += 2 * Math.log(fit.factor[lower(k, k)]!);
  return {
    variances: at.variances,
    deviance: at.deviance + unwhitening,
    contrasts: contrasts.map((contrast) => contrastOf(at, fit, contrast)),
  };
}
