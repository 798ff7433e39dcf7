import { fUpper } from "../distribution/distributions.ts";
import { choleskyDropping } from "../matrix/cholesky.ts";
import { coordinatesIn } from "../matrix/orthonormal-basis.ts";
import { lower, packedLength, solveLower } from "../matrix/triangular.ts";
import { dot, orthonormalContrast, quadratic } from "./cluster-robust.ts";
import { clusterSums } from "./cluster-sums.ts";
import type { LeastSquares } from "./least-squares.ts";
import { hotellingSum } from "./satterthwaite.ts";

/** An F test of several contrasts at once; `df2` need not be whole. */
export interface JointTest {
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

/** Contrasts in the coordinates of the orthonormal design, made orthonormal, and their estimates turned alike. */
interface Orthonormal {
  readonly directions: readonly Float64Array[];
  readonly estimates: Float64Array;
}

function orthonormal(fit: LeastSquares, contrasts: readonly Float64Array[]): Orthonormal | null {
  const rotated = contrasts.map((contrast) => orthonormalContrast(fit, contrast));
  const count = contrasts.length;
  const gram = new Float64Array(packedLength(count));
  for (let s = 0; s < count; s++) for (let t = 0; t <= s; t++) gram[lower(s, t)] = dot(rotated[s]!, 0, rotated[t]!);
  const { factor, dropped } = choleskyDropping(gram, count, 1e-10);
  if (dropped.length > 0) return null;
  const directions = contrasts.map(() => new Float64Array(fit.coefficients.length));
  const across = new Float64Array(count);
  for (let k = 0; k < fit.coefficients.length; k++) {
    for (let s = 0; s < count; s++) across[s] = rotated[s]![k]!;
    solveLower(factor, count, across, 0);
    for (let s = 0; s < count; s++) directions[s]![k] = across[s]!;
  }
  const estimates = Float64Array.from(contrasts, (contrast) => dot(contrast, 0, fit.coefficients));
  solveLower(factor, count, estimates, 0);
  return { directions, estimates };
}

/**
 * Joint test that all contrasts (one entry per kept column each) are zero: CR2 with Hotelling's T² and its degrees of
 * freedom (HTZ, Tipton & Pustejovsky 2015), as clubSandwich's `Wald_test(vcov = "CR2", test = "HTZ")`. Null where the
 * contrasts depend on each other, there is none, or the clusters are too few.
 */
export function jointTest(fit: LeastSquares, contrasts: readonly Float64Array[]): JointTest | null {
  const count = contrasts.length;
  const basis = orthonormal(fit, contrasts);
  if (basis === null || count === 0) return null;
  const { directions } = basis;
  const sums = clusterSums(fit, -0.5, directions);
  const covariance = new Float64Array(packedLength(count));
  for (let s = 0; s < count; s++) {
    for (let t = 0; t <= s; t++) covariance[lower(s, t)] = quadratic(sums.meat, directions[s]!, directions[t]!);
  }
  const { factor, dropped } = choleskyDropping(covariance, count, 1e-12);
  const eta =
    (count * (count + 1)) /
    hotellingSum(
      sums,
      directions.map((direction) => coordinatesIn(sums.basis, direction)!),
    );
  const df2 = eta - count + 1;
  if (dropped.length > 0 || !(df2 > 0)) return null;
  solveLower(factor, count, basis.estimates, 0);
  const f = ((df2 / eta) * dot(basis.estimates, 0, basis.estimates)) / count;
  return { f, df1: count, df2, p: fUpper(f, count, df2) };
}
