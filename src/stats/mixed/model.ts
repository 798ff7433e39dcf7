import { bilinear, multiply } from "../matrix/small-matrix.ts";
import { lower } from "../matrix/triangular.ts";
import { dot, orthonormalContrast } from "../regression/cluster-robust.ts";
import type { JointTest } from "../regression/joint-test.ts";
import type { LeastSquares } from "../regression/least-squares.ts";
import { type Evaluation, evaluate, type Likelihood } from "./evaluation.ts";
import { kenwardRogerTest } from "./joint.ts";
import { freeComponents, invertFree, minimise } from "./minimum.ts";
import { type MixedMoments, mixedMoments, type RandomEffects } from "./moments.ts";

/** The variance of a contrast (in squared units of it) and the degrees of freedom that go with it. */
export interface ContrastVariance {
  readonly variance: number;
  readonly df: number;
}

/** One contrast of the coefficients of a mixed model. */
export interface MixedContrast {
  readonly estimate: number;
  /** Fai & Cornelius 1996, as lmerTest; df is null at variances that were given and are not near a minimum. */
  readonly satterthwaite: { readonly variance: number; readonly df: number | null };
  /** Kenward & Roger 1997, as pbkrtest; the variance is the adjusted one. Meant for REML. */
  readonly kenwardRoger: ContrastVariance;
}

/** One variance of a mixed model. */
export interface VarianceComponent {
  readonly variance: number;
  /** Part of the sum of all variances (the intraclass correlation), with its standard error by the delta method. */
  readonly share: number;
  /** Null where a component is at its bound of zero, or its variance was given and is not near a minimum. */
  readonly shareSe: number | null;
}

/** A random effect beside the residual. */
export type Component = "inner" | "outer";

/** A linear mixed model that was fitted, or evaluated at variances that were given. */
export interface MixedModel {
  readonly status: "estimated";
  readonly residual: VarianceComponent;
  readonly inner: VarianceComponent;
  readonly outer: VarianceComponent | null;
  /** −2 log likelihood, as lme4's `REMLcrit`, or `-2 * logLik` for ML. */
  readonly deviance: number;
  readonly contrasts: readonly MixedContrast[];
  /** Kenward and Roger's F test of all contrasts. Meant for REML; null where it does not exist. */
  readonly joint: JointTest | null;
}

/**
 * Why there is none: no unit has two rows, the data do not tell the components apart, or nothing varies inside units.
 */
export interface NoMixedModel {
  readonly status: "no-replication" | "components-confounded" | "no-variation";
}

/** Variances to evaluate at; `outer` is 0 where there is no such component. */
export interface Variances {
  readonly residual: number;
  readonly inner: number;
  readonly outer: number;
}

/**
 * A mixed model: the fixed part, fitted by `leastSquares`; `counts` of the same `ModelRows`; the random effects;
 * contrasts with one entry per kept column.
 */
export interface MixedModelSpec {
  readonly fit: LeastSquares;
  readonly counts: Float64Array;
  readonly effects: RandomEffects;
  readonly likelihood: Likelihood;
  readonly contrasts: readonly Float64Array[];
}

/** d'Φ M Φ d. */
function sandwich(phi: Float64Array, matrix: Float64Array, direction: Float64Array): number {
  const size = direction.length;
  const turned = Float64Array.from({ length: size }, (_, i) => dot(phi, i * size, direction));
  return bilinear(turned, matrix, turned, size);
}

/** What all contrasts share: the inverse of the observed and of the expected information, and Q_ij of Kenward & Roger. */
interface Uncertainty {
  readonly observed: Float64Array | null;
  readonly expected: Float64Array;
  readonly adjustments: readonly (readonly Float64Array[])[];
}

