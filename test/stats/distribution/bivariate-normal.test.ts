import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bivariateNormalCdf, bivariateNormalDensity } from "../../../src/stats/distribution/bivariate-normal.ts";
import { normalCdf, normalCdfInverse } from "../../../src/stats/distribution/distributions.ts";
import { expectClose, expected } from "../../oracle/read.ts";

const answers = expected("bivariate-normal") as {
  readonly bivariate: Readonly<Record<"h" | "k" | "rho" | "quadrature" | "pbivnorm", readonly number[]>>;
  readonly quantile: { readonly p: readonly number[]; readonly z: readonly number[] };
};
const at = (z: number) => ({ z, below: normalCdf(z) });
const cdf = (h: number, k: number, rho: number): number => bivariateNormalCdf(at(h), at(k), rho);

/** What Genz states of the algorithm; R's quadrature and pbivnorm differ by 6e-16. */
const stated = 2e-15;

describe("the bivariate normal distribution", () => {
  test("equals quadrature and pbivnorm", () => {
    const { h, k, rho, quadrature, pbivnorm } = answers.bivariate;
    expect(rho.length).toBe(1600);
    for (const [i, r] of rho.entries()) {
      const found = cdf(h[i]!, k[i]!, r);
      expect(Math.abs(found - quadrature[i]!), `${h[i]} ${k[i]} ${r}`).toBeLessThan(stated);
      expect(Math.abs(found - pbivnorm[i]!), `${h[i]} ${k[i]} ${r}`).toBeLessThan(stated);
    }
  });

  test("is the product without correlation, and the smaller one with all of it", () => {
    expect(cdf(0.3, -1.2, 0)).toBe(normalCdf(0.3) * normalCdf(-1.2));
    expect(cdf(0.3, -1.2, 1)).toBe(normalCdf(-1.2));
    expect(cdf(0.3, -1.2, -1)).toBe(0);
    expectClose(cdf(0.3, 1.2, -1), normalCdf(0.3) + normalCdf(1.2) - 1, 1e-15);
  });

  test("has quadrants of 1/4 + asin(rho) / 2π", () => {
    for (const rho of [-0.999, -0.6, 0.1, 0.5, 0.93, 0.9999])
      expectClose(cdf(0, 0, rho), 0.25 + Math.asin(rho) / (2 * Math.PI), 1e-13, `${rho}`);
  });

  test("is the marginal at infinity", () => {
    const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    expect([cdf(low, 1, 0.5), cdf(1, low, 0.95), cdf(high, 1, 0.5), cdf(1, high, -0.95), cdf(high, high, 0.2)]).toEqual(
      [0, 0, normalCdf(1), normalCdf(1), 1],
    );
    expect(bivariateNormalDensity(low, 1, 0.5)).toBe(0);
  });

  test("rises with the correlation by its density", () => {
    const point = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(point, point, fc.double({ min: -0.97, max: 0.97, noNaN: true }), (h, k, rho) => {
        const slope = (cdf(h, k, rho + 1e-5) - cdf(h, k, rho - 1e-5)) / 2e-5;
        expect(Math.abs(slope - bivariateNormalDensity(h, k, rho))).toBeLessThan(1e-5);
      }),
    );
  });
});

test("normal quantiles equal R's qnorm, far into both tails", () => {
  const { p, z } = answers.quantile;
  for (const [i, value] of z.entries()) expect(Math.abs(normalCdfInverse(p[i]!) - value)).toBeLessThan(1e-13);
  expect([normalCdfInverse(0), normalCdfInverse(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});
