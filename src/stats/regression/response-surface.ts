import { tCritical, tTwoTail } from "../distribution/distributions.ts";
import { modelRows } from "../moments/model-rows.ts";
import { clusterRobust } from "./cluster-robust.ts";
import { leastSquares } from "./least-squares.ts";

/** A number with its standard error, degrees of freedom, p and interval. */
export interface SurfaceParameter {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/** Where the surface is level, and the line of steepest rise or least fall through it; null where there is none. */
export interface SurfaceShape {
  readonly stationary: { readonly x: number; readonly y: number };
  /** y = intercept + slope·x; null where the axis runs along y. */
  readonly firstAxis: { readonly intercept: number; readonly slope: number } | null;
}

/** z = b0 + b1 x + b2 y + b3 x² + b4 xy + b5 y², and what it says along the lines x = y and x = −y. */
export interface ResponseSurface {
  /** b0 … b5. */
  readonly coefficients: readonly SurfaceParameter[];
  readonly a1: SurfaceParameter;
  readonly a2: SurfaceParameter;
  readonly a3: SurfaceParameter;
  readonly a4: SurfaceParameter;
  readonly a5: SurfaceParameter;
  readonly shape: SurfaceShape | null;
  readonly rSquared: number;
  /** Observations that alone determine some combination of the coefficients. */
  readonly leverageOne: number;
}

/** Weights of b0 … b5 in a1 … a5. */
const lines = [
  [0, 1, 1, 0, 0, 0],
  [0, 0, 0, 1, 1, 1],
  [0, 1, -1, 0, 0, 0],
  [0, 0, 0, 1, -1, 1],
  [0, 0, 0, 1, 0, -1],
].map((weights) => Float64Array.from(weights));

const names = ["1", "x", "y", "x²", "xy", "y²"];
const unit = (at: number): Float64Array => Float64Array.from(names, (_, k) => Number(k === at));

/** Stationary point and first principal axis as Edwards 2002 gives them. */
function shapeOf([, b1, b2, b3, b4, b5]: readonly number[]): SurfaceShape | null {
  const determinant = 4 * b3! * b5! - b4! * b4!;
  if (Math.abs(determinant) <= 1e-10 * (4 * Math.abs(b3! * b5!) + b4! * b4!)) return null;
  const x = (b2! * b4! - 2 * b1! * b5!) / determinant;
  const y = (b1! * b4! - 2 * b2! * b3!) / determinant;
  const slope = (b5! - b3! + Math.hypot(b3! - b5!, b4!)) / b4!;
  return {
    stationary: { x, y },
    firstAxis: Number.isFinite(slope) ? { intercept: y - slope * x, slope } : null,
  };
}

function rowsOf(x: Float64Array, y: Float64Array, z: Float64Array, shift: number) {
  const values = [x.map(() => 1), x, y, x.map((v) => v * v), x.map((v, i) => v * y[i]!), y.map((v) => v * v)];
  const shifted = z.map((value) => value - shift);
  return modelRows({
    cells: {
      columns: ["z"],
      shift: Float64Array.of(shift),
      leader: Int32Array.from(x, (_, g) => g),
      wave: new Int32Array(x.length),
      n: new Float64Array(x.length).fill(1),
      sums: shifted,
      products: shifted.map((value) => value * value),
      dropped: 0,
    },
    cluster: Int32Array.from(x, (_, g) => g),
    clusters: x.length,
    columns: names.map((name, k) => ({ name, kind: "numbers", values: values[k]! })),
    level: "rows",
  });
}

/**
 * Polynomial regression of z on x and y (one entry per cluster, x and y centred by the caller at the middle of their
 * scale) with the response-surface parameters a1 = b1 + b2 and a2 = b3 + b4 + b5 (slope and curvature along x = y),
 * a3 = b1 − b2 and a4 = b3 − b4 + b5 (along x = −y), a5 = b3 − b5 (Edwards 2002; Shanock et al. 2010; a5: Humberg,
 * Nestler & Back 2019), as R's RSA names them. Standard errors HC2 with Satterthwaite degrees of freedom: CR2 with
 * every entry its own cluster. Null with fewer than seven entries, collinear terms, or no residual variation.
 */
export function responseSurface(
  x: Float64Array,
  y: Float64Array,
  z: Float64Array,
  confidence: number,
): ResponseSurface | null {
  if (x.length <= names.length) return null;
  const shift = z.reduce((sum, value) => sum + value, 0) / z.length;
  const fit = leastSquares(rowsOf(x, y, z, shift));
  const total = z.reduce((sum, value) => sum + (value - shift) ** 2, 0);
  if (fit.dropped.length > 0 || !(fit.residualSumOfSquares > 1e-13 * total)) return null;
  const robust = clusterRobust(fit, "CR2", [...names.map((_, k) => unit(k)), ...lines]);
  const parameters = robust.contrasts.map(({ estimate, variance, df }, k): SurfaceParameter => {
    const level = k === 0 ? estimate + shift : estimate;
    const se = Math.sqrt(variance);
    const half = tCritical(1 - confidence, df) * se;
    return { estimate: level, se, df, p: tTwoTail(level / se, df), low: level - half, high: level + half };
  });
  if (parameters.some(({ se, df }) => !(se > 0 && df > 0 && Number.isFinite(se)))) return null;
  const [a1, a2, a3, a4, a5] = parameters.slice(names.length);
  const coefficients = parameters.slice(0, names.length);
  return {
    coefficients,
    a1: a1!,
    a2: a2!,
    a3: a3!,
    a4: a4!,
    a5: a5!,
    shape: shapeOf(coefficients.map(({ estimate }) => estimate)),
    rSquared: 1 - fit.residualSumOfSquares / total,
    leverageOne: robust.leverageOne,
  };
}
