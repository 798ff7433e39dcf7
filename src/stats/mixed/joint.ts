import { fUpper } from "../distribution/distributions.ts";
import { bilinear, invertPositive, multiply, traceOfProduct } from "../matrix/small-matrix.ts";
import type { JointTest } from "../regression/joint-test.ts";
import type { Evaluation } from "./evaluation.ts";

/** A mixed model's contrasts in whitened coordinates, their estimates, and what Kenward & Roger's variance is made of. */
export interface JointContrasts {
  readonly directions: readonly Float64Array[];
  readonly estimates: Float64Array;
  /** 2 × the inverse expected information: covariance of the variances, row by row. */
  readonly variances: Float64Array;
  /** Q_ij − P_iΦP_j, by pair of variances. */
  readonly adjustments: readonly (readonly Float64Array[])[];
}

/** D'ΦMΦD for the directions D; without M, D'ΦD. */
function between({ phi }: Evaluation, directions: readonly Float64Array[], matrix: Float64Array | null): Float64Array {
  const size = directions[0]!.length;
  const turned = directions.map((direction) =>
    Float64Array.from({ length: size }, (_, i) =>
      bilinear(Float64Array.of(1), phi.subarray(i * size), direction, size),
    ),
  );
  return Float64Array.from(
    directions.flatMap((direction, s) =>
      turned.map((other) =>
        matrix === null
          ? bilinear(Float64Array.of(1), other, direction, size)
          : bilinear(turned[s]!, matrix, other, size),
      ),
    ),
  );
}

/** Kenward and Roger's A₁ and A₂: sums over pairs of variances of products of traces, and of traces of products. */
function traces(at: Evaluation, { directions, variances }: JointContrasts, inverse: Float64Array) {
  const q = directions.length;
  const count = at.variances.length;
  const scaled = at.first.map((matrix) => multiply(inverse, between(at, directions, matrix), q));
  const traceOf = (matrix: Float64Array): number =>
    matrix.reduce((sum, value, k) => (k % (q + 1) === 0 ? sum + value : sum), 0);
  let ofEach = 0;
  let ofProducts = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const weight = variances[i * count + j]!;
      ofEach += weight * traceOf(scaled[i]!) * traceOf(scaled[j]!);
      ofProducts += weight * traceOfProduct(scaled[i]!, scaled[j]!, q);
    }
  }
  return { ofEach, ofProducts };
}

/** Ratio with pbkrtest's rule where both parts are rounding. */
const ratio = (over: number, under: number): number =>
  Math.abs(over) < 1e-14 && Math.abs(under) < 1e-14 ? 1 : over / under;

/** Degrees of freedom, and the factor that F is scaled by. */
function moments(q: number, a1: number, a2: number): { readonly df2: number; readonly factor: number } {
  const b = (a1 + 6 * a2) / (2 * q);
  const g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2);
  const under = 3 * q + 2 * (1 - g);
  const over = 1 + (g / under) * b;
  const left = 1 - ((q - g) / under) * b;
  const right = 1 - ((q + 2 - g) / under) * b;
  const rho = (ratio(1 - a2 / q, left) ** 2 * (Math.abs(over) < 1e-10 ? 0 : over)) / right / q;
  const df2 = 4 + (q + 2) / (q * rho - 1);
  return { df2, factor: Math.abs(df2 - 2) < 0.01 ? 1 : (df2 * (1 - a2 / q)) / (df2 - 2) };
}

/**
 * F test that all contrasts of a mixed model fitted by REML are zero (Kenward & Roger 1997; Halekoh & Højsgaard 2014), as
 * pbkrtest's `KRmodcomp`, its rules for small denominators included. `f` is scaled. Null where the contrasts depend on
 * each other, or the degrees of freedom do not exist.
 */
export function kenwardRogerTest(at: Evaluation, contrasts: JointContrasts): JointTest | null {
  const { directions, estimates, variances, adjustments } = contrasts;
  const q = directions.length;
  if (q === 0) return null;
  const plain = between(at, directions, null);
  const inverse = invertPositive(plain, q);
  if (inverse === null) return null;
  const adjusted = plain.slice();
  adjustments.flat().forEach((matrix, pair) => {
    between(at, directions, matrix).forEach((value, k) => {
      adjusted[k]! += 2 * variances[pair]! * value;
    });
  });
  const adjustedInverse = invertPositive(adjusted, q);
  const { ofEach, ofProducts } = traces(at, contrasts, inverse.matrix);
  const { df2, factor } = moments(q, ofEach, ofProducts);
  if (adjustedInverse === null || !(df2 > 0 && factor > 0)) return null;
  const f = (factor * bilinear(estimates, adjustedInverse.matrix, estimates, q)) / q;
  return Number.isFinite(f) ? { f, df1: q, df2, p: fUpper(f, q, df2) } : null;
}
