import { describe, expect, test } from "vitest";
import { normalPairs, productInterval } from "../../../src/stats/draws/product-interval.ts";
import { expectClose, expected } from "../../oracle/read.ts";

interface Chain {
  readonly a: { readonly estimate: readonly number[]; readonly se: readonly number[] };
  readonly b: { readonly estimate: number; readonly se: number };
  readonly intervals: readonly (readonly [number, number])[];
}
const r = expected("mediation") as {
  readonly draws: { readonly first: readonly number[]; readonly second: readonly number[] };
  readonly chains: Readonly<Record<string, Readonly<Record<string, Chain>>>>;
};

/** The same products, sorted and read off. */
const tolerance = 1e-12;

test("with the draws that R had, the interval is R's", () => {
  const draws = { first: Float64Array.from(r.draws.first), second: Float64Array.from(r.draws.second) };
  for (const chain of Object.values(r.chains).flatMap((waves) => Object.values(waves))) {
    for (const [k, [low, high]] of chain.intervals.entries()) {
      const a = { estimate: chain.a.estimate[k]!, se: chain.a.se[k]! };
      const interval = productInterval(a, chain.b, draws, 0.95);
      expectClose(interval.low, low, tolerance, "low");
      expectClose(interval.high, high, tolerance, "high");
    }
  }
});

describe("own draws", () => {
  const draws = normalPairs(7, 25_000);

  test("are standard normal and independent, to four standard errors", () => {
    const mean = (f: (z: number, k: number) => number): number =>
      draws.first.reduce((sum, z, k) => sum + f(z, k), 0) / draws.first.length;
    const error = 4 / Math.sqrt(25_000);
    expect(mean((z) => z)).toBeCloseTo(0, 12);
    expect(Math.abs(mean((z) => z ** 2) - 1)).toBeLessThan(error * Math.sqrt(2));
    expect(Math.abs(mean((z) => z ** 4) - 3)).toBeLessThan(error * Math.sqrt(96));
    expect(Math.abs(mean((z, k) => z ** 2 * draws.second[k]! ** 2) - 1)).toBeLessThan(error * Math.sqrt(8));
    expect(Math.abs(mean((z) => Number(Math.abs(z) > 1.959964)) - 0.05)).toBeLessThan(error * Math.sqrt(0.05 * 0.95));
  });

  test("depend on the seed and nothing else", () => {
    expect(normalPairs(7, 3000).first).toEqual(draws.first.subarray(0, 12_000));
    expect(normalPairs(8, 3).first).not.toEqual(draws.first.subarray(0, 12));
  });

  test("an estimate that turns its sign turns the interval; one without error scales the other's", () => {
    const one = { estimate: 3, se: 1 };
    const other = { estimate: 0.4, se: 0.3 };
    const { low, high } = productInterval(one, other, draws, 0.9);
    const turned = productInterval({ ...one, estimate: -3 }, other, draws, 0.9);
    expect(turned.low).toBeCloseTo(-high, 12);
    expect(turned.high).toBeCloseTo(-low, 12);
    const exact = productInterval({ estimate: 2, se: 0 }, { estimate: 1, se: 0.5 }, draws, 0.95);
    // 1.96 of a standard error, to the Monte-Carlo error of a quantile.
    expect(exact.high).toBeCloseTo(2 + 1.96, 1);
    expect(exact.low).toBeCloseTo(2 - 1.96, 1);
  });
});
