import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { valueIn } from "../../../src/disclosure/published.ts";
import type { Status, Warning } from "../../../src/estimation/design/status.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import { adjustedInterval } from "../../../src/estimation/inference/precision.ts";
import { forestData } from "../../../src/reporting/effect/forest-layout.ts";
import { armStyles } from "../../../src/reporting/page/arms.ts";
import { covers, outline } from "../../../src/reporting/page/ellipse.ts";
import { themeOf } from "../../../src/reporting/page/theme.ts";
import { arrowsDomain } from "../../../src/reporting/research/arrows/domain.ts";
import { arrowsData } from "../../../src/reporting/research/arrows/layout.ts";
import { drawnArrows } from "../../../src/reporting/research/arrows/model.ts";
import { balanceData } from "../../../src/reporting/research/balance/layout.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { researchFinding } from "../../../src/reporting/research/finding.ts";
import { renderResearch, signatureFigure } from "../../../src/reporting/research/page.ts";
import { ratingsData } from "../../../src/reporting/research/ratings/layout.ts";
import { researchVoice } from "../../../src/reporting/research/voice.ts";
import { wavesData } from "../../../src/reporting/research/waves/layout.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Study } from "../../../src/study/study.ts";
import { fieldsOf } from "../page/spec-fields.ts";
import { analysis, arms, arrows, estimateRow, measurements, plan, study, versions } from "./fixture.ts";

const modelOf = (changed: Partial<Study> = {}, found = analysis, measured = measurements) =>
  researchModel({ ...study, ...changed }, found, measured, versions, "2019-12-21");
const model = modelOf();
const styles = armStyles(arms);
const theme = themeOf(reportAssets);
const measure = (text: string, size: number, weight: number) => theme.width(text, size, weight >= 550);
const scales = { x: { low: 0, high: 100 }, y: { low: 0, high: 100 } };
/** As `toContain`, without printing a page where it fails. */
const has = (page: string, part: string): void => expect(page.includes(part), part).toBe(true);
const hasNot = (page: string, part: string): void => expect(page.includes(part), part).toBe(false);
const text = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>/, "");

describe("the ellipse", () => {
  const shape = { xx: 0.9, xy: -0.4, yy: 0.5, radiusSquared: 6.2 };
  const centre = { x: 50, y: 60 };
  it("has its outline where the distance from the centre is the radius", () => {
    for (const { x, y } of outline(centre, shape, 36)) {
      const [dx, dy] = [x - centre.x, y - centre.y];
      const squared =
        (shape.yy * dx * dx - 2 * shape.xy * dx * dy + shape.xx * dy * dy) / (shape.xx * shape.yy - shape.xy ** 2);
      expect(squared).toBeCloseTo(shape.radiusSquared, 10);
    }
  });
  it("covers what lies inside it and nothing outside", () => {
    const edge = outline(centre, shape, 36);
    const scaled = (share: number) => edge.map(({ x, y }) => ({ x: 50 + (x - 50) * share, y: 60 + (y - 60) * share }));
    expect(scaled(0.99).every((point) => covers(centre, shape, point))).toBe(true);
    expect(scaled(1.01).some((point) => covers(centre, shape, point))).toBe(false);
  });
});

