import { normalCdf } from "./distributions.ts";

/** A point of the standard normal distribution, and the probability below it. */
export interface NormalPoint {
  readonly z: number;
  readonly below: number;
}

interface Quadrature {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/** Half of the Gauss–Legendre nodes on (−1, 1), and their weights: 6, 12 and 20 points. */
const six: Quadrature = {
  nodes: [0.9324695142031521, 0.6612093864662645, 0.2386191860831969],
  weights: [0.1713244923791704, 0.3607615730481386, 0.467913934572691],
};
const twelve: Quadrature = {
  nodes: [
    0.9815606342467192, 0.9041172563704749, 0.7699026741943047, 0.5873179542866175, 0.3678314989981802,
    0.1252334085114689,
  ],
  weights: [
    0.0471753363865118, 0.1069393259953184, 0.1600783285433462, 0.2031674267230659, 0.2334925365383548,
    0.2491470458134028,
  ],
};
const twenty: Quadrature = {
  nodes: [
    0.9931285991850949, 0.9639719272779138, 0.912234428251326, 0.8391169718222188, 0.7463319064601508,
    0.636053680726515, 0.5108670019508271, 0.3737060887154195, 0.2277858511416451, 0.0765265211334973,
  ],
  weights: [
    0.0176140071391521, 0.0406014298003869, 0.0626720483341091, 0.0832767415767048, 0.1019301198172404,
    0.1181945319615184, 0.1316886384491766, 0.1420961093183821, 0.1491729864726037, 0.1527533871307258,
  ],
};

function quadrature(rho: number): Quadrature {
  const size = Math.abs(rho);
  return size < 0.3 ? six : size < 0.75 ? twelve : twenty;
}

/** Sum of f over the nodes of (0, 2). */
function integrate({ nodes, weights }: Quadrature, f: (x: number) => number): number {
  let sum = 0;
  for (const [i, node] of nodes.entries()) sum += weights[i]! * (f(1 - node) + f(1 + node));
  return sum;
}

/** Φ₂ − Φ(h)Φ(k) by Plackett's integral over the correlation (Drezner & Wesolowsky 1990). */
function fromIndependence(h: number, k: number, rho: number): number {
  const half = (h * h + k * k) / 2;
  const angle = Math.asin(rho);
  const integral = integrate(quadrature(rho), (x) => {
    const sine = Math.sin((angle * x) / 2);
    return Math.exp((sine * h * k - half) / (1 - sine * sine));
  });
  return (integral * angle) / (4 * Math.PI);
}

/** What is lacking to P(X > max(h, k)) as the correlation falls from one (Genz 2004, equations 5 and 6). */
function fromPerfect(h: number, k: number, rho: number): number {
  const hk = h * k;
  const square = (1 - rho) * (1 + rho);
  const root = Math.sqrt(square);
  const gap = (h - k) ** 2;
  const [c, d] = [(4 - hk) / 8, (12 - hk) / 16];
  const leading =
    root *
    Math.exp(-(gap / square + hk) / 2) *
    (1 - (c * (gap - square) * (1 - (d * gap) / 5)) / 3 + (c * d * square * square) / 5);
  const distance = Math.sqrt(gap);
  const beyond =
    -hk < 100
      ? Math.exp(-hk / 2) *
        Math.sqrt(2 * Math.PI) *
        normalCdf(-distance / root) *
        distance *
        (1 - (c * gap * (1 - (d * gap) / 5)) / 3)
      : 0;
  const rest = integrate(twenty, (x) => {
    const xs = ((root / 2) * x) ** 2;
    const exponent = -(gap / xs + hk) / 2;
    if (exponent <= -100) return 0;
    const rs = Math.sqrt(1 - xs);
    return Math.exp(exponent) * (Math.exp((-hk * xs) / (2 * (1 + rs) ** 2)) / rs - (1 + c * xs * (1 + d * xs)));
  });
  return (leading - beyond + (root / 2) * rest) / (2 * Math.PI);
}

/**
 * P(X ≤ h, Y ≤ k) of two standard normal variables with correlation rho, by Genz's (2004) algorithm after Drezner &
 * Wesolowsky (1990), as R's pbivnorm: absolute error below 1e-15. Points may be infinite.
 */
export function bivariateNormalCdf(h: NormalPoint, k: NormalPoint, rho: number): number {
  if (h.below === 0 || k.below === 0) return 0;
  if (h.z === Number.POSITIVE_INFINITY) return k.below;
  if (k.z === Number.POSITIVE_INFINITY) return h.below;
  if (Math.abs(rho) < 0.925) return h.below * k.below + (rho === 0 ? 0 : fromIndependence(h.z, k.z, rho));
  const lack = Math.abs(rho) < 1 ? fromPerfect(h.z, rho < 0 ? -k.z : k.z, Math.abs(rho)) : 0;
  return rho > 0 ? Math.min(h.below, k.below) - lack : Math.max(0, h.below + k.below - 1) + lack;
}

/** Density of two standard normal variables with correlation rho in (−1, 1); 0 where a point is infinite. */
export function bivariateNormalDensity(h: number, k: number, rho: number): number {
  if (!Number.isFinite(h) || !Number.isFinite(k)) return 0;
  const square = (1 - rho) * (1 + rho);
  return Math.exp(-(h * h - 2 * rho * h * k + k * k) / (2 * square)) / (2 * Math.PI * Math.sqrt(square));
}
