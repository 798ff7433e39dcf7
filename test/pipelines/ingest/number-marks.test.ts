import { describe, expect, it } from "vitest";
import { decimalOf, numberMarks } from "../../../pipelines/ingest/number-marks.ts";
import type { DecimalMark } from "../../../src/formats/numbers.ts";

const seen = (texts: readonly string[], low: number, high: number, likely: DecimalMark = ",") => {
  const { add, marks } = numberMarks({ decimal: null, likely, low, high });
  for (const [place, text] of texts.entries()) add(text, place);
  return marks();
};
const none = { ".": -1, ",": -1 };
const untaken = { ".": false, ",": false };

describe("the numbers of a column", () => {
  it("show the mark that only one reading has, where it stands first", () => {
    expect(seen(["7", "x", "", "2.5", "1.5", "3,5", "4,5"], 0, 9)).toEqual({
      ...{ first: { ".": 3, ",": 5 }, either: -1, taken: untaken },
    });
  });

  it("show no mark where it stands before zeros alone, as a spreadsheet writes whole numbers", () => {
    expect(seen(["5.0", "5,00", "-5.0", "+5,0", "15.00"], 0, 9)).toEqual({ first: none, either: -1, taken: untaken });
    expect(seen(["5.01"], 0, 9).first).toEqual({ ".": 0, ",": -1 });
    expect(seen(["5.000"], 0, 9000).either).toBe(0);
  });

  it.each([
    ["both", 1.2, 1200, 0, ",", ","],
    ["one, short of the lower", 1.21, 1200, -1, ",", "."],
    ["one, short of the higher", 1.2, 1199, -1, ".", ","],
    ["neither", 1.21, 1199, -1, ",", ","],
  ])("that could be two are in the range with %s, and taken for one", (_, low, high, either, point, comma) => {
    expect(seen(["1.200"], low, high)).toEqual({ first: none, either, taken: { ...untaken, [point]: true } });
    expect(seen(["1,200"], low, high)).toEqual({ first: none, either, taken: { ...untaken, [comma]: true } });
  });

  it("that could be two are told by the first of them, and by the likely mark", () => {
    expect(seen(["3", "1.200", "1.300"], 0, 2000, ".")).toEqual({
      ...{ first: none, either: 1, taken: { ...untaken, ".": true } },
    });
  });
});

describe("the decimal mark of a column", () => {
  const place = { file: "a.csv", column: "w" };
  const mark = (point: number, comma: number, either: number, certain: DecimalMark | null = null) =>
    decimalOf({ first: { ".": point, ",": comma }, either, taken: untaken }, (at) => at + 10, place, certain);
  const refused = (work: () => unknown) => {
    try {
      work();
    } catch (fault) {
      return (fault as { problems: unknown }).problems;
    }
    throw new Error("it was read");
  };

  it("is the one that its numbers show, then the certain one", () => {
    expect([mark(0, -1, 1, ","), mark(-1, 0, 1, "."), mark(-1, -1, 0, "."), mark(-1, -1, -1)]).toEqual([
      ...[".", ",", ".", null],
    ]);
  });

  it("is refused where both stand, with the lines of both, or where nothing tells", () => {
    expect(refused(() => mark(3, 0, -1, "."))).toEqual([{ code: "numbers-mixed", place, lines: [13, 10] }]);
    expect(refused(() => mark(-1, -1, 0))).toEqual([{ code: "numbers-ambiguous", place: { ...place, line: 10 } }]);
  });
});
