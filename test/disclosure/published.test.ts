import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  asFact,
  bareNumbers,
  type Cell,
  factOf,
  fromRelease,
  frozenModel,
  letOut,
  Published,
  present,
  publishedIn,
  reveal,
  shown,
  valueIn,
} from "../../src/disclosure/published.ts";
import { chart } from "../../src/reporting/page/chart.ts";
import { html } from "../../src/reporting/page/html.ts";
import { ofFact } from "../../src/reporting/page/source.ts";
import { themeOf } from "../../src/reporting/page/theme.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { fakesOf } from "./fakes.ts";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const outside = ["src", "pipelines"]
  .flatMap(filesBelow)
  .filter((file) => file.endsWith(".ts") && !file.startsWith(join("src", "disclosure")))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));

const mean = asFact(letOut(57.9), "mean|scale|wave|arm|a");

describe("a published value", () => {
  it("is made by disclosure control alone", () => {
    const makers = /import[^;]*\b(letOut|shown)\b[^;]*disclosure\/published/;
    expect(outside.filter(({ text }) => makers.test(text)).map(({ file }) => file)).toEqual([]);
  });
  it("is never claimed by a cast", () => {
    const claimed = /\bas (unknown as |never as |any as )?(Published|Cell)</;
    const found = outside.filter(({ text }) => claimed.test(text)).map(({ file }) => file);
    // The one place where charts open what was let out: what it opens is refused where it is none.
    expect(found).toEqual([join("src", "reporting", "page", "chart-parts.ts")]);
  });
  it("is taken from a release by the store alone, and in a browser from the page that carries it", () => {
    const readers = outside.filter(({ text }) => /\bfromRelease\b/.test(text)).map(({ file }) => file);
    expect(readers.filter((file) => !file.startsWith(join("src", "browser")))).toEqual([
      join("src", "store", "releases.ts"),
    ]);
  });

  it("cannot be constructed, extended or changed by anybody else", () => {
    const Open = Published as unknown as new (...given: readonly unknown[]) => object;
    class Sub extends Open {}
    for (const key of [Symbol("disclosure control"), Symbol.for("disclosure control"), undefined, null]) {
      expect(() => new Open(key, 57.9, "fact")).toThrow(TypeError);
      expect(() => new Sub(key, 57.9, "fact")).toThrow(TypeError);
      expect(() => Reflect.construct(Open, [key, 57.9, "fact"], Sub)).toThrow(TypeError);
      expect(() => Reflect.construct(mean.constructor, [key, 57.9, "fact"])).toThrow(TypeError);
    }
    expect(() => Object.assign(mean, { value: 1 })).toThrow(TypeError);
    expect(() => Object.assign(Published.prototype, { part: () => mean })).toThrow(TypeError);
    const record = letOut({ mean: 57.9, ends: [1, 2] });
    expect(() => Object.assign(reveal(record), { mean: 1 })).toThrow(TypeError);
    expect(() => Object.assign(reveal(record).ends, { 0: 7 })).toThrow(TypeError);
  });

  it("is no number, and no text", () => {
    expect(Number(mean)).toBeNaN();
    expect(`${mean}`).not.toMatch(/57/);
    expect(Object.values(mean)).toEqual([]);
  });

  it("names the fact that it is, and each of its parts", () => {
    expect(factOf(mean)).toBe("mean|scale|wave|arm|a");
    const level = asFact(letOut({ mean: 57.9, interval: { low: 50, high: 66 }, counts: [3, 4] }), "level");
    expect(factOf(level.part("interval").part("low"))).toBe("level#interval#low");
    expect(factOf(level.part("counts").part(1))).toBe("level#counts#1");
    expect(reveal(level.part("counts").part(1))).toBe(4);
    expect(() => factOf(letOut(3))).toThrow(/no fact/);
  });
});

