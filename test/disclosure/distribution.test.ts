import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distributions, impliedMean } from "../../src/disclosure/distribution.ts";
import { valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });

describe("a distribution", () => {
  const classes = (...items: readonly (readonly number[])[]) =>
    valueIn(distributions(items, rules))?.map((item) =>
      item.classes.map(({ from, to, least, most }) => [from, to, least, most]),
    );
  const varied = [1, 1, 1, 1, 1];
  it("tells agreement from all else up to nine answers, and below, in and above the middle from ten", () => {
    const [few] = classes([1, 1, 2, 2, 1], varied)!;
    const [many] = classes([3, 2, 3, 4, 3], [2, 2, 2, 2, 2])!;
    expect(few).toEqual([
      [0, 2, 4, 4],
      [3, 4, 3, 3],
    ]);
    expect(many).toEqual([
      [0, 1, 5, 5],
      [2, 2, 3, 3],
      [3, 4, 7, 7],
    ]);
    expect(classes([5, 3, 4, 3], [4, 4, 4, 3])![0]).toEqual([
      [0, 1, 8, 8],
      [2, 3, 7, 7],
    ]);
  });
  it("says in the same words that all, and that all but one, chose alike", () => {
    const alike = classes([0, 0, 0, 5, 0], varied);
    expect(alike).toEqual(classes([1, 0, 0, 2, 2], varied));
    expect(alike![0]).toEqual([
      [0, 2, 0, 1],
      [3, 4, 4, 5],
    ]);
    const ten = [2, 2, 2, 2, 2];
    expect(classes([0, 0, 10, 0, 0], ten)).toEqual(classes([1, 0, 9, 0, 0], ten));
  });
  it("has the same classes for all questions, by the number of answers alone, and all questions or none", () => {
    expect(classes([2, 2, 2, 2, 2], [2, 2, 2, 2, 1])!.map((item) => item.length)).toEqual([2, 2]);
    expect(classes(varied, [1, 1, 1, 1, 0])).toBeUndefined();
    expect(classes(varied)).toBeUndefined();
  });
  it("has two classes of four categories, two of three up to nine answers, and none of one", () => {
    const spans = (...items: readonly (readonly number[])[]) =>
      classes(...items)?.map((item) => item.map(([from, to]) => [from, to]))[0];
    expect(spans([5, 5, 5, 5], [5, 5, 5, 5])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(spans([3, 3, 3], [3, 3, 3])).toEqual([
      [0, 1],
      [2, 2],
    ]);
    expect(spans([3, 4, 3], [3, 4, 3])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(spans([5, 5], [5, 5])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect([spans([10], [10]), spans()]).toEqual([undefined, undefined]);
  });
  it("tells exactly from two who chose otherwise on, and of nobody who chose a class alone", () => {
    expect(classes([0, 0, 2, 3, 0], varied)![0]).toEqual([
      [0, 2, 2, 2],
      [3, 4, 3, 3],
    ]);
    const ten = [2, 2, 2, 2, 2];
    expect(classes([0, 0, 9, 1, 0], ten)![0]).toEqual([
      [0, 1, 0, 1],
      [2, 2, 9, 10],
      [3, 4, 0, 1],
    ]);
    expect(classes([0, 1, 8, 1, 0], ten)![0]).toEqual([
      [0, 1, 1, 1],
      [2, 2, 8, 8],
      [3, 4, 1, 1],
    ]);
  });
  it("tells where the mean must lie", () => {
    const cell = distributions([[0, 0, 2, 3, 0], varied], rules);
    expect(impliedMean(cell, [false, false])).toEqual({ low: (9 + 6) / 40, high: (16 + 14) / 40 });
    const last = impliedMean(cell, [true, true]);
    expect([last.low, last.high]).toEqual([expect.closeTo(10 / 40), expect.closeTo(25 / 40)]);
    expect(impliedMean(distributions([varied], rules), [false])).toEqual({ low: 0, high: 1 });
  });
  it("always accounts for every respondent", () => {
    const item = fc.array(fc.nat(12), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 4 }), (items) => {
        for (const [index, { n, classes: told }] of (valueIn(distributions(items, rules)) ?? []).entries()) {
          expect(n).toBe(items[index]!.reduce((sum, each) => sum + each, 0));
          for (const { from, to, least, most } of told) {
            const exact = items[index]!.slice(from, to + 1).reduce((sum, each) => sum + each, 0);
            expect([least <= exact, exact <= most, most - least <= 1]).toEqual([true, true, true]);
          }
          expect([told[0]?.from, told.at(-1)?.to]).toEqual([0, 4]);
        }
      }),
    );
  });
});
