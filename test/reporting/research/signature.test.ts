import { describe, expect, it } from "vitest";
import { armStyles } from "../../../src/reporting/page/arms.ts";
import { themeOf } from "../../../src/reporting/page/theme.ts";
import { differencesData, differencesOf } from "../../../src/reporting/research/arrows/differences.ts";
import { drawnArrows } from "../../../src/reporting/research/arrows/model.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch, signatureFigure } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { words } from "../page/page-parts.ts";
import { analysis, arms, measurements, study, versions } from "./fixture.ts";

const model = researchModel(study, analysis, measurements, versions, "2019-12-21");
const theme = themeOf(reportAssets);
const part = drawnArrows(model.arrows);
const figureOf = (page: string): string => page.match(/<figure id="arrows".*?<\/figure>/s)?.[0] ?? "";

describe("the signature figure", () => {
  it("has the leaders of either round beside each arm, and in the table", async () => {
    const figure = figureOf(await renderResearch(model, "da", reportAssets));
    for (const arrow of analysis.arrows)
      expect(figure).toContain(`>${arrow.leadersAt.before} ledere før, ${arrow.leadersAt.after} efter<`);
    expect(words(figure)).toMatch(/Ledere, før Ledere, efter/);
  });
  it("has a tick every five points", async () => {
    const wide = figureOf(await renderResearch(model, "da", reportAssets))
      .split('<div class="chart wide">')[1]!
      .split("</svg>")[0]!;
    const numbers = [...wide.matchAll(/<text[^>]*>(\d+)<\/text>/g)].map(([, number]) => Number(number));
    expect(numbers).toEqual(expect.arrayContaining([45, 50, 55, 60, 65]));
    expect(numbers.filter((number) => number % 5 !== 0)).toEqual([]);
  });
  it("draws arrows stronger than ellipses", () => {
    const { layer } = JSON.parse(reportAssets.text("reports/research/charts/arrows.vl.json")) as {
      readonly layer: readonly { readonly data: { readonly name: string }; readonly mark: Record<string, number> }[];
    };
    const mark = layer.find(({ data }) => data.name === "ellipses")!.mark;
    expect(mark["fillOpacity"]).toBeLessThan(0.1);
    expect(mark["strokeOpacity"]).toBeLessThan(0.5);
  });
  it("carries its font where it stands alone", async () => {
    const svg = await signatureFigure(model, "en", reportAssets);
    expect(svg).toMatch(/^<svg[^>]*><style>@font-face\{font-family:"Source Sans 3 Variable"[^}]*base64,[\w+/=]{1000,}/);
    expect(svg?.match(/font-family="([^"]*)"/)?.[1]).toContain("Source Sans 3 Variable");
  });
});

describe("what the arms differ from control by, in the same plane", () => {
  const differences = differencesOf(model, part!);
  const { data, width, height, params } = differencesData(differences, {
    total: 760,
    step: 5,
    titles: { x: ["x"], y: ["y"] },
    nameOf: ({ name }) => name.da,
    measure: (text, size, weight) => theme.width(text, size, weight >= 550),
  });
  it("are the main effects with their corrected intervals", () => {
    expect(differences.map(({ style }) => style.arm)).toEqual(["transactional", "transformational", "combined"]);
    const [transactional] = differences;
    expect([transactional?.x.estimate, transactional?.y.estimate]).toEqual([6.4, 2.8]);
    const row = analysis.estimates.find(
      ({ id, estimator }) => id === "transactional-transactional" && estimator === "ancova",
    )!;
    expect(transactional?.x.interval.low).toBeCloseTo(row.adjusted!.low, 1);
    expect(transactional?.x.interval.low).toBeLessThan(Math.round(10 * row.low!) / 10);
  });
  it("have equal units, zero inside and every cross in the frame", () => {
    const span = (ticks: readonly number[]) => ticks.at(-1)! - ticks[0]!;
    expect(width / span(params.ticksX)).toBeCloseTo(height / span(params.ticksY), 0);
    for (const { x, x2, y, y2 } of [...data.zero, ...data.whiskers]) {
      for (const at of [x, x2]) expect(at >= 0 && at <= width + 1, `${at}`).toBe(true);
      for (const at of [y, y2]) expect(at >= -1 && at <= height + 1, `${at}`).toBe(true);
    }
    expect(params.ticksX).toContain(0);
    expect(params.ticksY).toContain(0);
  });
  it("are not drawn where an arm has an effect on one scale only", () => {
    const one = { ...model, effects: model.effects.filter(({ outcome }) => outcome === "transactional") };
    expect(differencesOf(one, part!)).toEqual([]);
    expect(armStyles(arms)).toHaveLength(4);
  });
});

describe("the page", () => {
  it("has a contents list whose links are all there, in the order of the page", async () => {
    const page = await renderResearch(model, "da", reportAssets);
    const contents = page.match(/<nav class="contents".*?<\/nav>/s)?.[0] ?? "";
    const targets = [...contents.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
    expect(targets).toHaveLength(8);
    const places = targets.map((id) => page.indexOf(`id="${id}"`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
  it("has the long tables in the appendix, after everything else", async () => {
    const page = await renderResearch(model, "da", reportAssets);
    const appendix = page.slice(page.indexOf('id="appendix-part"'));
    for (const id of ["estimates", "items", "invariance"]) expect(appendix).toContain(`<section id="${id}"`);
    expect(appendix).not.toContain("<figure");
  });
  it("says under each figure what it is to the plan", async () => {
    const page = await renderResearch(model, "en", reportAssets);
    const figures = page.match(/<figure.*?<\/figure>/gs) ?? [];
    expect(figures.map((figure) => words(figure).match(/Plan: [^.]*\./)?.[0])).toEqual([
      "Plan: descriptive, not a test of the analysis plan.",
      "Plan: as in the analysis plan, locked on 20 May 2018.",
      "Plan: as in the analysis plan, locked on 20 May 2018.",
      ...Array.from({ length: 4 }, () => "Plan: descriptive, not a test of the analysis plan."),
    ]);
  });
  it("has no text under 10.5 px in a chart of a page 320 px wide", async () => {
    const page = await renderResearch(model, "da", reportAssets);
    const narrow = [...page.matchAll(/<div class="chart narrow">(.*?)<\/div>/gs)].map(([, svg]) => svg!);
    expect(narrow).toHaveLength(6);
    for (const svg of narrow) {
      for (const [, width] of svg.matchAll(/<svg[^>]* width="([\d.]+)"/g))
        expect(Number(width)).toBeLessThanOrEqual(304);
      for (const [, size] of svg.matchAll(/font-size="([\d.]+)px"/g)) expect(Number(size)).toBeGreaterThanOrEqual(10.5);
    }
  });
});
