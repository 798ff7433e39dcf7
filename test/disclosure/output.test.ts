import { describe, expect, it } from "vitest";
import { forPublic, oneDecimal, publicCount } from "../../src/disclosure/output.ts";
import { shown, suppressed } from "../../src/disclosure/published.ts";

const cell = shown(3.14);
const enough = { respondents: 10, leaders: 10, df: 10 };

describe("a number that leaves the project group", () => {
  it.each([
    ["effect", enough, true],
    ["effect", { ...enough, respondents: 9 }, false],
    ["effect", { ...enough, leaders: 9 }, false],
    ["effect", { ...enough, df: 9.9 }, false],
    ["effect", { ...enough, df: null }, false],
    ["mean", { ...enough, df: null }, true],
    ["mean", { ...enough, leaders: 9 }, false],
    ["coefficient", { ...enough, respondents: 29 }, false],
    ["coefficient", { ...enough, respondents: 30, df: null }, true],
  ] as const)("of class %s with %o behind it is shown: %s", (of, support, isShown) => {
    expect(forPublic(cell, of, support)).toBe(isShown ? cell : suppressed);
  });

  it("is never shown where the report hides it", () => {
    expect(forPublic(suppressed, "mean", { respondents: 500, leaders: 50, df: null })).toBe(suppressed);
  });

  it.each([
    [0, null],
    [7, null],
    [8, 10],
    [12, 10],
    [13, 15],
    [null, null],
  ])("that is a count of %s is shown as %s", (count, seen) => {
    expect(publicCount(count)).toEqual(seen === null ? suppressed : shown(seen));
  });

  it("that is a mean has one decimal", () => {
    const level = shown({ mean: 61.26, sd: 3 });
    expect(oneDecimal(level, ({ mean }) => mean)).toEqual(shown(61.3));
    expect(oneDecimal(shown({ mean: null }), ({ mean }) => mean)).toBe(suppressed);
    expect(oneDecimal<{ mean: number }>(suppressed, ({ mean }) => mean)).toBe(suppressed);
  });
});
