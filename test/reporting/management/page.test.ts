import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { rulesOf } from "../../../src/disclosure/rules.ts";
import { shownSiblings } from "../../../src/disclosure/siblings.ts";
import { managementFinding } from "../../../src/reporting/management/finding.ts";
import { type ManagementFacts, managementModel, shownLevel } from "../../../src/reporting/management/model.ts";
import { renderManagement } from "../../../src/reporting/management/page.ts";
import { changes, trendData, trendLines } from "../../../src/reporting/management/trend/layout.ts";
import { managementVoice } from "../../../src/reporting/management/voice.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Study } from "../../../src/study/study.ts";
import { fieldsOf } from "../page/spec-fields.ts";
import { analysis, estimateRow, measurements, plan, study, versions } from "../research/fixture.ts";
import { facts } from "./fixture.ts";

const modelOf = (changed: Partial<Study> = {}, found: ManagementFacts = facts, effects = analysis) => {
  const own = { ...study, ...changed };
  return managementModel(own, found, researchModel(own, effects, measurements, versions, "2019-12-21"));
};
const model = modelOf();
/** As `toContain`, without printing a page where it fails. */
const has = (page: string, part: string): void => expect(page.includes(part), part).toBe(true);
const text = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>/, "");
const without = (drop: (row: { grouping: string; wave: string }) => boolean): ManagementFacts => ({
  means: facts.means.filter((row) => !drop(row)),
  responses: facts.responses.filter((row) => !drop(row)),
});
const rules = rulesOf(study.disclosure);

describe("parts beside their whole", () => {
  const part = (cell: string, leaders: number) => ({ cell, support: { n: 8 * leaders, leaders, largest: 8 } });
  const whole = (parts: readonly ReturnType<typeof part>[]) => ({
    n: parts.reduce((sum, { support }) => sum + support.n, 0),
    leaders: parts.reduce((sum, { support }) => sum + support.leaders, 0),
    largest: 8,
  });
  it("all stand where all are large", () => {
    const parts = [part("a", 10), part("b", 20)];
    expect([...shownSiblings(whole(parts), parts, rules)].sort()).toEqual(["a", "b"]);
  });
  it("take the next smallest with them where one is hidden", () => {
    const parts = [part("a", 30), part("b", 20), part("c", 12), part("d", 2)];
    expect([...shownSiblings(whole(parts), parts, rules)].sort()).toEqual(["a", "b"]);
  });
  it("leave a rest of at least three leaders", () => {
    const parts = [part("a", 30), part("b", 20), part("c", 1), part("d", 1)];
    expect([...shownSiblings(whole(parts), parts, rules)]).toEqual(["a"]);
  });
  it("count leaders who are in no part as hidden", () => {
    const parts = [part("a", 30), part("b", 20)];
    expect([...shownSiblings({ n: 416, leaders: 52, largest: 8 }, parts, rules)]).toEqual([]);
    expect([...shownSiblings({ n: 480, leaders: 60, largest: 8 }, parts, rules)].sort()).toEqual(["a", "b"]);
  });
});

describe("a department with two leaders", () => {
  it.each(["da", "en"] as const)("leaves no number in model or page, in %s", async (language) => {
    const page = text(await renderManagement(model, language, reportAssets)).replace(/ (?:d|transform)="[^"]*"/g, "");
    for (const number of ["71[.,]4", "72[.,]4", "73[.,]4", "71[.,]37", "72[.,]37", "73[.,]37"]) {
      const written = new RegExp(`(?<![\\d.,])${number}`);
      expect(JSON.stringify(model).match(written), number).toBeNull();
      expect(page.match(written), number).toBeNull();
    }
    has(page, language === "da" ? "under 3 ledere" : "under 3 leaders");
  });
  it("takes the smallest of the others with it, since the whole is shown", () => {
    const hidden = model.departments.filter(({ levels }) => !shownLevel(levels.at(-1))).map(({ id }) => id);
    expect(hidden).toEqual(["Kultur og Fritid", "Stab og Ledelse"]);
    expect(shownLevel(model.organisation.levels.at(-1))?.mean).toBe(63.6);
  });
});

type Values = readonly number[];
const effectsOf = (values: Values) => ({
  ...analysis,
  estimates: ["transactional", "transformational", "combined"]
    .slice(0, values.length)
    .map((arm, index) => estimateRow(plan.primary[0]!, arm, [values[index]!, 1])),
});
describe("the finding is true from the numbers", () => {
  const title = (found: ReturnType<typeof modelOf>) =>
    managementFinding(found, managementVoice(found, "en", reportAssets)).title;
  it.each([
    [[6, 7, 8], "More transformational leadership among trained leaders"],
    [[-6, -7, -8], "Less transformational leadership among trained leaders"],
    [[6, 0.2, 8], "Clear difference from the control group in 2 of 3 training arms"],
    [[6, -7, 8], "Clear difference from the control group in 3 of 3 training arms"],
    [[0.3, 0.2, -0.8], "No clear difference between trained leaders and the control group"],
  ])("%s", (values, expected) => {
    expect(title(modelOf({}, facts, effectsOf(values)))).toBe(expected);
  });
  it("speaks of levels in a study without arms", () => {
    const plain = modelOf({ arms: [] }, facts, { ...analysis, estimates: [] });
    expect(title(plain)).toBe("Transformational leadership went from 60.9 to 63.6 points");
  });
  it("calls a change clear only beyond both intervals", () => {
    const series = (before: number, after: number, half: number) => ({
      id: "",
      levels: [before, after].map((mean) => ({
        state: "shown" as const,
        value: { mean, low: mean - half, high: mean + half } as never,
      })),
    });
    expect(changes([series(60, 63, 2)])).toEqual({ total: 1, up: 1, down: 0 });
    expect(changes([series(60, 62.8, 2)])).toEqual({ total: 1, up: 0, down: 0 });
    expect(changes([series(63, 60, 2)])).toEqual({ total: 1, up: 0, down: 1 });
  });
});

