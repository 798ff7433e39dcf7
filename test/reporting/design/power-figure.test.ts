import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { drawPower, type PowerPicture, powerRows } from "../../../src/reporting/design/power-figure.ts";
import { wordsOf } from "../../../src/reporting/page/words.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { fieldsOf } from "../page/spec-fields.ts";

const picture: PowerPicture = {
  design: {
    clusters: [40, 40],
    respondents: 8,
    sizeVariation: 0,
    icc: 0.1,
    explainedBetween: 0.3,
    explainedWithin: 0,
    covariates: 1,
  },
  level: 0.05,
  power: 0.8,
  effect: 0.27,
  sd: 18,
  planned: 40,
};
const words = wordsOf<Parameters<typeof powerRows>[1]>("design", "en", reportAssets);
const { data } = powerRows(picture, words, "en");

describe("the picture of power", () => {
  it("is a spec that compiles, and names only fields that its data have", () => {
    const spec = JSON.parse(reportAssets.text("reports/design/charts/power.vl.json"));
    expect(() => compile(spec as TopLevelSpec)).not.toThrow();
    for (const [set, field] of fieldsOf(spec, undefined))
      expect(
        (data as Readonly<Record<string, readonly object[]>>)[set]?.some((row) => field in row),
        `${set}.${field}`,
      ).toBe(true);
  });

  it("marks the fewest leaders with the wanted power, fewer for larger effects", () => {
    const needed = data.reached.map((one) => one.needed);
    expect(needed).toEqual([...needed].sort((a, b) => b - a));
    expect(data.labels.map(({ text }) => text)).toContain("4.9 points");
  });

  it("draws what has no answer: an effect too small for thousands, no effect, one leader", async () => {
    const svg = await drawPower({ ...picture, effect: 0.001 }, "da", reportAssets);
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(await drawPower({ ...picture, effect: null, sd: null, planned: 1 }, "en", reportAssets)).not.toMatch(
      /NaN|undefined|planned/,
    );
  });
});
