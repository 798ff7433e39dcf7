import { describe, expect, test } from "vitest";
import { explainedBetween, type PairedMeans } from "../../../src/stats/trial/explained-between.ts";
import { expectClose, expected } from "../../oracle/read.ts";

interface RStudy {
  readonly correlation: number;
  readonly clusters: number;
  readonly variance: number;
  readonly sampling: number;
  readonly sampling_df: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}
const { studies } = expected("explained") as { readonly studies: readonly RStudy[] };

const meansOf = (study: RStudy): PairedMeans => ({
  correlation: study.correlation,
  clusters: study.clusters,
  groups: 1,
  variance: study.variance,
  samplingVariance: study.sampling,
  samplingDf: study.sampling_df,
});

/** R's F quantiles are good to about nine digits. */
const tolerance = 1e-8;
const within = (share: number): number => Math.min(1, Math.max(0, share));

test.each(studies.map((study, k) => ({ study, k })))(
  "study $k: R² between and its interval equal R's parts",
  ({ study }) => {
    const found = explainedBetween(meansOf(study), 0.8)!;
    expectClose(found.estimate, within(study.estimate), tolerance, "estimate");
    expectClose(found.low, within(study.low), tolerance, "low");
    expectClose(found.high, within(study.high), tolerance, "high");
  },
);

describe("where it should fail", () => {
  const study = meansOf(studies[0]!);

  test("few clusters, no variance between them, one answer each: no share", () => {
    expect(explainedBetween({ ...study, clusters: 9 }, 0.8)).toBeNull();
    expect(explainedBetween({ ...study, clusters: 12, groups: 10 }, 0.8)).toBeNull();
    expect(explainedBetween({ ...study, samplingVariance: study.variance * 1.01 }, 0.8)).toBeNull();
    expect(explainedBetween({ ...study, samplingDf: 0 }, 0.8)).toBeNull();
  });

  test("means that follow the earlier ones better than their reliability allows: all at most, and the low end says how sure", () => {
    const lucky = explainedBetween(
      { ...study, clusters: 20, correlation: 0.8, samplingVariance: study.variance * 0.6 },
      0.8,
    )!;
    expect(lucky.estimate).toBe(1);
    expect(lucky.low).toBeLessThan(0.9);
    expect(lucky.high).toBe(1);
  });

  test("a perfect or absent correlation is a share from 0 to 1", () => {
    for (const correlation of [-1, 0, 1]) {
      const { estimate, low, high } = explainedBetween({ ...study, correlation }, 0.8)!;
      for (const share of [estimate, low, high]) expect(share >= 0 && share <= 1, `${correlation} ${share}`).toBe(true);
    }
  });
});