describe("the page", () => {
  it("holds its golden model", async () => {
    await expect(`${JSON.stringify(model, null, 2)}\n`).toMatchFileSnapshot("../../golden/management-model.json");
  });
  it.each(["da", "en"] as const)("has a table under every chart and nothing left open, in %s", async (language) => {
    const page = await renderManagement(model, language, reportAssets);
    expect(page.match(/<details class="tbl">/g)).toHaveLength(3);
    expect(text(page).match(/undefined|NaN|\{\w+\}/)).toBeNull();
  });
  it("says that the axis is an excerpt", async () => {
    has(await renderManagement(model, "da", reportAssets), "Aksen viser kun udsnittet 55–71 af skalaen 0–100.");
  });
  it("gives response rates in bands of five per cent only", () => {
    const rates = [model.response, ...model.departmentResponse].flatMap(({ rates: all }) => all);
    for (const rate of rates) if (rate?.state === "shown") expect(rate.value % 5).toBe(0);
  });
  it("orders departments by name, never by score", () => {
    const names = model.departments.map(({ id }) => id);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "da")));
  });
  it("escapes what the study and the roster say", async () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const renamed = <T extends { grouping: string; cell: string }>(rows: readonly T[]): T[] =>
      rows.map((row) => (row.cell === "Teknik og Miljø" ? { ...row, cell: hostile } : row));
    const found = modelOf(
      { title: { da: hostile, en: hostile } },
      { means: renamed(facts.means), responses: renamed(facts.responses) },
    );
    expect((await renderManagement(found, "en", reportAssets)).includes("<img")).toBe(false);
  });
});

describe("a study that lacks something", () => {
  it.each([
    ["departments", {}, without(({ grouping }) => grouping === "department"), "Departments: the study file"],
    [
      "arms",
      { arms: [], figure: null },
      without(({ grouping }) => grouping === "arm"),
      "Mean of the whole organisation",
    ],
    [
      "a second wave",
      { waves: study.waves.slice(0, 1) },
      without(({ wave }) => wave !== "baseline"),
      "in the survey round “Before”",
    ],
    ["phases", { phases: [] }, facts, "Clear change"],
    [
      "headcounts",
      {},
      { ...facts, responses: facts.responses.map((row) => ({ ...row, invited: 0 })) },
      "does not say how many",
    ],
    ["answers", {}, { means: [], responses: [] }, "No survey rounds yet"],
  ] as const)("%s: the rest stands", async (_, changed, found, expected) => {
    const effects = "arms" in changed || "waves" in changed ? { ...analysis, estimates: [] } : analysis;
    const page = await renderManagement(modelOf(changed as Partial<Study>, found, effects), "en", reportAssets);
    has(text(page), expected);
    expect(text(page).match(/undefined|NaN/)).toBeNull();
  });
});

describe("words", () => {
  it("have the same keys and places in both languages", () => {
    const places = (language: string) =>
      Object.entries(
        JSON.parse(reportAssets.text(`reports/management/words.${language}.json`)) as Record<string, string>,
      ).map(([key, sentence]) => [key, [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()]);
    expect(places("da")).toEqual(places("en"));
  });
});

describe("the spec trend", () => {
  const spec = JSON.parse(reportAssets.text("reports/management/charts/trend.vl.json"));
  const { data } = trendData(
    trendLines(model, (arm) => arm ?? ""),
    {
      ...{
        total: 1126,
        height: 250,
        narrow: false,
        domain: { low: 55, high: 71 },
        measure: (word: string) => 7 * word.length,
      },
      bands: [{ from: "2018-06-01", to: "2018-11-07", texts: ["1"] }],
      waves: study.waves.map(({ from }) => ({ day: Date.parse(from), lines: [from] })),
    },
  );
  it("names only fields that its data have", () => {
    const sets: Readonly<Record<string, readonly object[]>> = data;
    for (const [set, field] of fieldsOf(spec.layer, undefined)) {
      expect(sets[set], set).toBeDefined();
      for (const row of sets[set]!) expect(Object.keys(row), `${set}.${field}`).toContain(field);
    }
  });
  it.each(["trend", "department", "responses"])("%s compiles", (name) => {
    const own = JSON.parse(reportAssets.text(`reports/management/charts/${name}.vl.json`)) as TopLevelSpec;
    expect(() => compile(own)).not.toThrow();
  });
});
