import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { present, publishedIn, reveal, valueIn } from "../../../src/disclosure/published.ts";
import { armLines, trendData } from "../../../src/reporting/management/drawing-lines.ts";
import { rowsData } from "../../../src/reporting/management/drawing-rows.ts";
import { shownLevel } from "../../../src/reporting/page/levels.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Study } from "../../../src/study/study.ts";
import { words } from "../page/page-parts.ts";
import { fieldsOf } from "../page/spec-fields.ts";
import { analysis, study } from "../research/fixture.ts";
import { facts, has, lacks, model, modelOf, pageOf, without } from "./fixture.ts";

const plain = modelOf(
  { arms: [] },
  without(({ grouping }) => grouping === "arm"),
  { ...analysis, estimates: [] },
);
const trendOf = ({ trend, arms }: typeof model) =>
  trendData(
    armLines(trend.series, arms, (arm) => arm ?? ""),
    {
      total: 1126,
      height: 250,
      narrow: false,
      domain: { low: 55, high: 71 },
      measure: (word: string) => 7 * word.length,
      bands: [{ from: "2018-06-01", to: "2018-11-07", texts: ["1"] }],
      waves: study.waves.map(({ from }) => ({ day: Date.parse(from), lines: [from] })),
    },
  );

describe("a department with two leaders", () => {
  it.each(["da", "en"] as const)("leaves no number in model or page, in %s", async (language) => {
    const page = (await pageOf(model, language)).replace(/ (?:d|transform)="[^"]*"/g, "");
    for (const number of ["71[.,]4", "72[.,]4", "73[.,]4", "71[.,]37", "72[.,]37", "73[.,]37"]) {
      const written = new RegExp(`(?<![\\d.,])${number}`);
      expect(JSON.stringify(model).match(written), number).toBeNull();
      expect(page.match(written), number).toBeNull();
    }
    has(page, language === "da" ? "under 3 ledere" : "under 3 leaders");
  });
  it("takes the smallest of the others with it, since the whole is shown", () => {
    const hidden = model.departments.departments.filter(({ levels }) => !shownLevel(levels.at(-1))).map(({ id }) => id);
    expect(hidden).toEqual(["Kultur og Fritid", "Stab og Ledelse"]);
    expect(shownLevel(model.whole.levels.at(-1))?.mean).toBe(64.2);
  });
});

describe("the page", () => {
  it("holds its golden model", async () => {
    await expect(`${JSON.stringify(model, null, 2)}\n`).toMatchFileSnapshot("../../golden/management-model.json");
  });
  it.each(["da", "en"] as const)("has a table under every chart and nothing left open, in %s", async (language) => {
    const page = await pageOf(model, language);
    expect(page.match(/<details class="tbl">/g)).toHaveLength(4);
    expect(page.match(/undefined|NaN|\{\w+\}/)).toBeNull();
  });
  it.each(["da", "en"] as const)("needs no script and no style of an element, in %s", async (language) => {
    const page = await pageOf(model, language);
    expect(page.match(/ style=|<script|<link|javascript:/)).toBeNull();
  });
  it("says that the axis is an excerpt", async () => {
    has(await pageOf(model, "da"), "Aksen viser kun udsnittet 55–71 af skalaen 0–100.");
  });
  it("draws levels of arms as lines, without bands that compare nothing, and says no rule of overlap", async () => {
    const { data } = trendOf(model);
    expect([data.areas, data.whiskers]).toEqual([[], []]);
    expect(data.points.length).toBe(12);
    for (const language of ["da", "en"] as const) lacks(await pageOf(model, language), /overlap/i);
    const trend = async (found: typeof model) => /<figure id="trend"[\s\S]*?<\/figure>/.exec(await pageOf(found))![0];
    lacks(await trend(model), /opacity="0\.12"/);
    has(await trend(plain), 'opacity="0.12"');
    expect(trendOf(plain).data.areas.length).toBe(3);
  });
  it("draws no number of a band beyond the excerpt", () => {
    const [low, high] = [55, 71];
    for (const { low: from, high: to } of trendOf(plain).data.areas)
      expect([reveal(from!) > low, reveal(to!) < high]).toEqual([true, true]);
  });
  it("says how many changes were tested, and how", async () => {
    const page = words(await pageOf(model));
    has(page, "The level has changed since the first survey round in 3 of 4 groups");
    has(page, "tested in 4 groups, adjusted for the number of tests (Holm)");
    has(page, "in 4 of 4 departments");
  });
  it("says how many numbers are hidden so that others stay so, and where intervals come from", async () => {
    has(
      words(await pageOf(model)),
      "3 of 15 numbers of departments and 6 of 60 numbers of training arms in single departments of those",
    );
    has(
      words(await pageOf(model, "da")),
      "3 af 15 tal for forvaltninger og 6 af 60 tal for træningsarme i de enkelte forvaltninger af dem",
    );
    has(words(await pageOf(model)), "It takes leaders to differ as much in every group.");
    const open = without(({ grouping }) => grouping === "department");
    lacks(words(await pageOf(modelOf({}, open))), /worked out are hidden/);
  });
  it("says response rates as bands, never as the number that they are rounded down to", async () => {
    const page = words(await pageOf(model));
    has(page, "The response rate is 55\u2060–\u206060% in the latest survey round");
    const rates = [model.responses.whole, ...model.responses.departments].flatMap(({ rates: all }) => all);
    for (const rate of rates) {
      const band = rate && valueIn(rate);
      if (band) expect(band.high - band.low).toBe(5);
    }
    lacks(page, /(?<!–\u2060?)\b(55|65|70)% (?!of the answers)/);
  });
  it("says a rate at an end of the scale in words", async () => {
    const answered = (share: number) => ({
      ...facts,
      responses: facts.responses.map((row) => ({ ...row, answered_of_invited: share * row.invited })),
    });
    has(await pageOf(modelOf({}, answered(1)), "da"), "Svarprocenten er mindst 95\u00a0% i seneste måling");
    has(await pageOf(modelOf({}, answered(0.01)), "en"), "The response rate is under 5% in the latest survey round");
  });
  it("orders departments by name, never by score", () => {
    const names = model.departments.departments.map(({ id }) => id);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "da")));
  });
  it("escapes what the study and the roster say", async () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const renamed = (cell: string) => (cell === "Teknik og Miljø" ? hostile : cell);
    const found = modelOf(
      { title: { da: hostile, en: hostile } },
      {
        past: [],
        own: [],
        atoms: facts.atoms.map((atom) => ({
          ...atom,
          groups: { ...atom.groups, department: renamed(atom.groups["department"]!) },
        })),
        responses: facts.responses.map((row) => ({ ...row, cell: renamed(row.cell) })),
      },
    );
    expect((await pageOf(found)).includes("<img")).toBe(false);
  });
});

