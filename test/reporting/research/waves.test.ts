import { describe, expect, it } from "vitest";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import { armStyles } from "../../../src/reporting/page/arms.ts";
import { themeOf } from "../../../src/reporting/page/theme.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { type WaveLine, wavesData, wavesValues } from "../../../src/reporting/research/waves/layout.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { rowsOf, smallAt, words } from "../page/page-parts.ts";
import { analysis, arms, estimateRow, measurements, plan, study, versions } from "./fixture.ts";

const modelOf = (found: Analysis = analysis, changed: Partial<typeof study> = {}) =>
  researchModel({ ...study, ...changed }, found, measurements, versions, "2019-12-21");
const figureOf = async (found: Analysis = analysis, changed: Partial<typeof study> = {}): Promise<string> =>
  (await renderResearch(modelOf(found, changed), "da", reportAssets)).match(/<figure id="waves".*?<\/figure>/s)?.[0] ??
  "";

describe.each([
  ["wide", 760],
  ["narrow", 358],
] as const)("the effects over the waves, %s", (_, total) => {
  const theme = themeOf(reportAssets);
  const effect = (estimate: number) => ({ estimate, interval: { low: estimate - 2, high: estimate + 2 } });
  const lines: readonly WaveLine[] = armStyles(arms)
    .slice(0, 3)
    .map((style, index) => ({
      label: style.name.da,
      style,
      effects: index === 0 ? [effect(1), null, effect(2)] : [effect(1), effect(1.1), effect(1.05)],
    }));
  const measure = (text: string, size: number, weight: number) => theme.width(text, size, weight >= 550);
  const { data, width, params } = wavesData(lines, {
    ...{ total, height: 200, narrow: total < 520, band: 2, heading: "h", axis: "a", measure },
    values: wavesValues(lines, 2),
    waves: [0, 250, 540].map((day) => ({ day, lines: ["Måling"] })),
  });
  it("hold every interval and the band inside the axis", () => {
    const [low, high] = [params.ticks[0]!, params.ticks.at(-1)!];
    for (const { y, y2 } of [...data.whiskers, ...data.band]) {
      expect(y).toBeGreaterThanOrEqual(low);
      expect(y2).toBeLessThanOrEqual(high);
    }
    for (const { x } of data.points) expect(x > 0 && x < width).toBe(true);
  });
  it("draw no line through a wave that is hidden", () => {
    const own = data.lines.filter(({ color }) => color === lines[0]!.style.color);
    expect(new Set(own.map(({ segment }) => segment)).size).toBe(2);
  });
  it("keep arms of one wave beside, and their names from, each other", () => {
    const first = data.points.filter(({ y }) => y === 1).map(({ x }) => x);
    expect(new Set(first.map(Math.round)).size).toBe(3);
    const labels = data.texts.filter(({ x }) => x > width).map(({ y }) => y);
    expect(labels).toHaveLength(total < 520 ? 0 : 3);
    const sorted = [...labels].sort((a, b) => a - b);
    for (const [index, y] of sorted.slice(1).entries()) expect(y - sorted[index]!).toBeGreaterThan(16);
  });
});

describe("the figure of effects over waves", () => {
  it("has the primary outcomes by the primary estimator, with the changes in its table", async () => {
    const rows = rowsOf(await figureOf());
    expect(rows[0]).toEqual([...["Effektmål", "Arm", "Midtvejs", "Efter", "Ændring fra “Midtvejs” til “Efter”", "p"]]);
    expect(rows).toHaveLength(1 + 6);
    expect(rows[2]).toEqual([
      ...["Transformationsledelse (medarbejdernes svar)", "Transformationstræning", "+3,5 (1,4 til 5,5)"],
      ...["+6,9 (4,9 til 8,9)", "+3,5 (1,0 til 5,9)", "0,012"],
    ]);
  });
  it("reads the event-time model where the plan has it", async () => {
    const estimates = plan.primary.flatMap((outcome) =>
      ["midway", "endline"].map((wave) =>
        estimateRow(outcome, "combined", [8.88, 1], { estimator: "event-time", wave, pAdjusted: null }),
      ),
    );
    const changed = { plan: { ...plan, robustness: ["event-time"] } } as const;
    const figure = await figureOf({ ...analysis, estimates: [...analysis.estimates, ...estimates] }, changed);
    expect(rowsOf(figure)[1]?.[2]).toBe("+8,9 (6,9 til 10,9)");
  });
  it("says in a sentence whether the effects changed, and not that they lasted", async () => {
    expect(words(await figureOf())).toContain(
      "er ændringen i effekten større end usikkerheden i 4 af 6 sammenligninger. Tilfældet alene ville give omkring 0,3 af 6. Størst er transformationstræning på transformationsledelse: +3,5 (1,0 til 5,9) point.",
    );
    const fadeOut = analysis.fadeOut.map((each) => ({ ...each, low: -9, high: 9 }));
    expect(words(await figureOf({ ...analysis, fadeOut }))).toContain(
      "Ændringerne i effekten fra “Midtvejs” til “Efter” går fra +1,0 til +3,5 point, og ingen af dem er større end usikkerheden. Det viser ikke, at effekterne holder sig.",
    );
  });
  it("is not there with one wave after training began", async () => {
    const estimates = analysis.estimates.filter(({ wave }) => wave === "endline");
    expect(await figureOf({ ...analysis, estimates, fadeOut: [] })).toBe("");
  });
  it.each(["midway", "endline"])("hides an arm that is too small at %s, and its change", async (wave) => {
    const found = modelOf(smallAt(analysis, "combined", wave));
    for (const { arm, numbers } of found.fadeOut)
      expect(numbers.state).toBe(arm === "combined" ? "suppressed" : "shown");
    const rows = rowsOf(await figureOf(smallAt(analysis, "combined", wave)));
    const own = rows.filter(([, arm]) => arm === "Kombineret træning");
    expect(own.map((row) => row.slice(2))).toEqual(
      wave === "endline"
        ? []
        : [
            ["skjult", "+5,7 (3,7 til 7,7)", "skjult", "–"],
            ["skjult", "+5,2 (3,1 til 7,3)", "skjult", "–"],
          ],
    );
  });
});
