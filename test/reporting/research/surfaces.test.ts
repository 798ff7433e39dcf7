import { describe, expect, it } from "vitest";
import type { IntendedPerceived } from "../../../src/estimation/ratings/intended-perceived.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import type { SurfaceParameter } from "../../../src/stats/regression/response-surface.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { analysis, measurements, ratings, study, versions } from "./fixture.ts";

const parameter = (estimate: number, half: number): SurfaceParameter => ({
  ...{ estimate, se: half / 2, df: 30, p: 0.04, low: estimate - half, high: estimate + half },
});
const surface = (a3: number) => ({
  coefficients: [],
  ...{ a1: parameter(0.2188, 0.31), a2: parameter(-0.0004648, 0.0062), a3: parameter(a3, 0.2) },
  ...{ a4: parameter(0.003742, 0.009), a5: parameter(-0.005765, 0.006), shape: null, rSquared: 0.1, leverageOne: 0 },
});
const found = (leaders: number, a3: number) => {
  const row: IntendedPerceived = {
    ...ratings("transformational", 77.5, 70),
    surfaces: [{ outcome: "transactional", leaders, surface: surface(a3), status: "estimated" }],
  };
  return { ...analysis, intendedPerceived: [row] };
};
const modelOf = (from: typeof analysis) => researchModel(study, from, measurements, versions, "2019-12-21");
const words = (markup: string): string => markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
const partOf = async (from: typeof analysis, language: "da" | "en" = "da"): Promise<string> =>
  words(
    (await renderResearch(modelOf(from), language, reportAssets)).match(/<section id="surfaces".*?<\/section>/s)?.[0] ??
      "",
  );

describe("the response surfaces", () => {
  it("have a1 to a5 with their intervals, small curvatures with the digits they need", async () => {
    expect(await partOf(found(154, 0.0872))).toContain(
      "Transformationsledelse Transaktionsledelse +0,22 (−0,09 til 0,53) −0,0005 (−0,0067 til 0,0057) +0,09 (−0,11 til 0,29) +0,0037 (−0,0053 til 0,0127) −0,0058 (−0,0118 til 0,0002) 154",
    );
  });
  it("are told by a heading that is true of the numbers", async () => {
    expect(await partOf(found(154, 0.05))).toContain("Ingen statistisk sikker sammenhæng");
    expect(await partOf(found(154, 0.3), "en")).toContain(
      "related to the difference between leader and employees in 1 of 1",
    );
  });
  it("are not there of fewer than thirty leaders", async () => {
    expect(await partOf(found(29, 0.3))).toBe("");
    expect(JSON.stringify(modelOf(found(29, 0.3)))).not.toContain("0.219");
  });
});