describe("a study that lacks something", () => {
  it.each([
    [
      "a second department",
      {},
      without(({ grouping, cell }) => grouping === "department" && cell !== "Børn og Unge"),
      "has no more than one",
    ],
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
    ["phases", { phases: [] }, facts, "The level has changed"],
    [
      "headcounts",
      {},
      { ...facts, responses: facts.responses.map((row) => ({ ...row, invited: 0 })) },
      "does not say how many",
    ],
    ["answers", {}, { atoms: [], own: [], past: [], responses: [] }, "No survey rounds yet"],
  ] as const)("%s: the rest stands", async (_, changed, found, expected) => {
    const effects = "arms" in changed || "waves" in changed ? { ...analysis, estimates: [] } : analysis;
    const page = await pageOf(modelOf(changed as Partial<Study>, found, effects));
    has(page, expected);
    expect(page.match(/undefined|NaN| style=/)).toBeNull();
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

const old = {
  da: /[Ss]ikker forskel til|til kontrol(gruppen)?\b(?<!forhold til kontrolgruppen)|udfald|uden om nul|med sikkerhed større|spredning|visionslederskab|møder|arm mod arm|p \d|[Tt]ydelig|\(\d+,\d+–|\barme\b/,
  en: /clear (difference|change|rise|fall)|lie outside zero|among arms|overlap|\(\d+\.\d+–/i,
} as const;

describe("words that the page no longer says", () => {
  const studies = {
    usual: model,
    plain: modelOf(
      { arms: [] },
      without(({ grouping }) => grouping === "arm"),
      { ...analysis, estimates: [] },
    ),
    "one wave": modelOf(
      { waves: study.waves.slice(0, 1) },
      without(({ wave }) => wave !== "baseline"),
    ),
    lacking: modelOf(
      { plan: { ...study.plan, primary: [] } },
      without(({ grouping }) => grouping === "department"),
    ),
  };
  it.each(Object.entries(studies))("%s", async (_, found) => {
    for (const language of ["da", "en"] as const)
      expect(words(await pageOf(found, language)).match(old[language])).toBeNull();
  });
});

describe("the specs", () => {
  const spec = (name: string) => JSON.parse(reportAssets.text(`reports/management/charts/${name}.vl.json`));
  const named = (name: string, sets: Readonly<Record<string, readonly object[]>>) => {
    for (const [set, field] of fieldsOf(spec(name).layer, undefined)) {
      expect(sets[set], set).toBeDefined();
      for (const row of sets[set]!) expect(Object.keys(row), `${set}.${field}`).toContain(field);
    }
  };
  it("name only fields that their data have", () => {
    named("trend", trendOf(plain).data);
    const difference = model.effects.comparisons.map((each) => publishedIn(each.difference)).find((each) => each)!;
    const style = model.arms[0]!;
    const interval = present(difference.part("interval"))!;
    const mark = { value: difference.part("estimate"), low: interval.part("low"), high: interval.part("high") };
    const rows = [
      { label: "a", written: "+1.2", style, mark },
      { label: "b", written: "hidden", style, mark: null },
    ];
    const axis = { title: "points", ticks: [-5, 0, 5] };
    const layout = {
      total: 680,
      narrow: false,
      band: 2,
      axis,
      signed: true,
      measure: (word: string) => 7 * word.length,
    };
    const { data } = rowsData([{ heading: "h", rows }], layout);
    named("rows", data);
    expect([data.points.length, data.whiskers.length]).toEqual([1, 1]);
  });
  it.each(["rows", "trend", "department", "responses"])("%s compiles", (name) => {
    expect(() => compile(spec(name) as TopLevelSpec)).not.toThrow();
  });
});
