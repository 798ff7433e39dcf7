import { describe, expect, it } from "vitest";
import { cellColumn, columnLetters, rowNumber } from "../../../src/formats/xlsx/cell-place.ts";
import { limits } from "../../../src/formats/xlsx/damage.ts";

const place = { file: "svar.xlsx" };
const cause = (work: () => number): unknown => {
  try {
    return work();
  } catch (fault) {
    const [problem] = (fault as { problems: readonly { code: string; cause?: string; what?: string }[] }).problems;
    return problem!.cause ?? problem!.what;
  }
};

const columns = [
  [0, "A"],
  [25, "Z"],
  [26, "AA"],
  [701, "ZZ"],
  [702, "AAA"],
  [16_383, "XFD"],
] as const;

describe("a column", () => {
  it.each(columns)("%i is %s, there and back", (column, letters) => {
    expect(columnLetters(column)).toBe(letters);
    expect(cellColumn(place, `${letters}7`, 7, -1)).toBe(column);
  });

  it("without a place follows the one before it, up to the last that there is", () => {
    expect([cellColumn(place, undefined, 7, -1), cellColumn(place, undefined, 7, 4)]).toEqual([0, 5]);
    expect(cause(() => cellColumn(place, undefined, 7, 16_382))).toBe(16_383);
    expect(cause(() => cellColumn(place, undefined, 7, 16_383))).toBe("cell-place");
  });

  it.each(["XFE7", "AAAAA7", "B8", "B07", "b7", "7", "B", "", "$B$7"])("is nowhere with the place %j", (written) => {
    expect(cause(() => cellColumn(place, written, 7, -1))).toBe("cell-place");
  });

  it("stands after the one before it", () => {
    expect(cause(() => cellColumn(place, "C7", 7, 1))).toBe(2);
    expect(cause(() => cellColumn(place, "C7", 7, 2))).toBe("cell-place");
  });
});

describe("a row", () => {
  it("has its number, or the one after the row before it", () => {
    expect([rowNumber(place, "12", 3), rowNumber(place, undefined, 3), rowNumber(place, "4", 3)]).toEqual([12, 4, 4]);
  });

  it.each(["3", "2", "0", "-4", "4.0", "x", "", "1".repeat(16)])("after the third is not %j", (written) => {
    expect(cause(() => rowNumber(place, written, 3))).toBe("cell-place");
  });

  it("is one of those that a spreadsheet has", () => {
    expect(cause(() => rowNumber(place, String(limits.rows), 3))).toBe(limits.rows);
    expect(cause(() => rowNumber(place, String(limits.rows + 1), 3))).toBe("rows");
    expect(cause(() => rowNumber(place, undefined, limits.rows))).toBe("rows");
  });
});
