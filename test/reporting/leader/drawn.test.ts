import { describe, expect, it } from "vitest";
import { leaderRows, modelOf } from "./fixture.ts";
import { content, render } from "./rendered.ts";

/** A leader whose employees answer everything a little differently, by `more` points or categories of two people. */
const page = async (more: number, turns: number): Promise<string> => {
  const rows = leaderRows("L", [14, 14, 14], [1, 1, 1]);
  const scores = rows.scores.map((row) =>
    row.rater === "employee" ? { ...row, mean: Math.round(row.mean) + more } : { ...row, mean: row.mean + more },
  );
  const [up, down] = [3, 4].map((answer) =>
    rows.answers.findIndex((row) => row.item === "vision1" && row.answer === answer + 1),
  );
  const answers = rows.answers.map((row, at) => ({
    ...row,
    n: row.n + (at === up ? turns : at === down ? -turns : 0),
  }));
  return content(await render(modelOf({ ...rows, scores, answers })));
};

const placesIn = (markup: string): readonly number[] =>
  [...markup.matchAll(/<path aria-label="[^"]*"|<path transform="translate\(([\d.]+),/g)].flatMap(([, x]) =>
    x ? [Number(x)] : [],
  );

describe("what a page draws", () => {
  it("says nothing that its words do not: means that are written alike are drawn alike, to the byte", async () => {
    expect(await page(0.3, 0)).toBe(await page(0, 0));
  });
  it("says nothing of answers within a group", async () => {
    expect(await page(0, 2)).toBe(await page(0, 0));
  });
  it("places every mark of the gap where its written number belongs", async () => {
    const markup = await page(0.3, 0);
    const gap = markup.slice(markup.indexOf('<figure id="gap"'), markup.indexOf("<figcaption>"));
    const drawing = gap.split('<div class="chart narrow">')[0]!;
    const ticks = [...drawing.matchAll(/<line transform="translate\(([\d.]+),/g)].map(([, x]) => Number(x));
    const [left, right] = [Math.min(...ticks), Math.max(...ticks)];
    const places = placesIn(drawing).map((x) => (100 * (x - left)) / (right - left));
    expect(places.length).toBeGreaterThan(10);
    for (const place of places) expect(place).toBeCloseTo(Math.round(place), 1);
  });
});
