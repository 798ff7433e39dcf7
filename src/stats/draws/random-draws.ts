import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Standard normal, by Marsaglia's polar method. */
export function drawNormal(stream: RandomGenerator): number {
  for (;;) {
    const x = 2 * uniformFloat64(stream) - 1;
    const y = 2 * uniformFloat64(stream) - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** Gamma with scale 1 (Marsaglia & Tsang 2000); a shape below 1 by Stuart's power of a uniform. */
export function drawGamma(stream: RandomGenerator, shape: number): number {
  if (shape < 1) return drawGamma(stream, shape + 1) * (1 - uniformFloat64(stream)) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(stream);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - uniformFloat64(stream)) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** χ² on df > 0 degrees of freedom. */
export const drawChiSquare = (stream: RandomGenerator, df: number): number => 2 * drawGamma(stream, df / 2);
