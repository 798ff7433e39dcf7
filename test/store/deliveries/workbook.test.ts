import { describe, expect, it } from "vitest";
import { rowsXml, sheetOfRows, type WrittenSheet, workbookFile } from "../../formats/xlsx/write-workbook.ts";
import { openBytes } from "./read-file.ts";

const header = ["id", "leader", "q1", "q2", "q3"];
const answers = [1, 2, 3].map((row) => [`r${row}`, "L1", row, row, row]);
const table = [header, ...answers];

/** What is said of a workbook that is opened: what, how often, and of which sheet. */
const told = async (sheets: readonly WrittenSheet[], sheet: string | null = null) => {
  const { warnings } = await openBytes(workbookFile({ sheets }), { sheet });
  return warnings().map((one) =>
    one.code === "sheet-note" ? `${one.what} ${one.count} ${one.place.file} ${one.place.column}` : one.code,
  );
};
const toldOf = (data: string, after = "") => told([{ name: "Svar", data, after }]);
const withCell = (cell: string): string =>
  `${rowsXml(table)}<row r="5"><c t="inlineStr"><is><t>r4</t></is></c><c t="inlineStr"><is><t>L1</t></is></c><c><v>1</v></c><c><v>1</v></c>${cell}</row>`;

describe("what a reader of a workbook should know", () => {
  it("is nothing where it holds one table", async () => {
    expect(await told([sheetOfRows("Svar", table)])).toEqual([]);
    expect(await told([sheetOfRows("Svar", table), sheetOfRows("Noter", [["Kilde"], ["SX"]])])).toEqual([]);
  });

  it("are rows above and below the table, and cells beside it", async () => {
    const around = [["Medarbejdere"], [], ...table, [], ["Kilde", "SX"], ["Note"]];
    expect(await told([sheetOfRows("Svar", around)])).toEqual([
      "rowsAbove 1 file.csv Svar",
      "rowsBelow 2 file.csv Svar",
    ]);
    const { warnings } = await openBytes(
      workbookFile({ sheets: [sheetOfRows("Svar", [["Medarbejdere"], ...table])] }),
      {
        header: 2,
      },
    );
    expect(warnings()).toEqual([]);
    const beside = table.map((row, k) => (k === 2 ? [...row, null, "se her", "og her"] : row));
    expect(await told([sheetOfRows("Svar", beside)])).toEqual(["beside 2 file.csv Svar"]);
  });

  it.each([
    ["formulas 1", "<c><f>1+1</f><v>2</v></c>"],
    ["errors 1", '<c t="e"><v>#REF!</v></c>'],
    ["longNumbers 1", "<c><v>1.234567890123456E+18</v></c>"],
  ])("are cells that are no plain values: %s", async (note, cell) => {
    expect(await toldOf(withCell(cell))).toEqual([`${note} file.csv Svar`]);
  });

  it("are formulas whose values were not saved", async () => {
    expect(await toldOf(withCell("<c><f>1+1</f></c>"))).toContain("formulasWithoutValue 1 file.csv Svar");
  });

  it("are merged cells", async () => {
    const merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>';
    expect(await toldOf(rowsXml(table), merged)).toEqual(["merged 1 file.csv Svar"]);
  });

  it("are other sheets that show the same table, unless the study says which is meant", async () => {
    const sheets: readonly WrittenSheet[] = [
      sheetOfRows("2023", table),
      sheetOfRows("2024", table),
      { ...sheetOfRows("Skjult", table), state: "hidden" },
      sheetOfRows("Tom", [header]),
      sheetOfRows("Andet", [
        ["id", "leader"],
        ["r1", "L1"],
      ]),
    ];
    expect(await told(sheets)).toEqual(["otherSheets 1 file.csv 2023"]);
    expect(await told(sheets, "2024")).toEqual([]);
  });
});
