import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tTwoTail } from "../../../src/stats/distribution/distributions.ts";
import { noncentralityForPower, noncentralT, powerOfT } from "../../../src/stats/distribution/noncentral-t.ts";
import {
  type ClusterDesign,
  clusterPrecision,
  detectableEffect,
  powerFor,
} from "../../../src/stats/trial/cluster-power.ts";
import { expectClose, expected } from "../../oracle/read.ts";

interface Design {
  readonly leaders: readonly [number, number];
  readonly respondents: number;
  readonly variation: number;
  readonly icc: number;
  readonly r2_leaders: number;
  readonly r2_respondents: number;
  readonly covariates: number;
  readonly level: number;
  readonly se: number;
  readonly df: number;
  readonly power_at_02: number;
  readonly power_at_05: number;
  readonly detectable_80: number;
  readonly detectable_90: number;
  readonly bloom_80: number;
}

const r = expected("power") as {
  readonly noncentral: readonly Readonly<Record<"t" | "df" | "ncp" | "lower", number>>[];
  readonly designs: readonly Design[];
  readonly t_test: Readonly<Record<"n" | "delta" | "power", number>>;
};

const designOf = (one: Design): ClusterDesign => ({
  clusters: one.leaders,
  respondents: one.respondents,
  sizeVariation: one.variation,
  icc: one.icc,
  explainedBetween: one.r2_leaders,
  explainedWithin: one.r2_respondents,
  covariates: one.covariates,
});

/** R's pt stops its series at an absolute error of 1e-12. */
const seriesError = 5e-12;

describe("noncentral t", () => {
  test.each(r.noncentral)("P(T ≤ $t) on $df, noncentrality $ncp", ({ t, df, ncp, lower }) => {
    expect(Math.abs(noncentralT(t, df, ncp).lower - lower)).toBeLessThan(seriesError);
  });

  test("its tails add to one, and turn with the sign", () => {
    const numbers = fc.record({
      t: fc.double({ min: -50, max: 50, noNaN: true }),
      df: fc.double({ min: 0.2, max: 1e5, noNaN: true }),
      ncp: fc.double({ min: -35, max: 35, noNaN: true }),
    });
    fc.assert(
      fc.property(numbers, ({ t, df, ncp }) => {
        const { lower, upper } = noncentralT(t, df, ncp);
        expectClose(lower + upper, 1, 1e-12);
        expect(noncentralT(-t, df, -ncp).lower).toBeCloseTo(upper, 13);
      }),
      { numRuns: 200 },
    );
  });

  test.each([0.5, 4, 60, 3000])("without noncentrality it is Student's, on %d", (df) => {
    for (const t of [0.1, 1.3, 7]) expectClose(noncentralT(t, df, 0).upper, tTwoTail(t, df) / 2, 1e-12);
    expectClose(powerOfT(0, df, 0.05), 0.05, 1e-11);
  });

  test("is normal at infinite df", () => {
    expectClose(noncentralT(1.5, Number.POSITIVE_INFINITY, 2.5).upper, 0.8413447460685429, 1e-14);
  });
});

describe("power of a cluster-randomised design equals R", () => {
  test.each(r.designs)("$leaders leaders, ICC $icc", (one) => {
    const precision = clusterPrecision(designOf(one))!;
    expectClose(precision.se, one.se, 1e-13);
    expectClose(precision.df, one.df, 1e-13);
    expectClose(powerFor(0.2, precision, one.level), one.power_at_02, 1e-10);
    expectClose(powerFor(-0.5, precision, one.level), one.power_at_05, 1e-10);
    // R's uniroot stops at an error of 1e-14 in the effect, pt at 1e-12 in the power.
    expectClose(detectableEffect(0.8, precision, one.level), one.detectable_80, 1e-9);
    expectClose(detectableEffect(0.9, precision, one.level), one.detectable_90, 1e-9);
    // Bloom's multiplier is an approximation of the same, within half a percent from ten degrees of freedom on.
    expectClose(detectableEffect(0.8, precision, one.level), one.bloom_80, 0.005);
  });

  test("without clusters it is the two-sample t test of power.t.test", () => {
    const { n, delta, power } = r.t_test;
    const alone = designOf({ ...r.designs[0]!, leaders: [n, n], respondents: 1, icc: 0 });
    expectClose(powerFor(delta, clusterPrecision(alone)!, 0.05), power, 1e-10);
  });
});

test("no precision with a lone leader in an arm, nobody who answers, or no degree of freedom", () => {
  const design = designOf(r.designs[1]!);
  expect(clusterPrecision({ ...design, clusters: [1, 30] })).toBeNull();
  expect(clusterPrecision({ ...design, respondents: 0 })).toBeNull();
  expect(clusterPrecision({ ...design, clusters: [2, 2], covariates: 2 })).toBeNull();
});

test("the detectable effect is found with the wanted power", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 4, max: 2000, noNaN: true }),
      fc.double({ min: 0.2, max: 0.95, noNaN: true }),
      fc.double({ min: 0.005, max: 0.1, noNaN: true }),
      (df, power, level) => expectClose(powerOfT(noncentralityForPower(power, df, level), df, level), power, 1e-9),
    ),
    { numRuns: 30 },
  );
});
