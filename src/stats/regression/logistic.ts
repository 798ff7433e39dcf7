import { choleskyDropping } from "../matrix/cholesky.ts";
import { lower, packedLength, solveLower, solveLowerTransposed } from "../matrix/triangular.ts";

/** Logistic regression of a yes/no outcome. */
export interface Logistic {
  /** Of the kept columns. */
  readonly coefficients: Float64Array;
  readonly kept: Int32Array;
  /** P(yes) of every row. */
  readonly probabilities: Float64Array;
  /** Rows whose probability runs to 0 or 1, since their columns tell their outcome without error. */
  readonly separated: number;
}

/** Newton steps end when no probability moves further than this. */
const settled = 1e-13;
/** A probability this close to 0 or 1 is at its limit. */
const limit = 1e-8;
/** Shares of a column below this are rounding (unit-diagonal scale). */
const rankTolerance = 1e-10;
const mostSteps = 100;

/** X'diag(weight)X, packed lower triangle. */
function information(x: Float64Array, order: number, weights: Float64Array): Float64Array {
  const product = new Float64Array(packedLength(order));
  for (let row = 0; row < weights.length; row++) {
    for (let i = 0; i < order; i++) {
      const weighted = weights[row]! * x[row * order + i]!;
      if (weighted !== 0) for (let j = 0; j <= i; j++) product[lower(i, j)]! += weighted * x[row * order + j]!;
    }
  }
  return product;
}

function keep(x: Float64Array, order: number, kept: Int32Array, rows: number): Float64Array {
  const picked = new Float64Array(rows * kept.length);
  for (let row = 0; row < rows; row++) {
    for (const [at, k] of kept.entries()) picked[row * kept.length + at] = x[row * order + k]!;
  }
  return picked;
}

/** 1/(1 + e⁻ᶻ) without overflow. */
const logistic = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

/** Minus the log likelihood of one row: log(1 + e⁻ᶻ) for a yes, log(1 + eᶻ) for a no, without overflow. */
function lossOf(z: number, outcome: number): number {
  const away = outcome === 1 ? -z : z;
  return Math.max(away, 0) + Math.log1p(Math.exp(-Math.abs(away)));
}

/** Coefficients with what they say of every row. */
interface Fitted {
  readonly coefficients: Float64Array;
  readonly probabilities: Float64Array;
  /** Minus the log likelihood. */
  readonly loss: number;
}

function fittedAt(x: Float64Array, outcome: Uint8Array, coefficients: Float64Array): Fitted {
  const order = coefficients.length;
  const probabilities = new Float64Array(outcome.length);
  let loss = 0;
  for (let row = 0; row < outcome.length; row++) {
    let z = 0;
    for (let k = 0; k < order; k++) z += x[row * order + k]! * coefficients[k]!;
    probabilities[row] = logistic(z);
    loss += lossOf(z, outcome[row]!);
  }
  return { coefficients, probabilities, loss };
}

/** Newton's step; a direction without information is left where it is. */
function newtonStep(x: Float64Array, outcome: Uint8Array, { probabilities, coefficients }: Fitted): Float64Array {
  const order = coefficients.length;
  const score = new Float64Array(order);
  probabilities.forEach((p, row) => {
    for (let k = 0; k < order; k++) score[k]! += x[row * order + k]! * (outcome[row]! - p);
  });
  const weights = probabilities.map((p) => p * (1 - p));
  const { factor, kept } = choleskyDropping(information(x, order, weights), order, 1e-14);
  const solved = Float64Array.from(kept, (k) => score[k]!);
  solveLower(factor, kept.length, solved, 0);
  solveLowerTransposed(factor, kept.length, solved, 0);
  const step = new Float64Array(order);
  for (const [at, k] of kept.entries()) step[k] = solved[at]!;
  return step;
}

/** A full step may overshoot, and from far out no later one comes back: it is halved until the likelihood rises. */
function improved(x: Float64Array, outcome: Uint8Array, from: Fitted): Fitted | null {
  const step = newtonStep(x, outcome, from);
  for (let part = 1; part > 1e-9; part /= 2) {
    const next = fittedAt(
      x,
      outcome,
      from.coefficients.map((value, k) => value + part * step[k]!),
    );
    if (next.loss <= from.loss) return next;
  }
  return null;
}

const furthestMove = (from: Fitted, to: Fitted): number =>
  to.probabilities.reduce((most, p, row) => Math.max(most, Math.abs(p - from.probabilities[row]!)), 0);

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares) with step halving, as R's `glm(family =
 * binomial)` at a tight tolerance; `x` row-major, `order` columns, of which those that earlier ones span are dropped.
 * Where columns separate the outcomes there is no finite maximum (Albert & Anderson 1984), but the probabilities have a
 * limit — 0 or 1 for the separated rows, the fit of the others without them — and that is what is returned. Null without
 * a row.
 */
export function logisticRegression(x: Float64Array, order: number, outcome: Uint8Array): Logistic | null {
  const rows = outcome.length;
  if (rows === 0) return null;
  const { kept } = choleskyDropping(information(x, order, new Float64Array(rows).fill(1)), order, rankTolerance);
  const picked = keep(x, order, kept, rows);
  let fitted = fittedAt(picked, outcome, new Float64Array(kept.length));
  for (let steps = 0; steps < mostSteps; steps++) {
    const next = improved(picked, outcome, fitted);
    if (next === null) break;
    const moved = furthestMove(fitted, next);
    fitted = next;
    if (moved < settled) break;
  }
  const { coefficients, probabilities } = fitted;
  const separated = probabilities.reduce((sum, p) => sum + Number(Math.min(p, 1 - p) < limit), 0);
  return { coefficients, kept, probabilities, separated };
}
