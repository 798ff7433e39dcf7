import { choleskyDropping } from "../matrix/cholesky.ts";
import { lower, packedLength, solveLower, solveLowerTransposed } from "../matrix/triangular.ts";
import { availableMoments, type GroupMoments, respondents } from "./factor-moments.ts";
import { addCurvature, addGradient, asExpected, layout, patternFit } from "./one-factor-evaluation.ts";
import { minimumResiduals } from "./reliability.ts";

/** A one-factor model of several groups. */
export interface FactorModel {
  readonly groups: readonly GroupMoments[];
  readonly order: number;
  /** Of each group: where its parameters (see `layout`) are among the free ones; −1 where fixed. */
  readonly places: readonly Int32Array[];
  readonly free: number;
}

/** Parameters by group (see `layout`), and −2 log likelihood without its constant. */
export interface FactorFit {
  readonly groups: readonly Float64Array[];
  readonly value: number;
}

/** Derivatives of −2 log likelihood in the free parameters. */
interface Derivatives {
  readonly gradient: Float64Array;
  /** Packed lower triangles. */
  readonly observed: Float64Array;
  readonly expected: Float64Array;
}

function valueAt({ groups, order }: FactorModel, parameters: readonly Float64Array[]): number | null {
  let value = 0;
  for (const [g, { patterns }] of groups.entries()) {
    for (const pattern of patterns) {
      const fit = patternFit(pattern, parameters[g]!, order);
      if (fit === null) return null;
      value += fit.value;
    }
  }
  return Number.isFinite(value) ? value : null;
}

function gather(into: Float64Array, local: Float64Array, places: Int32Array): void {
  const width = places.length;
  for (const [a, i] of places.entries()) {
    if (i < 0) continue;
    for (const [b, j] of places.entries()) if (j >= 0 && j <= i) into[lower(i, j)]! += local[a * width + b]!;
  }
}

/** Null where the model's covariances of some pattern are not positive definite. */
export function derivativesAt(model: FactorModel, parameters: readonly Float64Array[]): Derivatives | null {
  const { groups, order, places, free } = model;
  const width = layout(order).length;
  const gradient = new Float64Array(free);
  const observed = new Float64Array(packedLength(free));
  const expected = new Float64Array(packedLength(free));
  for (const [g, { patterns }] of groups.entries()) {
    const slope = new Float64Array(width);
    const [actual, information] = [new Float64Array(width * width), new Float64Array(width * width)];
    for (const pattern of patterns) {
      const fit = patternFit(pattern, parameters[g]!, order);
      if (fit === null) return null;
      addGradient(slope, pattern, fit, parameters[g]!, order);
      addCurvature(actual, pattern, fit, parameters[g]!, order);
      addCurvature(information, pattern, asExpected(fit), parameters[g]!, order);
    }
    for (const [a, i] of places[g]!.entries()) if (i >= 0) gradient[i]! += slope[a]!;
    gather(observed, actual, places[g]!);
    gather(expected, information, places[g]!);
  }
  return { gradient, observed, expected };
}

/** H⁻¹ times the gradient; null where H is not positive definite. */
function solved(curvature: Float64Array, gradient: Float64Array): Float64Array | null {
  const order = gradient.length;
  const { factor, dropped } = choleskyDropping(curvature, order, 1e-13);
  if (dropped.length > 0) return null;
  const step = gradient.slice();
  solveLower(factor, order, step, 0);
  solveLowerTransposed(factor, order, step, 0);
  return step;
}

const moved = (parameters: readonly Float64Array[], places: readonly Int32Array[], step: Float64Array, share: number) =>
  parameters.map((group, g) =>
    group.map((value, a) => value - (places[g]![a]! < 0 ? 0 : share * step[places[g]![a]!]!)),
  );

/** The longest of the step, its half, its quarter … that lowers the value. */
function descend(model: FactorModel, at: FactorFit, step: Float64Array, slack: number): FactorFit | null {
  for (let share = 1; share > 1e-8; share /= 2) {
    const groups = moved(at.groups, model.places, step, share);
    const value = valueAt(model, groups);
    if (value !== null && value <= at.value + slack) return { groups, value };
  }
  return null;
}

const mostRounds = 200;

/** Covariances within groups, pooled. */
function pooledCovariance(groups: readonly GroupMoments[], order: number): Float64Array {
  const total = groups.reduce((sum, group) => sum + respondents(group), 0);
  const pooled = new Float64Array(order * order);
  for (const group of groups) {
    const share = respondents(group) / total;
    for (const [k, value] of availableMoments(group, order).covariance.entries()) pooled[k]! += share * value;
  }
  return pooled;
}

