const halfLogTwoPi = Math.log(2 * Math.PI) / 2;

/** Error of Stirling's formula for log n!, n > 0 (Loader 2000). */
export function stirlingError(n: number): number {
  let shift = 0;
  let m = n;
  for (; m < 16; m++) shift += (m + 0.5) * Math.log1p(1 / m) - 1;
  const s = 1 / (m * m);
  const series =
    1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s / 156)))));
  return shift + series / m;
}

/** x log(x/m) + m − x without cancellation near x = m (Loader 2000). */
export function devianceTerm(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** Both tails of a distribution, each with its own relative accuracy where it is the smaller. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

const fromLower = (value: number): Tails => ({ lower: value, upper: 1 - value });
const fromUpper = (value: number): Tails => ({ lower: 1 - value, upper: value });

/** Lentz's evaluation of b0 + a1/(b1 + a2/(b2 + …)), where `term` gives a_k and b_k. */
function continuedFraction(b0: number, term: (k: number) => readonly [number, number]): number {
  const tiny = 1e-300;
  let value = b0 || tiny;
  let c = value;
  let d = 0;
  for (let k = 1; k < 100_000; k++) {
    const [a, b] = term(k);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) break;
  }
  return value;
}

/**
 * Regularised incomplete beta function I_x(a, b) and its complement. `y` is 1 − x, given apart so that neither end
 * loses digits. Continued fraction of Abramowitz & Stegun 26.5.8, prefactor by Loader's saddle point.
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): Tails {
  if (x <= 0) return fromLower(0);
  if (y <= 0) return fromUpper(0);
  const n = a + b;
  const logDensity =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - devianceTerm(a, n * x) - devianceTerm(b, n * y);
  // x^a y^b / B(a, b)
  const front = Math.exp(logDensity - halfLogTwoPi) * Math.sqrt((a * b) / n);
  return x < (a + 1) / (n + 2)
    ? fromLower(front / a / betaFraction(x, a, b))
    : fromUpper(front / b / betaFraction(y, b, a));
}

const betaFraction = (x: number, a: number, b: number): number =>
  continuedFraction(1, (k) => {
    const m = Math.floor(k / 2);
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return [k % 2 === 0 ? even : odd, 1];
  });

function gammaSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** Regularised incomplete gamma functions P(a, x) and Q(a, x). Series below a + 1, continued fraction above. */
export function incompleteGamma(a: number, x: number): Tails {
  if (x <= 0) return fromLower(0);
  if (x === Number.POSITIVE_INFINITY) return fromUpper(0);
  // x^a e^-x / Γ(a + 1)
  const front = Math.exp(-stirlingError(a) - devianceTerm(a, x) - halfLogTwoPi) / Math.sqrt(a);
  if (x < a + 1) return fromLower(front * gammaSeries(a, x));
  const fraction = continuedFraction(x + 1 - a, (k) => [-k * (k - a), x + 2 * k + 1 - a]);
  return fromUpper((front * a) / fraction);
}
