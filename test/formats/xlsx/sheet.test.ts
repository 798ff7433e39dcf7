import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, namesOf, readWritten } from "./read.ts";
import { sheetOfRows } from "./write-workbook.ts";

type Row = readonly (string | number | boolean | null)[];
const sheet = (rows: readonly Row[], headerRow: number | null = null) =>
  readWritten({ sheets: [sheetOfRows("Data", rows)] }, { headerRow }).chosen;

const header = ["id", "leader", "q1", "q2", "q3"];
const answers: Row[] = [
  ["a", "L1", 1, 2, 3],
  ["b", "L1", 4, null, 5],
  ["c", "L2", 5, 4, 3],
];

describe("the header", () => {
  it.each<readonly [what: string, above: readonly Row[]]>([
    ["in the first row", []],
    ["below a title", [["Ledelsesundersøgelse 2018"]]],
    ["below a title and a blank row", [["Ledelsesundersøgelse 2018"], []]],
    ["below notes", [["Udtræk", 43252], [], ["Kilde:", "SurveyXact"], ["Antal", 3], []]],
    [
      "below notes all over",
      [["some"], ["notes", null, "up"], [null, "here", null, "of", "this"], ["at", "the", "top", null, "of"]],
    ],
    ["below names of groups", [[null, null, "Vision", null, null]]],
    ["below names of groups that are repeated", [["Person", "Person", "Vision", "Vision", "Vision"]]],
  ])("is found %s", (_, above) => {
    const found = sheet([...above, header, ...answers]);
    expect(found.headerRow).toBe(above.length + 1);
    expect(namesOf(found)).toEqual(header);
    expect(linesOf(found)).toHaveLength(3);
    expect(found.notes.rowsAbove).toBe(above.filter((row) => row.length > 0).length);
  });

  it.each<readonly [what: string, header: Row, rows: readonly Row[]]>([
    [
      "texts",
      header,
      [
        ["a", "L1", "Enig", "Uenig", "Ved ikke"],
        ["b", "L1", "Enig", "Enig", "Enig"],
      ],
    ],
    [
      "few answers",
      header,
      Array.from({ length: 30 }, (_, k) => [`r${k}`, "L1", k === 7 ? 1 : null, null, k === 9 ? 2 : null]),
    ],
    ["nothing at all", header, []],
    ["a column without a name", ["id", null, "q1", "q2", "q3"], answers],
    [
      "names that are numbers",
      ["id", 1, 2, 3, 4],
      [
        ["a", 1, 5, 5, 5],
        ["b", 2, 2, 2, 2],
      ],
    ],
    [
      "names that are numbers, over texts",
      ["id", 1, 2, 3],
      [
        ["a", "Enig", "Uenig", "x"],
        ["b", "x", "y", "z"],
      ],
    ],
    ["names of which one is repeated", ["id", "q1", "q1", "q2"], [["a", "Enig", "Uenig", "Hverken"]]],
  ])("is the first row over %s", (_, names, rows) => {
    const found = sheet([names, ...rows]);
    expect([found.headerRow, found.rows]).toEqual([1, rows.length]);
    expect(namesOf(found)).toEqual(names.map((name) => String(name ?? "")));
  });

  it("is found below a title where names are numbers", () => {
    const found = sheet([["Titel"], [], ["id", 1, 2, 3], ["a", 1, 5, 5], ["b", 2, 2, 2]]);
    expect([found.headerRow, namesOf(found)]).toEqual([3, ["id", "1", "2", "3"]]);
  });

  it("is the row that is asked for", () => {
    const found = sheet([header, ["ID", "Leder", "S1", "S2", "S3"], ...answers], 2);
    expect(namesOf(found)[1]).toBe("Leder");
    expect(linesOf(found)[0]).toEqual(["a", "L1", "1", "2", "3"]);
  });

  it("may start in another column than A", () => {
    const found = sheet([["Titel"], [null, null, " id ", "q\n1"], [null, null, "a", 1], ["note", null, "b", 2]]);
    expect(namesOf(found)).toEqual(["id", "q 1"]);
    expect(linesOf(found)).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
    expect(found.notes.beside).toEqual({ cells: 1, first: "A4" });
  });
});

describe("records", () => {
  it("stand on the line that is their row, with all cells of the header", () => {
    const rows = fc.array(fc.array(fc.constantFrom(null, 1, 2, 3), { maxLength: 4 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, (table) => {
        const lines = linesOf(sheet([["id", "q1", "q2", "q3"], ...table], 1));
        const last = table.findLastIndex((row) => row.some((cell) => cell !== null));
        const padded = table.slice(0, last + 1).map((row) => {
          const cells = [...row, null, null, null, null].slice(0, 4).map((cell) => String(cell ?? ""));
          return cells.every((cell) => cell === "") ? [] : cells;
        });
        const kept = padded.map((cells, k) => (lines[k]!.length < 4 ? cells.filter((cell) => cell !== "") : cells));
        expect(lines).toEqual(kept);
      }),
    );
  });

  it("of notes below the table have too few cells, and a table with gaps goes on", () => {
    const found = sheet([
      header,
      answers[0]!,
      [],
      answers[1]!,
      [],
      ["d", "L9"],
      answers[2]!,
      [],
      ["Kilde", "SX"],
      ["Note"],
    ]);
    expect(linesOf(found)).toEqual([
      ["a", "L1", "1", "2", "3"],
      [],
      ["b", "L1", "4", "", "5"],
      [],
      ["d", "L9", "", "", ""],
      ["c", "L2", "5", "4", "3"],
      [],
      ["Kilde", "SX"],
      ["Note"],
    ]);
    expect([found.rows, found.notes.rowsBelow, found.lastRow]).toEqual([6, 2, 7]);
  });

  it("of people who answered nothing are records like others where no blank row stands before them", () => {
    const found = sheet([header, answers[0]!, ["d", "L9"], ["e", "L9"]]);
    expect(linesOf(found).slice(1)).toEqual([
      ["d", "L9", "", "", ""],
      ["e", "L9", "", "", ""],
    ]);
    expect(found.notes.rowsBelow).toBe(0);
  });

  it("hold nothing that stands beside the table, which is counted", () => {
    const found = sheet([
      header,
      answers[0]!,
      [...answers[1]!, null, "se her"],
      [null, null, null, null, null, "og her"],
    ]);
    expect(linesOf(found)).toEqual([
      ["a", "L1", "1", "2", "3"],
      ["b", "L1", "4", "", "5"],
    ]);
    expect(found.notes.beside).toEqual({ cells: 2, first: "G3" });
  });

  it("take no cell of blanks for an answer", () => {
    expect(linesOf(sheet([header, ["a", "L1", " ", "\u00a0", 1], [" ", "  "]]))).toEqual([["a", "L1", "", "", "1"]]);
  });

  it("come in pieces that together are all of them", () => {
    const many = Array.from({ length: 5000 }, (_, k): Row => [`r${k}`, "L1", k, k, k]);
    const found = sheet([header, ...many]);
    expect([...found.records()].length).toBeGreaterThan(1);
    expect(linesOf(found)).toEqual(many.map((row) => row.map(String)));
  });
});
