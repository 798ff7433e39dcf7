import { describe, expect, it } from "vitest";
import { themeOf } from "../../../src/reporting/page/theme.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { ratingsData, ratingsDomain } from "../../../src/reporting/research/ratings/layout.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Study } from "../../../src/study/study.ts";
import { analysis, measurements, ratings, study, versions } from "./fixture.ts";

const modelOf = (found = analysis, changed: Partial<Study> = {}) =>
  researchModel({ ...study, ...changed }, found, measurements, versions, "2019-12-21");
const pageOf = (found = analysis, language: "da" | "en" = "da", changed: Partial<Study> = {}) =>
  renderResearch(modelOf(found, changed), language, reportAssets);
const words = (markup: string): string => markup.replace(/<[^>]*>/g, " ").replace(/ +/g, " ");
const figureOf = (page: string, id: string): string =>
  page.match(new RegExp(`<figure id="${id}".*?</figure>`, "s"))?.[0] ?? "";
const rowsOf = (part: string) =>
  [...part.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => words(cell!)),
  );
const withRatings = (intendedPerceived: typeof analysis.intendedPerceived) => ({ ...analysis, intendedPerceived });
const theme = themeOf(reportAssets);
const measure = (text: string, size: number, weight: number) => theme.width(text, size, weight >= 550);

describe("own answers beside employees' answers", () => {
  it("have the numbers of the analysis in the table", async () => {
    const rows = rowsOf(figureOf(await pageOf(), "ratings"));
    expect(rows[1]).toEqual([
      ...["Transformationsledelse", "77,5", "70,0", "+7,6", "4,5 til 10,6", "0,22 (0,06 til 0,37)"],
      ...["0,30 (0,09 til 0,50)", "0,74 / 0,71", "leder højere 64; leder lavere 20; ingen klar forskel 70"],
      ...["leder højere 60; leder lavere 51; enige, højt 31; enige, lavt 12", "154", "1.119"],
    ]);
    expect(rows).toHaveLength(3);
  });
  it.each([
    [[77.5, 70], "Lederens eget svar ligger højere end medarbejdernes svar på alle 2 skalaer"],
    [[62.5, 70], "Lederens eget svar ligger lavere end medarbejdernes svar på alle 2 skalaer"],
    [[70.5, 70], "Ingen forskel mellem leder og medarbejdere er større end usikkerheden"],
  ] as const)("are told by a heading that is true of %j", async ([intended, perceived], title) => {
    const found = ["transformational", "transactional"].map((scale) => ratings(scale, intended, perceived));
    expect(words(figureOf(await pageOf(withRatings(found)), "ratings"))).toContain(title);
  });
  it("say which excerpt of the scale is drawn", async () => {
    expect(words(figureOf(await pageOf(), "ratings"))).toContain("Aksen viser kun udsnittet 50–90 af skalaen 0–100.");
  });
  it("are drawn where the axis holds both answers and the band", () => {
    const scale = { low: 0, high: 100 };
    const mark = (intended: number, perceived: number) => ({
      ...{ name: "x", intended, perceived, half: { below: 6, above: 6 }, clear: true },
      written: { intended: "", perceived: "", gap: "" },
    });
    for (const marks of [[mark(0, 3)], [mark(100, 98)], [mark(50, 50)], [mark(2, 99), mark(40, 41)]]) {
      const { low, high, ticks } = ratingsDomain(marks, scale);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(100);
      expect(ticks.length).toBeGreaterThanOrEqual(5);
      const heads = { intended: "a", perceived: "b", gap: "c" };
      const { data } = ratingsData(marks, { total: 358, narrow: true, scale, heads, tick: String, measure });
      for (const { bandLow, bandHigh, intended } of data.marks)
        for (const value of [bandLow, bandHigh, intended]) {
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high);
        }
    }
  });
  it("are not there without leaders' own answers, and the page says so", async () => {
    const page = await pageOf(withRatings([]), "en");
    expect(figureOf(page, "ratings")).toBe("");
    expect(page).toContain("no scale is answered by both leaders and employees");
  });
  it("hide small numbers: four leaders, and correlations of fewer than thirty", () => {
    const of = (leaders: number) =>
      modelOf(withRatings([{ ...ratings("transformational", 77.5, 70), leaders }])).ratings[0]!;
    expect(of(4).means.state).toBe("suppressed");
    expect(of(29).means.state).toBe("shown");
    expect(of(29).correlation.state).toBe("suppressed");
    expect(JSON.stringify(of(4))).not.toContain("77.5");
  });
});

describe("who moved", () => {
  it("takes the change of the difference apart, arm by arm", async () => {
    const rows = rowsOf(figureOf(await pageOf(), "moved"));
    expect(rows).toHaveLength(7);
    expect(rows[1]?.slice(0, 2)).toEqual(["Transformationsledelse", "Transaktionstræning"]);
    expect(rows[1]?.slice(2, 5).map((cell) => cell.split(" ")[0])).toEqual(["−5,6", "−4,7", "+0,9"]);
    expect(rows[1]?.at(-1)).toBe("43 / 29");
  });
  it("has one sentence on the largest change", async () => {
    expect(words(figureOf(await pageOf(), "moved"))).toContain(
      "Størst på transformationsledelse i kombineret træning: Set i forhold til kontrolgruppen blev forskellen 9,8 point mindre, lederens eget svar 6,5 point lavere og medarbejdernes svar 3,3 point højere.",
    );
  });
  it("tells the change itself in a study without arms", async () => {
    const alone = (["transformational", "transactional"] as const).map((scale) => {
      const row = ratings(scale, 77.5, 70);
      const change = { ...row.changes[0]!, arm: null, reference: null, leaders: { arm: 40, reference: 0 } };
      return { ...row, changes: [change] };
    });
    const found = { ...withRatings(alone), estimates: [], arrows: [], balance: [], flow: { arms: [] } };
    const part = words(figureOf(await pageOf(found, "en", { arms: [], figure: null }), "moved"));
    expect(part).toContain("All leaders");
    expect(part).not.toMatch(/control group|undefined|NaN/);
  });
  it("hides a small arm, and with it the means of the whole", async () => {
    const flow = {
      arms: analysis.flow.arms.map((each) =>
        each.arm === "combined"
          ? { ...each, waves: each.waves.map((wave) => ({ ...wave, measured: 2, underThreshold: 0 })) }
          : each,
      ),
    };
    const model = modelOf({ ...analysis, flow });
    expect(model.moved.filter(({ parts }) => parts.state === "suppressed").map(({ arm }) => arm)).toEqual([
      ...["combined", "combined"],
    ]);
    expect(model.ratings.every(({ means }) => means.state === "suppressed")).toBe(true);
    expect(JSON.stringify([model.moved, model.ratings])).not.toMatch(/-9\.8|77\.5/);
    const page = await renderResearch(model, "da", reportAssets);
    expect(page).toContain("en arm er for lille til at vises");
  });
  it("shows no arm of four leaders with both answers", () => {
    const row = ratings("transformational", 77.5, 70);
    const changes = row.changes.map((change) => ({ ...change, leaders: { arm: 4, reference: 29 } }));
    expect(modelOf(withRatings([{ ...row, changes }])).moved.every(({ parts }) => parts.state === "suppressed")).toBe(
      true,
    );
  });
});