const diagonal = (matrix: Float64Array, order: number): Float64Array =>
  Float64Array.from({ length: order }, (_, i) => matrix[i * order + i]!);

/** A residual variance a hundred times the item's variance below zero is on its way to −∞. */
function runaway({ order }: FactorModel, parameters: readonly Float64Array[], variances: Float64Array): boolean {
  const at = layout(order);
  return parameters.some((group) => variances.some((variance, i) => group[at.residual + i]! < -100 * variance));
}

/**
 * Maximum likelihood by Fisher scoring, then Newton with step halving, until another step would change −2 log L by
 * less than 1e-18 of itself. Null where it does not come to that: no optimum inside, or parameters not told apart.
 */
export function maximise(model: FactorModel, start: readonly Float64Array[]): FactorFit | null {
  const value = valueAt(model, start);
  if (value === null) return null;
  let at: FactorFit = { groups: start, value };
  const variances = diagonal(pooledCovariance(model.groups, model.order), model.order);
  for (let round = 0; round < mostRounds; round++) {
    const derivatives = derivativesAt(model, at.groups);
    if (derivatives === null || runaway(model, at.groups, variances)) return null;
    const { gradient, observed, expected } = derivatives;
    const step = (round < 3 ? null : solved(observed, gradient)) ?? solved(expected, gradient);
    if (step === null) return null;
    const gain = step.reduce((sum, change, i) => sum + change * gradient[i]!, 0);
    const size = Math.abs(at.value) + 1;
    if (gain < 1e-18 * size) return at;
    const next = descend(model, at, step, gain < 1e-9 * size ? 1e-12 * size : 0);
    if (next === null) return gain < 1e-10 * size ? at : null;
    at = next;
  }
  return null;
}

/** Values to start from, and the item that is most the factor: its loading is held at one while fitting. */
export interface Start {
  readonly marker: number;
  readonly groups: readonly Float64Array[];
}

/** What the items have in common with one of them, in its unit. */
interface Direction {
  readonly marker: number;
  readonly loadings: Float64Array;
  /** Share of each item's variance that is the factor's. */
  readonly shares: Float64Array;
}

function startingAt(groups: readonly GroupMoments[], order: number, { marker, loadings, shares }: Direction): Start {
  const at = layout(order);
  const parameters = groups.map((group) => {
    const { means, covariance } = availableMoments(group, order);
    const values = new Float64Array(at.length);
    values.set(loadings, at.loading);
    values.set(means, at.intercept);
    for (let i = 0; i < order; i++)
      values[at.residual + i] = (1 - Math.min(0.8, shares[i]!)) * covariance[i * order + i]!;
    values[at.variance] = Math.max(0.05, shares[marker]!) * covariance[marker * order + marker]!;
    return values;
  });
  return { marker, groups: parameters };
}

/** From one factor by minimum residuals of the pooled correlations; intercepts are the means of each group. */
export function startValues(groups: readonly GroupMoments[], order: number): Start {
  const pooled = pooledCovariance(groups, order);
  const sd = diagonal(pooled, order).map(Math.sqrt);
  const correlation = pooled.map((value, k) => value / (sd[Math.floor(k / order)]! * sd[k % order]!));
  const { loadings } = minimumResiduals(correlation, order);
  const marker = loadings.reduce((best, value, i) => (Math.abs(value) > Math.abs(loadings[best]!) ? i : best), 0);
  const unit = loadings[marker]! * sd[marker]!;
  return startingAt(groups, order, {
    marker,
    loadings: loadings.map((loading, i) => (loading * sd[i]!) / unit),
    shares: loadings.map((loading) => loading * loading),
  });
}

/** One start per item, which stands for half of the factor: for answers in which the first start misleads. */
export function otherStarts(groups: readonly GroupMoments[], order: number): readonly Start[] {
  const pooled = pooledCovariance(groups, order);
  return Array.from({ length: order }, (_, marker) => {
    const variance = pooled[marker * order + marker]! / 2;
    const loadings = Float64Array.from({ length: order }, (_, i) =>
      i === marker ? 1 : pooled[i * order + marker]! / variance,
    );
    return startingAt(groups, order, { marker, loadings, shares: new Float64Array(order).fill(0.5) });
  });
}