describe.each([
  ["wide", 706, false],
  ["narrow", 326, true],
] as const)("the arrows, %s", (_, width, narrow) => {
  const domain = arrowsDomain(arrows, scales);
  const { data, height } = arrowsData(arrows, styles, domain, scales, {
    ...{ width, narrow, excerpt: true, left: 34, titles: { x: "x", y: ["y"] }, locator: narrow ? [] : ["a", "b"] },
    nameOf: ({ name }) => name.da,
    countOf: ({ leaders }) => `${leaders} ledere`,
    measure,
  });
  it("have equal units on both axes", () => {
    expect(height / (domain.y.high - domain.y.low)).toBeCloseTo(width / (domain.x.high - domain.x.low), 1);
  });
  it("show every ellipse whole", () => {
    for (const { x, y } of data.ellipses) {
      expect(x).toBeGreaterThan(domain.x.low);
      expect(x).toBeLessThan(domain.x.high);
      expect(y).toBeGreaterThan(domain.y.low);
      expect(y).toBeLessThan(domain.y.high);
    }
  });
  it("have their labels inside the frame, off the ellipses and off each other", () => {
    const boxes = data.labels.map(({ name, count, x, y, y2, align, size }) => {
      const wide = Math.max(measure(name, size, 650), measure(count, 12.5, 400));
      const left = align === "left" ? x : align === "right" ? x - wide : x - wide / 2;
      return { left, right: left + wide, top: y - size / 2, bottom: y2 + 6 };
    });
    expect(boxes).toHaveLength(4);
    const place = ({ x, y }: { x: number; y: number }) => ({
      x: ((x - domain.x.low) / (domain.x.high - domain.x.low)) * width,
      y: height - ((y - domain.y.low) / (domain.y.high - domain.y.low)) * height,
    });
    const edges = data.ellipses.map(place);
    for (const [index, box] of boxes.entries()) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(width + 1);
      expect(edges.filter(({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom)).toEqual([]);
      for (const other of boxes.slice(index + 1))
        expect(
          box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
        ).toBe(false);
    }
  });
});

const row = (style: (typeof styles)[number]) => ({
  ...{ label: style.name.da, written: "+1", style, estimate: 1 },
  ...{ interval: { low: 0, high: 2 }, half: { low: 0.5, high: 1.5 } },
});
const layout = { total: 760, narrow: false, band: 2, axis: "x", measure };
const ratingsMark = (name: string, intended: number, perceived: number) => ({
  ...{ name, intended, perceived, half: { below: 3, above: 3 }, clear: true },
  written: { intended: "77,5", perceived: "70,0", gap: "+7,5 (4,5 til 10,5)" },
});
const ratingsFrame = (total: number) => ({
  ...{ total, narrow: total < 520, scale: scales.x, measure, tick: String },
  heads: { intended: "Leder", perceived: "Medarbejdere", gap: "Forskel" },
});
const specs = {
  arrows: arrowsData(arrows, styles, arrowsDomain(arrows, scales), scales, {
    ...{ width: 326, narrow: true, excerpt: true, left: 28, titles: { x: "x", y: ["y"] }, locator: ["a"], measure },
    nameOf: ({ name }) => name.da,
    countOf: () => "",
  }).data,
  forest: forestData([{ heading: "x", rows: styles.map(row) }], layout).data,
  ratings: ratingsData([ratingsMark("Transformationsledelse", 77.5, 70)], ratingsFrame(760)).data,
  waves: wavesData(
    styles.map((style) => ({ label: "x", style, effects: [{ estimate: 1, interval: { low: 0, high: 2 } }, null] })),
    {
      ...{ total: 358, height: 200, narrow: false, band: 2, heading: "x", axis: "y", measure, values: [-2, 2] },
      waves: [1, 2].map((day) => ({ day, lines: ["a"] })),
    },
  ).data,
  balance: balanceData([{ label: "x", marks: styles.map((style) => ({ style, difference: 0.1 })) }], layout).data,
};

describe.each(Object.entries(specs))("the spec %s", (name, data: Readonly<Record<string, readonly object[]>>) => {
  const spec = JSON.parse(reportAssets.text(`reports/research/charts/${name}.vl.json`));
  it("compiles", () => {
    expect(() => compile(spec as TopLevelSpec)).not.toThrow();
  });
  it("names only fields that its data have", () => {
    for (const [set, field] of fieldsOf(spec.layer, undefined)) {
      expect(data[set], set).toBeDefined();
      for (const each of data[set]!) expect(Object.keys(each), `${set}.${field}`).toContain(field);
    }
  });
});

type Values = readonly (readonly [estimate: number, se: number])[];
const withEffects = (values: Values) => {
  const pairs = plan.primary.flatMap((outcome) =>
    ["transactional", "transformational", "combined"].map((arm) => [outcome, arm] as const),
  );
  return {
    ...analysis,
    estimates: pairs.map(([outcome, arm], index) => estimateRow(outcome, arm, values[index % values.length]!)),
  };
};
const finding = (found: ReturnType<typeof modelOf>, language: "da" | "en" = "en") =>
  researchFinding(found, researchVoice(found, language, reportAssets));

describe("the finding is true from the numbers", () => {
  it.each([
    [
      "every effect clear and positive",
      [[6, 1]],
      "Training increased perceived transformational leadership and perceived transactional leadership",
    ],
    [
      "every effect clear and negative",
      [[-6, 1]],
      "Training decreased perceived transformational leadership and perceived transactional leadership",
    ],
    [
      "clear both ways",
      [
        [6, 1],
        [6, 1],
        [-6, 1],
      ],
      "Transactional training and transformational training increased perceived transformational leadership and perceived transactional leadership; combined training decreased perceived transformational leadership and perceived transactional leadership",
    ],
    [
      "in more ways than a heading can say",
      [
        [6, 1],
        [-6, 1],
      ],
      "Statistically significant difference from the control group in 6 of 6 comparisons",
    ],
    [
      "some clear",
      [
        [6, 1],
        [0.4, 1],
        [0.2, 1],
      ],
      "Transactional training increased perceived transformational leadership and perceived transactional leadership",
    ],
    [
      "none clear",
      [
        [0.5, 1],
        [-1.2, 1],
      ],
      "No statistically significant difference from the control group",
    ],
  ] as const)("%s", (_, values, title) => {
    expect(finding(modelOf({}, withEffects(values))).title).toBe(title);
  });
  it("goes by the corrected p, not by the interval", () => {
    const found = withEffects([[2.2, 1]]);
    const corrected = {
      ...found,
      estimates: found.estimates.map((each) => ({
        ...each,
        pAdjusted: 0.18,
        adjusted: adjustedInterval(each, 0.18, plan.confidence),
      })),
    };
    expect(found.estimates.every(({ low }) => low! > 0)).toBe(true);
    expect(finding(modelOf({}, corrected)).title).toBe(
      "No statistically significant difference from the control group",
    );
  });
  it("names the largest difference and its interval", () => {
    expect(finding(model, "da").lede).toContain(
      "transformationstræning på transformationsledelse: +6,9 point (4,6 til 9,2)",
    );
  });
  it("speaks of levels in a study without arms", () => {
    const plain = modelOf({ arms: [] }, { ...analysis, estimates: [], arrows: [], balance: [], flow: { arms: [] } });
    expect(finding(plain).title).toBe("Transformational leadership went from 61.2 to 61.2 points");
  });
  it("does not claim what could not be estimated", () => {
    const none: Estimate[] = analysis.estimates.map((each) => ({ ...each, estimate: null, status: "no-data" }));
    expect(finding(modelOf({}, { ...analysis, estimates: none })).title).toBe(
      "The effect of training cannot be shown yet",
    );
  });
});

describe("the page", () => {
  it("holds its golden model", async () => {
    await expect(`${JSON.stringify(model, null, 2)}\n`).toMatchFileSnapshot("../../golden/research-model.json");
  });
  it.each(["da", "en"] as const)(
    "shows seven numbered figures with a table under every chart, in %s",
    async (language) => {
      const page = await renderResearch(model, language, reportAssets);
      const word = language === "da" ? "Figur" : "Figure";
      expect([...page.matchAll(new RegExp(`<h2[^>]*>${word} (\\d)\\.`, "g"))].map(([, number]) => number)).toEqual([
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
      ]);
      expect(page.match(/<details class="tbl">/g)).toHaveLength(6);
      expect(page.match(/role="img"/g)).toHaveLength(16);
      expect(text(page).match(/undefined|NaN|\{\w+\}/)).toBeNull();
    },
  );
  it("says that the axes are an excerpt, with the numbers of the axes", async () => {
    const { x, y } = arrowsDomain(drawnArrows(model.arrows)!.arrows, scales);
    const page = await renderResearch(model, "da", reportAssets);
    has(page, `Akserne viser kun et udsnit af skalaerne (${x.low}–${x.high} af 0–100 og ${y.low}–${y.high} af 0–100)`);
  });
  it("adds up from randomised to measured, in every arm and wave", () => {
    for (const { leaders, numbers } of model.flow) {
      for (const { moved, unanswered, underThreshold, measured } of valueIn(numbers)!.waves)
        expect(moved + unanswered + underThreshold + measured).toBe(leaders);
    }
  });
  it("escapes what the study file says", async () => {
    const title = { da: "<script>alert(1)</script>", en: '"><img src=x>' };
    const page = await renderResearch(modelOf({ title }), "da", reportAssets);
    hasNot(page, "<script");
    has(page, "&lt;script&gt;");
  });
  it("tells every setting of the plan", async () => {
    const page = await renderResearch(model, "en", reportAssets);
    for (const setting of [
      "gender, tenure",
      "CR2, cluster-robust (cluster: leader)",
      "Holm",
      "20180601",
      analysis.plan.hash,
      "20 May 2018",
    ])
      has(page, setting);
  });
  it("is there as a figure of its own", async () => {
    expect(await signatureFigure(model, "en", reportAssets)).toMatch(/^<svg[^>]* width="760"/);
  });
});

describe("words", () => {
  const words = (language: string) =>
    JSON.parse(reportAssets.text(`reports/research/words.${language}.json`)) as Record<string, string>;
  it("have the same keys and places in both languages", () => {
    const places = (all: Record<string, string>) =>
      Object.entries(all).map(([key, sentence]) => [
        key,
        [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).sort(),
      ]);
    expect(places(words("da"))).toEqual(places(words("en")));
  });
  it("exist for every status and every warning", async () => {
    const status: Status[] = [
      "no-baseline-wave",
      "no-control-arm",
      "arm-empty",
      "too-few-leaders",
      "no-variation",
      "not-identified",
      "no-classes",
      "no-take-up",
      "no-data",
    ];
    const codes: Warning["code"][] = [
      "df-below-4",
      "arm-below-12-leaders",
      "column-dropped",
      "leverage-one",
      "baseline-imputed",
      "covariate-after-training",
      "rows-dropped",
      "weak-instrument",
      "take-up-unknown",
      "take-up-assumed",
      "take-up-unplaced",
      "surely-measured",
    ];
    const [first, ...rest] = analysis.estimates;
    const warnings = codes.map((code) => ({ code, names: ["combined"], count: 7 }));
    const none = {
      estimate: null,
      se: null,
      low: null,
      high: null,
      p: null,
      df: null,
      pAdjusted: null,
      standardised: null,
    };
    const estimates = [
      { ...first!, warnings },
      ...rest,
      ...status.map((each) => ({ ...first!, ...none, status: each })),
    ];
    for (const language of ["da", "en"] as const) {
      const page = await renderResearch(modelOf({}, { ...analysis, estimates }), language, reportAssets);
      for (const each of status) has(page, words(language)[`status.${each}`]!);
      expect(page.match(/<li>/g)!.length).toBeGreaterThanOrEqual(codes.length);
    }
  });
});

describe("a small arm", () => {
  const small = {
    ...analysis,
    arrows: arrows.map((arrow) =>
      arrow.arm === "combined"
        ? { ...arrow, leaders: 2, x: { before: 33.31, after: 34.42 }, y: { before: 35.53, after: 36.64 } }
        : arrow,
    ),
    estimates: analysis.estimates.map((each) =>
      each.arm === "combined" && each.estimate !== null ? { ...each, estimate: 37.75 } : each,
    ),
    balance: analysis.balance.map((each) => (each.arm === "combined" ? { ...each, mean: 38.86 } : each)),
    flow: {
      arms: analysis.flow.arms.map((flow) =>
        flow.arm === "combined"
          ? {
              ...flow,
              randomised: { leaders: 2, employees: 3917 },
              waves: flow.waves.map((wave) => ({
                ...wave,
                moved: 0,
                unanswered: 0,
                underThreshold: 0,
                measured: 2,
                employees: 3928,
              })),
              analysed: { leaders: 2, employees: 3928 },
            }
          : flow,
      ),
    },
  };
  it.each(["da", "en"] as const)("leaves no number of its own in model or page, in %s", async (language) => {
    const found = modelOf({}, small);
    const page = text(await renderResearch(found, language, reportAssets)).replace(/ (?:d|transform)="[^"]*"/g, "");
    for (const number of [
      "33[.,]3",
      "34[.,]4",
      "35[.,]5",
      "36[.,]6",
      "37[.,][78]",
      "38[.,]8",
      "3[.,]?917",
      "3[.,]?928",
    ]) {
      const written = new RegExp(`(?<![\\d.,])${number}`);
      expect(JSON.stringify(found).match(written), number).toBeNull();
      expect(page.match(written), number).toBeNull();
    }
    has(
      page,
      language === "da"
        ? "Skjult af hensyn til anonymitet: Kombineret træning"
        : "Hidden to protect anonymity: Combined training",
    );
  });
  it("takes the means of the whole with it, from which it could be worked out", () => {
    const levels = modelOf({}, small).measurement.map(({ level }) => level);
    expect(JSON.stringify(levels)).not.toContain("61.2");
    expect(JSON.stringify(model.measurement)).toContain("61.2");
  });
});

describe("a study that lacks something", () => {
  const noArms = {
    ...analysis,
    estimates: [],
    arrows: [],
    balance: [],
    flow: { arms: [{ ...analysis.flow.arms[0]!, arm: null }] },
  };
  const first = study.waves.slice(0, 1);
  const onlyFirst = (found: typeof analysis) => ({
    ...found,
    arrows: [],
    flow: { arms: found.flow.arms.map((flow) => ({ ...flow, waves: flow.waves.slice(0, 1) })) },
  });
  it.each([
    ["arms", { arms: [], figure: null }, noArms, "no training arms"],
    ["a figure", { figure: null }, analysis, "names no two scales"],
    [
      "a baseline",
      { waves: study.waves.map((wave) => ({ ...wave, baseline: false })) },
      { ...analysis, arrows: [] },
      "no survey round is named as the one before training",
    ],
    ["a second wave", { waves: first }, onlyFirst(analysis), "only one survey round"],
  ] as const)("%s: the rest stands, and the page says why", async (_, changed, found, reason) => {
    const page = await renderResearch(modelOf(changed as Partial<Study>, found), "en", reportAssets);
    has(page, reason);
    expect(text(page).match(/undefined|NaN/)).toBeNull();
  });
});
