import { describe, expect, it } from "vitest";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Study } from "../../../src/study/study.ts";
import { analysis, measurements, study, versions } from "./fixture.ts";

const modelOf = (measured = measurements, found = analysis, changed: Partial<Study> = {}) =>
  researchModel({ ...study, ...changed }, found, measured, versions, "2019-12-21");
const words = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
const rowsOf = (page: string): readonly string[] =>
  [...page.slice(page.indexOf('id="measurement"')).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([row]) => words(row));

describe("the measurement part", () => {
  it("gives alpha its interval, ICC its test, and agreement against both nulls", async () => {
    expect(rowsOf(await renderResearch(modelOf(), "da", reportAssets))).toContain(
      "Transformationsledelse medarbejdernes svar Før 0,87 (0,87 til 0,88) 2,72 481; 5.539 &lt; 0,0001 0,78 0,64",
    );
  });
  it("gives every item of every scale and wave", async () => {
    const rows = rowsOf(await renderResearch(modelOf(), "en", reportAssets));
    expect(rows.filter((row) => /^employees' answers|^employees&#39; answers/.test(row))).toHaveLength(12);
    expect(rows.find((row) => row.includes("transactional2"))).toMatch(
      /Before transactional2 5,902 3\.46 1\.01 0\.60 0\.85 blank 3$/,
    );
  });
  it("tells the wording of the items, and which are reversed", async () => {
    const [first, ...rest] = study.instrument.scales;
    if (first?.kind !== "items") throw new Error("no items");
    const worded = first.items.map((item) => ({
      ...item,
      reversed: item.id === "transformational2",
      wording: { employee: { da: `Om <${item.id}>`, en: `On ${item.id}` } },
    }));
    const instrument = { ...study.instrument, scales: [{ ...first, items: worded }, ...rest] };
    const page = await renderResearch(modelOf(measurements, analysis, { instrument }), "da", reportAssets);
    expect(page).toContain("<dt>transformational1</dt><dd>Om &lt;transformational1&gt;</dd>");
    expect(page).toContain("<dd>Om &lt;transformational2&gt; (vendt)</dd>");
  });
  it("shows nothing of an item that four answered, and no quality of few", async () => {
    const few = measurements.map((row) => ({
      ...row,
      itemStatistics: row.itemStatistics.map((item) => ({ ...item, n: 4, mean: 4.7654, itemRest: 0.4321 })),
    }));
    const model = modelOf(few);
    for (const { level, fit } of model.measurement.flatMap(({ itemRows }) => itemRows))
      expect([level.state, fit.state]).toEqual(["suppressed", "suppressed"]);
    expect(JSON.stringify(model)).not.toMatch(/4\.77|0\.43/);
    const small = modelOf(measurements.map((row) => ({ ...row, leaders: 9 })));
    expect(small.measurement.every(({ details }) => details.state === "suppressed")).toBe(true);
  });
  it("hides the means of items with those of scales, where an arm is too small", () => {
    const flow = {
      arms: analysis.flow.arms.map((each) =>
        each.arm === "combined"
          ? { ...each, waves: each.waves.map((wave) => ({ ...wave, measured: 2, underThreshold: 0 })) }
          : each,
      ),
    };
    expect(JSON.stringify(modelOf(measurements, { ...analysis, flow }).measurement)).not.toContain("3.46");
    expect(JSON.stringify(modelOf().measurement)).toContain("3.46");
  });
  it("has no table of items for a scale of one", async () => {
    const single = measurements.map((row) => ({ ...row, itemStatistics: row.itemStatistics.slice(0, 1) }));
    expect(await renderResearch(modelOf(single), "en", reportAssets)).not.toContain("Question by question");
  });
});
