import { describe, expect, it } from "vitest";
import { unitOf } from "../../src/disclosure/unit.ts";
import type { Instrument, Scale } from "../../src/study/study.ts";

const scale = (id: string, over: object): Scale => ({ id, low: 1, high: 5, index: false, ...over }) as unknown as Scale;
const items = (id: string, count: number, over: object = {}) =>
  scale(id, { kind: "items", items: Array.from({ length: count }, (_, k) => ({ item: `${id}${k}` })), ...over });
const made = (id: string, of: readonly string[]) => scale(id, { kind: "mean", of });
const scales = [
  ...[items("one", 1), items("two", 2), items("eight", 8), made("of both", ["two", "eight"])],
  ...[made("of four", ["eight", "eight", "two", "one"]), made("again", ["of both"])],
];
const unit = (own: Scale) => unitOf(own, { scales } as unknown as Instrument);

describe("the unit of a scale", () => {
  it("is whole points of a hundred for an index, else its own ends and a decimal", () => {
    expect(unit(items("eight", 8, { index: true }))).toEqual({ low: 0, high: 100, margin: 25, decimals: 0 });
    expect(unit(items("eight", 8))).toEqual({ low: 1, high: 5, margin: 1, decimals: 1 });
  });

  it.each([
    ["one item: all of it", items("one", 1), 4],
    ["two: a half", items("two", 2), 2],
    ["three: a third", items("three", 3), 4 / 3],
    ["four and more: a quarter", items("five", 5), 1],
    ["no item", items("none", 0), 4],
    ["a difference: all of it", scale("gap", { kind: "difference" }), 4],
    ["two scales: half of what the shorter one is", made("x", ["two", "eight"]), 1],
    ["two scales with one of one item", made("x", ["one", "eight"]), 2],
    ["three of which one has an item", made("x", ["one", "two", "eight"]), 4 / 3],
    ["a scale of scales, alone", made("x", ["of both"]), 1],
  ])("has for a margin what an answer decides, of %s", (_, own, margin) => {
    expect(unit(own).margin).toBeCloseTo(margin, 9);
  });
});