function uncertaintyOf(at: Evaluation): Uncertainty | null {
  const { phi, first, second, hessian, restrictedInformation, variances } = at;
  const size = at.correction.length;
  const observed = invertFree(hessian, variances.length, freeComponents(at));
  const expected = invertFree(restrictedInformation, variances.length, [...variances.keys()]);
  if (expected === null) return null;
  const adjustments = second.map((row, i) =>
    row.map((matrix, j) => {
      const product = multiply(multiply(first[i]!, phi, size), first[j]!, size);
      return matrix.map((value, k) => value - product[k]!);
    }),
  );
  return { observed, expected, adjustments };
}

function contrastOf(
  at: Evaluation,
  fit: LeastSquares,
  uncertainty: Uncertainty,
  contrast: Float64Array,
): MixedContrast {
  const { phi, first, correction, variances } = at;
  const { observed, expected, adjustments } = uncertainty;
  const direction = orthonormalContrast(fit, contrast);
  const variance = bilinear(direction, phi, direction, direction.length);
  const slopes = Float64Array.from(first, (matrix) => sandwich(phi, matrix, direction));
  let adjustment = 0;
  adjustments.flat().forEach((matrix, pair) => {
    adjustment += 4 * expected[pair]! * sandwich(phi, matrix, direction);
  });
  const df = (inverse: Float64Array): number => variance ** 2 / bilinear(slopes, inverse, slopes, variances.length);
  return {
    estimate: dot(contrast, 0, fit.coefficients) + dot(direction, 0, correction),
    satterthwaite: { variance, df: observed && df(observed) },
    kenwardRoger: { variance: variance + adjustment, df: df(expected) },
  };
}

function jointOf(
  at: Evaluation,
  fit: LeastSquares,
  { expected, adjustments }: Uncertainty,
  contrasts: readonly Float64Array[],
): JointTest | null {
  const directions = contrasts.map((contrast) => orthonormalContrast(fit, contrast));
  const estimates = Float64Array.from(
    contrasts,
    (contrast, k) => dot(contrast, 0, fit.coefficients) + dot(directions[k]!, 0, at.correction),
  );
  return kenwardRogerTest(at, { directions, estimates, variances: expected.map((value) => 2 * value), adjustments });
}

function componentOf({ variances }: Evaluation, observed: Float64Array | null, index: number): VarianceComponent {
  const total = variances.reduce((sum, value) => sum + value, 0);
  const share = variances[index]! / total;
  const slopes = Float64Array.from(variances, (_, i) => (Number(i === index) - share) / total);
  const known = observed !== null && variances[index]! > 0;
  const shareSe = known ? Math.sqrt(2 * bilinear(slopes, observed, slopes, variances.length)) : null;
  return { variance: variances[index]!, share, shareSe };
}

function modelAt({ fit, likelihood, contrasts }: MixedModelSpec, at: Evaluation): MixedModel | NoMixedModel {
  const uncertainty = uncertaintyOf(at);
  if (uncertainty === null || !at.identified) return { status: "components-confounded" };
  let logDeterminant = 0;
  for (let k = 0; k < at.correction.length; k++) logDeterminant += 2 * Math.log(fit.factor[lower(k, k)]!);
  const component = (index: number): VarianceComponent => componentOf(at, uncertainty.observed, index);
  return {
    status: "estimated",
    residual: component(0),
    inner: component(1),
    outer: at.variances.length === 3 ? component(2) : null,
    deviance: at.deviance + (likelihood === "REML" ? logDeterminant : 0),
    contrasts: contrasts.map((contrast) => contrastOf(at, fit, uncertainty, contrast)),
    joint: jointOf(at, fit, uncertainty, contrasts),
  };
}

/** What varies inside units is rounding where it is below this part of what least squares leaves. */
const rounding = 1e-12;

const leastSquaresVariance = ({ fit }: MixedModelSpec): number =>
  fit.residualSumOfSquares / (fit.observations - fit.coefficients.length);

