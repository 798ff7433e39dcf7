import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numbersOf } from "../../../src/estimation/inference/inference.ts";
import { adjustedInterval, equivalence, minimumDetectable } from "../../../src/estimation/inference/precision.ts";
import { expectClose, expected } from "../../oracle/read.ts";

interface RPrecision {
  readonly detectable: readonly number[];
  readonly p: readonly number[];
  readonly equivalent: readonly boolean[];
}

interface RSet {
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly margin: number;
  readonly confidence: number;
  readonly t: RPrecision;
}

const answers = expected("precision") as Readonly<Record<string, RSet>>;

/** Quantiles and tails agree with R's to here. */
const tolerance = 1e-11;

function numbers(estimate: number, se: number, df: number, confidence: number) {
  const found = numbersOf({ estimate, variance: se * se, df }, confidence);
  if (typeof found === "string") throw new Error(found);
  return found;
}

describe.each(["forty", "seasons", "gaps"])("the estimates of %s", (name) => {
  const r = answers[name]!;
  test("have R's minimum detectable effect and equivalence test", () => {
    r.estimate.forEach((estimate, k) => {
      const one = numbers(estimate, r.se[k]!, r.df[k]!, r.confidence);
      expectClose(minimumDetectable(one, r.confidence), r.t.detectable[k]!, tolerance, "minimum detectable");
      const test = equivalence(one, r.margin, r.confidence);
      expectClose(test?.p, r.t.p[k]!, tolerance, "p");
      expect(test).toMatchObject({ margin: r.margin, equivalent: r.t.equivalent[k] });
    });
  });
});

test("equivalent is where the interval of twice the level lies inside the margin", () => {
  const value = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(value(-5, 5), value(0.1, 3), value(1, 60), value(0.5, 6), (estimate, se, df, margin) => {
      const { low, high } = numbers(estimate, se, df, 0.9);
      const inside = Math.min(margin + low!, margin - high!);
      fc.pre(Math.abs(inside) > 1e-6);
      expect(equivalence(numbers(estimate, se, df, 0.95), margin, 0.95)?.equivalent).toBe(inside > 0);
    }),
  );
});

test("a test by draws has neither: its standard error with normal quantiles would promise more than the draws keep", () => {
  const drawn = { ...numbers(1, 1, 10, 0.95), df: null };
  expect([minimumDetectable(drawn, 0.95), equivalence(drawn, 2, 0.95)]).toEqual([null, null]);
});

test("without a smallest effect of interest there is nothing to be equivalent to", () => {
  expect(equivalence(numbers(1, 1, 10, 0.95), null, 0.95)).toBeNull();
});

test("the adjusted interval omits zero exactly where the adjusted p is below the level", () => {
  const value = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(
      value(-5, 5),
      value(0.1, 3),
      value(1, 60),
      fc.integer({ min: 1, max: 12 }),
      (estimate, se, df, tests) => {
        const one = numbers(estimate, se, df, 0.95);
        const pAdjusted = Math.min(1, one.p * tests);
        fc.pre(Math.abs(pAdjusted - 0.05) > 1e-6);
        const { low, high } = adjustedInterval(one, pAdjusted, 0.95)!;
        expect(low > 0 || high < 0).toBe(pAdjusted < 0.05);
        expect(high - low).toBeGreaterThanOrEqual((one.high! - one.low!) * (1 - 1e-9));
      },
    ),
  );
});

test("there is no adjusted interval of a test by draws, nor where nothing is adjusted", () => {
  const one = numbers(1, 1, 10, 0.95);
  expect(adjustedInterval({ ...one, df: null }, 0.4, 0.95)).toBeNull();
  expect(adjustedInterval(one, null, 0.95)).toBeNull();
});
