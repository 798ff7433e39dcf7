import { describe, expect, it } from "vitest";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { analysis, measurements, study, versions } from "./fixture.ts";

const balanceTest = {
  statistic: 11.237,
  df: 9,
  p: 0.2614,
  draws: 9999,
  covariates: ["gender"],
  status: "estimated",
} as const;
const modelOf = (from: Analysis) => researchModel(study, from, measurements, versions, "2019-12-21");
const pageOf = (from: Analysis, language: "da" | "en") => renderResearch(modelOf(from), language, reportAssets);

describe("the test of balance", () => {
  it("stands under the figure in both languages", async () => {
    const found = { ...analysis, balanceTest };
    expect((await pageOf(found, "en")).includes("d² = 11.24 with 9 degrees of freedom, p = 0.261")).toBe(true);
    expect((await pageOf(found, "da")).includes("d² = 11,24 med 9 frihedsgrader, p = 0,261")).toBe(true);
  });
  it("is not there where there is none", async () => {
    expect((await pageOf(analysis, "en")).includes("All characteristics at once")).toBe(false);
    const none = { ...balanceTest, statistic: null, df: null, p: null, status: "too-few-units" } as const;
    expect(modelOf({ ...analysis, balanceTest: none }).balanceTest.state).toBe("suppressed");
  });
  it("is hidden where an arm is too small, as the others would give it away", () => {
    const arms = analysis.flow.arms.map((arm) =>
      arm.arm === "combined"
        ? { ...arm, waves: arm.waves.map((wave) => ({ ...wave, measured: 2, underThreshold: 0 })) }
        : arm,
    );
    expect(modelOf({ ...analysis, balanceTest, flow: { arms } }).balanceTest.state).toBe("suppressed");
  });
  it("is hidden of fewer than ten leaders", () => {
    const arms = analysis.flow.arms.map((arm) => ({ ...arm, analysed: { ...arm.analysed, leaders: 2 } }));
    expect(modelOf({ ...analysis, balanceTest, flow: { arms } }).balanceTest.state).toBe("suppressed");
  });
});
