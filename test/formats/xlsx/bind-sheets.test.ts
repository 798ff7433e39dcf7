import { describe, expect, it } from "vitest";
import { bindSheets, datasetSheets } from "../../../src/formats/xlsx/bind-sheets.ts";
import { linesOf, namesOf, readWritten, refusal } from "./read.ts";
import { sheetOfRows } from "./write-workbook.ts";

type Row = readonly (string | number | null)[];
const bound = (...tables: readonly (readonly Row[])[]) => {
  const workbook = readWritten({ sheets: tables.map((rows, k) => sheetOfRows(`Dataset(${k + 1})`, rows)) });
  const [first, ...more] = datasetSheets(workbook);
  return bindSheets("svar.xlsx", [first!, ...more]);
};

describe("sheets of a wide table", () => {
  it("are found by name, in the order of their numbers", () => {
    const names = ["Labels", "Dataset(10)", "dataset (2)", "Dataset(1)", "Structure", "Datasets"];
    const workbook = readWritten({ sheets: names.map((name) => sheetOfRows(name, [["a"], [1]])) });
    expect(datasetSheets(workbook).map(({ name }) => name)).toEqual(["Dataset(1)", "dataset (2)", "Dataset(10)"]);
  });

  it("are put side by side, row by row", () => {
    const sheet = bound([["id", "q1"], ["a", 1], [], ["b", 2]], [["q2"], [3], [], [4]], [["q3"], [5], [], [6]]);
    expect(namesOf(sheet)).toEqual(["id", "q1", "q2", "q3"]);
    expect(linesOf(sheet)).toEqual([["a", "1", "3", "5"], [], ["b", "2", "4", "6"]]);
    expect(sheet.rows).toBe(2);
  });

  it("keep a column once that stands in each, where the sheets agree on it", () => {
    const sheet = bound(
      [
        ["id", "q1"],
        ["a", 1],
        ["b", 2],
      ],
      [
        ["id", "q2"],
        ["a", 3],
        ["b", null],
      ],
    );
    expect(namesOf(sheet)).toEqual(["id", "q1", "q2"]);
    expect(linesOf(sheet)).toEqual([
      ["a", "1", "3"],
      ["b", "2", ""],
    ]);
  });

  it("do not need to agree on columns without a name", () => {
    const sheet = bound(
      [
        ["id", null, "q1"],
        ["a", 7, 1],
      ],
      [
        ["q2", null, "q3"],
        [3, 8, 4],
      ],
    );
    expect(linesOf(sheet)).toEqual([["a", "7", "1", "3", "8", "4"]]);
  });

  it("are padded where a row is blank in one of them", () => {
    const sheet = bound(
      [
        ["id", "q1"],
        ["a", 1],
        ["b", 2],
        ["c", 3],
      ],
      [["q2"], [3], [], [4]],
    );
    expect(linesOf(sheet)).toEqual([
      ["a", "1", "3"],
      ["b", "2", ""],
      ["c", "3", "4"],
    ]);
  });

  it("end with the longer of them, and are told what stands below and beside either", () => {
    const answers = (k: number): readonly Row[] => [1, 2, 3].map((row) => [`r${row}`, row + k, row, row, row]);
    const notes: readonly Row[] = [[], [null, "Kilde", "SX"], [null, "Note"]];
    const long = [["id", "q1", "q2", "q3", "q4"], ...answers(0), [null, 9, 9, 9, 9], ...notes];
    const short = [["id", "q5", "q6", "q7", "q8"], ...answers(1)];
    for (const [left, right] of [
      [long, short],
      [short, long],
    ] as const) {
      const sheet = bound(left, right);
      expect([sheet.lastRow, sheet.rows, sheet.notes.rowsBelow]).toEqual([5, 6, 2]);
      expect(linesOf(sheet).map((cells) => cells.length)).toEqual([9, 9, 9, 9, 0, 2, 1]);
    }
  });

  it.each<readonly [what: string, a: readonly Row[], b: readonly Row[]]>([
    [
      "people in another order",
      [
        ["id", "q1"],
        ["a", 1],
        ["b", 2],
      ],
      [
        ["id", "q2"],
        ["b", 3],
        ["a", 4],
      ],
    ],
    [
      "people that the other lacks",
      [
        ["id", "q1"],
        ["a", 1],
      ],
      [
        ["id", "q2"],
        ["a", 3],
        ["b", 4],
      ],
    ],
    [
      "more rows, and no column in common",
      [
        ["id", "q1"],
        ["a", 1],
        ["b", 2],
      ],
      [["q2"], [3]],
    ],
    [
      "another row of names",
      [
        ["id", "q1"],
        ["a", 1],
        ["b", 2],
      ],
      [[], ["q2"], [3]],
    ],
  ])("are refused where one has %s", (_, a, b) => {
    expect(refusal(() => bound(a, b))).toBe("file-damaged: sheets-differ");
  });
});