const draw = (rows: readonly object[]) =>
  chart(
    {
      usermeta: { published: { rows: ["y"] } },
      data: { name: "rows" },
      mark: "point",
      encoding: { y: { field: "y", type: "quantitative" } },
    },
    { rows },
    { theme: themeOf(reportAssets), id: "c", width: 100, height: 100, description: "", language: "da" },
  );

/** Every function that a page, a chart or a model gives a value to. */
const takers: Readonly<Record<string, (value: never) => unknown>> = {
  reveal,
  factOf,
  present,
  asFact: (value) => asFact(value, "another"),
  valueIn: (value) => valueIn({ state: "shown", value } as Cell<number>),
  publishedIn: (value) => publishedIn({ state: "shown", value } as Cell<number>),
  "words of a page": (value) => ofFact(value, (number) => `${number}`),
  markup: (value) => html`<p>${value}</p>`,
  "markup of a list": (value) => html`<p>${[value] as never}</p>`,
  chart: (value) => draw([{ y: value }]),
  "place in a chart": (value) => draw([{ y: { of: value, times: 1, plus: 0 } }]),
  "frozen model": (value) => {
    // A record without its number is as good as refused.
    const holds = JSON.stringify(frozenModel({ at: value })).includes("57");
    if (!holds || bareNumbers({ at: value }).length > 0) throw new TypeError("nothing that was let out");
  },
};

describe.each(Object.keys(fakesOf(mean)))("what only looks like a published value: %s", (fake) => {
  it.each(Object.entries(takers))("is refused by %s", async (_, take) => {
    await expect((async () => take(fakesOf(mean)[fake] as never))()).rejects.toThrow(TypeError);
  });
});

describe("a chart", () => {
  it("opens what was let out, in the fields that its spec names", async () => {
    expect(await draw([{ y: mean }])).toContain("<svg");
    expect(await draw([{ y: { of: mean, times: 2, plus: 1 } }])).toContain("<svg");
    expect(await draw([{ y: null }])).toContain("<svg");
  });
  it("takes facts in no other field", async () => {
    await expect(draw([{ y: mean, size: mean }])).rejects.toThrow(/size/);
  });
});

describe("markup", () => {
  it("takes no bare number, and no value without words", () => {
    expect(() => html`<p>${57.9234 as never}</p>`).toThrow(/bare number/);
    expect(() => html`<p>${[57.9234] as never}</p>`).toThrow(/bare number/);
    expect(() => html`<p>${mean as never}</p>`).toThrow(/without words/);
  });
});

describe("a model that is frozen", () => {
  const model = { confidence: 0.95, level: shown({ mean: 57.9 }), own: letOut(3), why: shown("rise") };
  it("has every value beside the fact that it is, and comes back as it was", () => {
    const frozen = JSON.stringify(frozenModel({ ...model, mean }));
    expect(JSON.parse(frozen)).toEqual({
      confidence: 0.95,
      level: { state: "shown", value: { f: "level/value", v: { mean: 57.9 } } },
      own: { f: "own", v: 3 },
      why: { state: "shown", value: { f: "why/value", v: "rise" } },
      mean: { f: "mean|scale|wave|arm|a", v: 57.9 },
    });
    const back = fromRelease<typeof model>(frozen);
    expect([valueIn(back.level), reveal(back.own), factOf(back.own)]).toEqual([{ mean: 57.9 }, 3, "own"]);
  });
  it("tells every other number by its place", () => {
    expect(bareNumbers(model)).toEqual(["confidence"]);
    const { confidence: _, ...own } = model;
    expect(bareNumbers({ ...own, mean: 57.9 })).toEqual(["mean"]);
    expect(bareNumbers({ ...own, list: [{ of: 57.9 }] })).toEqual(["list/0/of"]);
    expect(bareNumbers({ level: { state: "shown", value: { mean: 57.9 } } })).toEqual(["level/value/mean"]);
    expect(bareNumbers({ level: { state: "shown", value: { f: "level/value", v: 57.9 } } })).toEqual(["level/value/v"]);
  });
});