/** What can be seen before anything is fitted. */
function notEstimable(spec: MixedModelSpec, moments: MixedMoments): NoMixedModel | null {
  const variance = leastSquaresVariance(spec);
  if (moments.withinRows < 1 || spec.fit.observations <= spec.fit.coefficients.length) {
    return { status: "no-replication" };
  }
  const inside = moments.within.at(-1)!;
  if (!(variance > 0 && inside > rounding * spec.fit.residualSumOfSquares)) return { status: "no-variation" };
  const alone = moments.hasOuter && moments.patterns.every(({ sizes }) => sizes.length < 2);
  return alone ? { status: "components-confounded" } : null;
}

/**
 * A linear mixed model with random intercepts, by REML (Patterson & Thompson 1971; Harville 1977) or ML, as lme4's
 * `lmer(y ~ x + (1 | inner) + (1 | outer))`; contrasts with Satterthwaite degrees of freedom as lmerTest and
 * Kenward–Roger ones as pbkrtest. A component that is estimated as zero stays at its bound, as lme4's singular fits
 * do. Where there is none, `status` says why. Cost: cells × columns² once, then free of the number of rows.
 */
export const mixedModel = (spec: MixedModelSpec): MixedModel | NoMixedModel => fitted(spec, []);

/**
 * The same by REML with the components that are named kept off their bound of zero by adding log σ to the log likelihood
 * (Chung, Rabe-Hesketh, Dorie, Gelman & Liu 2013, Psychometrika 78, 685–709; R's blme): about a standard error above
 * zero where REML finds none. An estimate of zero is not knowledge of zero, and a test that takes it for such rejects
 * too often; with Kenward and Roger's adjustment this one does not. `components-confounded` where fewer than two units
 * (for the outer component, groups) are left beside the columns: with one, log σ and the likelihood cancel, and no value
 * of σ is the best.
 */
export function mixedModelOffZero(spec: MixedModelSpec, components: readonly Component[]): MixedModel | NoMixedModel {
  const { rows, withinRows, patterns } = mixedMoments(spec.fit, spec.counts, spec.effects);
  const units = rows - withinRows;
  const groups = patterns.reduce((sum, pattern) => sum + pattern.groups, 0);
  const left = (component: Component): number =>
    (component === "inner" ? units : groups) - spec.fit.coefficients.length;
  if (components.some((component) => left(component) < 2)) return { status: "components-confounded" };
  const indices = components.map((component) => (component === "inner" ? 1 : 2));
  return fitted({ ...spec, likelihood: "REML" }, indices);
}

function fitted(spec: MixedModelSpec, offZero: readonly number[]): MixedModel | NoMixedModel {
  const moments = mixedMoments(spec.fit, spec.counts, spec.effects);
  const none = notEstimable(spec, moments);
  if (none !== null) return none;
  const residual = leastSquaresVariance(spec);
  const start = [residual, residual / 10, residual / 10].slice(0, moments.hasOuter ? 3 : 2);
  const penalised = minimise(moments, spec.likelihood, start, offZero);
  const at = offZero.length === 0 ? penalised : penalised && evaluate(moments, spec.likelihood, penalised.variances);
  if (at === null) return { status: "components-confounded" };
  if (!(at.variances[0]! > rounding * residual)) return { status: "no-variation" };
  return modelAt(spec, at);
}

/**
 * The same model at variances that are given (in squared units of the outcome), not estimated; for checks against a
 * fit made elsewhere.
 */
export function mixedModelAt(spec: MixedModelSpec, variances: Variances): MixedModel | NoMixedModel {
  const moments = mixedMoments(spec.fit, spec.counts, spec.effects);
  const none = notEstimable(spec, moments);
  if (none !== null) return none;
  const { residual, inner, outer } = variances;
  const at = evaluate(moments, spec.likelihood, moments.hasOuter ? [residual, inner, outer] : [residual, inner]);
  return at === null ? { status: "components-confounded" } : modelAt(spec, at);
}
