import { describe, expect, it } from "vitest";
import { linesOf, namesOf, read, readWritten } from "./read.ts";
import { part, relationships, rowsXml, sheetOfRows, utf8, workbookParts, zip, zip64 } from "./write-workbook.ts";

/** The cells of one row as a workbook with these texts and formats has them, under a header of as many columns. */
const cellsOf = (
  cells: string,
  count: number,
  more: { strings?: string[]; formats?: string[]; from1904?: boolean } = {},
) => {
  const header = `<row>${'<c t="str"><v>name</v></c>'.repeat(count)}</row>`;
  const { chosen } = readWritten(
    { sheets: [{ name: "Data", data: `${header}<row>${cells}</row>` }], ...more },
    { headerRow: 1 },
  );
  return { cells: linesOf(chosen)[0], notes: chosen.notes };
};

describe("cells", () => {
  it("of text are shared or stand in the cell, in runs or not, without how to pronounce them", () => {
    const strings = [
      "<t>plain</t>",
      '<r><t>in </t></r><r><rPr><b/></rPr><t xml:space="preserve"> runs</t></r>',
      "<t>東京</t><rPh sb='0' eb='1'><t>とうきょう</t></rPh>",
      "<t>  trimmed\n</t>",
      '<t xml:space="preserve">  kept</t>',
      "<t><![CDATA[a<b]]>&amp;&#x21;</t>",
      "<t/>",
    ];
    const shared = strings.map((_, k) => `<c t="s"><v>${k}</v></c>`).join("");
    const inline = strings.map((each) => `<c t="inlineStr"><is>${each}</is></c>`).join("");
    const expected = ["plain", "in runs", "東京", "trimmed", "  kept", "a<b&!", ""];
    expect(cellsOf(shared, 7, { strings }).cells).toEqual(expected);
    expect(cellsOf(inline, 7).cells).toEqual(expected);
  });

  it("of text have their escapes read once, and stay on one line", () => {
    const strings = [
      "<t>a_x000D_b</t>",
      "<t>_x005F_x000D_</t>",
      "<t>a\nb\tc</t>",
      "<t>_x001F__x000A_x</t>",
      "<t>_xZZZZ_</t>",
    ];
    const shared = strings.map((_, k) => `<c t="s"><v>${k}</v></c>`).join("");
    expect(cellsOf(shared, 5, { strings }).cells).toEqual(["a b", "_x000D_", "a b\tc", "  x", "_xZZZZ_"]);
  });

  it.each([
    ["6", "6"],
    ["6.0", "6"],
    ["1.5", "1.5"],
    ["0.10000000000000001", "0.1"],
    ["5.9999999999999998E-2", "0.06"],
    ["1E3", "1000"],
    ["-0", "0"],
    ["007", "7"],
    ["123456789012345", "123456789012345"],
    ["9007199254740991", "9007199254740991"],
    ["1001234567890123456", "1001234567890123456"],
    ["-1001234567890123456", "-1001234567890123456"],
    ["1.5E+18", "1500000000000000000"],
    ["1E999", "1E999"],
    ["0x10", "0x10"],
    ["1,5", "1,5"],
    [" 4 ", "4"],
  ])("of the number %s say %s", (written, text) => {
    expect(cellsOf(`<c><v>${written}</v></c>`, 1).cells).toEqual([text]);
  });

  it("are counted where a number is beyond what a spreadsheet keeps", () => {
    const cells = ["9007199254740991", "9007199254740993", "1.5E+18", "12"].map((each) => `<c><v>${each}</v></c>`);
    expect(cellsOf(cells.join(""), 4).notes.longNumbers).toBe(2);
  });

  it("are put together where a comment or a marked section parts them", () => {
    const cells = '<c><v>1<!-- a -->2</v></c><c t="str"><v>a<![CDATA[<b>]]>c</v></c>';
    expect(cellsOf(cells, 2).cells).toEqual(["12", "a<b>c"]);
  });

  it("say whether something is so in capitals", () => {
    const cells = ["1", "0", "true", "false"].map((each) => `<c t="b"><v>${each}</v></c>`).join("");
    expect(cellsOf(cells, 4).cells).toEqual(["TRUE", "FALSE", "TRUE", "FALSE"]);
  });

  it("with a formula say what was last computed, and are counted", () => {
    const cells =
      '<c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>x</v></c><c><f>B1</f></c><c><f>B1</f><v></v></c><c t="str"><f>""</f><v></v></c><c t="e"><f>NA()</f><v>#N/A</v></c><c t="e"><v>#REF!</v></c>';
    const { cells: found, notes } = cellsOf(cells, 7);
    expect(found).toEqual(["2", "x", "", "", "", "#N/A", "#REF!"]);
    expect(notes).toMatchObject({ formulas: 6, formulasWithoutValue: 2, errors: 2 });
  });

  it("that a spreadsheet made a date of are dates, in either count of days", () => {
    const formats = ["d-mmm", '"uge" 0', "yyyy-mm-dd hh:mm"];
    const cells =
      '<c s="1"><v>3</v></c><c s="2"><v>3</v></c><c s="3"><v>43252.395833333336</v></c><c><v>3</v></c><c s="9"><v>3</v></c>';
    const early = cellsOf(cells, 5, { formats });
    expect(early.cells).toEqual(["1900-01-03", "3", "2018-06-01T09:30:00", "3", "3"]);
    expect(early.notes.dates).toBe(2);
    const late = cellsOf(cells, 5, { formats, from1904: true });
    expect(late.cells).toEqual(["1904-01-04", "3", "2022-06-02T09:30:00", "3", "3"]);
  });

  it("that are written as dates stay so", () => {
    const cells = ["2018-06-01T00:00:00", "2018-06-01T00:00:00.000Z", "2018-06-01T09:30:00", "2018-06-01"];
    expect(cellsOf(cells.map((each) => `<c t="d"><v>${each}</v></c>`).join(""), 4).cells).toEqual([
      "2018-06-01",
      "2018-06-01",
      "2018-06-01T09:30:00",
      "2018-06-01",
    ]);
  });

  it("that follow each other without a place do so", () => {
    const data =
      '<row><c t="str"><v>id</v></c><c t="str"><v>q1</v></c><c r="C1" t="str"><v>q2</v></c></row><row r="4"><c r="B4"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>';
    const { chosen } = readWritten({ sheets: [{ name: "Data", data }] });
    expect(linesOf(chosen)).toEqual([[], [], ["", "1", "2"], ["3", "", ""]]);
  });
});

describe("a workbook", () => {
  const rows = [
    ["id", "q1"],
    ["a", 1],
  ];

  it("is read alike in the strict namespace and with prefixes", () => {
    const parts = workbookParts({ sheets: [sheetOfRows("Data", rows)] });
    const strict = parts.map((each) => ({
      ...each,
      bytes: utf8(
        Buffer.from(each.bytes)
          .toString()
          .replaceAll(
            "http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
          )
          .replaceAll(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
          ),
      ),
    }));
    const prefixed = parts.map((each) => ({
      ...each,
      bytes: each.name.includes("sheet1.xml")
        ? utf8(
            Buffer.from(each.bytes)
              .toString()
              .replace("xmlns=", "xmlns:x=")
              .replaceAll(/<(\/?)(?=[a-z])/g, "<$1x:"),
          )
        : each.bytes,
    }));
    const expected = linesOf(read(zip(parts)).chosen);
    expect(expected).toEqual([["a", "1"]]);
    expect(linesOf(read(zip(strict)).chosen)).toEqual(expected);
    expect(linesOf(read(zip(prefixed)).chosen)).toEqual(expected);
  });

  it("is read alike in UTF-16, stored and with a comment behind it", () => {
    const parts = workbookParts({
      sheets: [
        sheetOfRows("Data", [
          ["id", "q1"],
          ["æ", 1],
        ]),
      ],
    });
    const wide = parts.map((each) =>
      each.name.includes("sheet1.xml")
        ? {
            ...each,
            bytes: Buffer.from(`\uFEFF${Buffer.from(each.bytes).toString().replace("UTF-8", "UTF-16")}`, "utf16le"),
          }
        : { ...each, stored: true },
    );
    expect(linesOf(read(zip(wide, "made by hand")).chosen)).toEqual([["æ", "1"]]);
  });

  it("is read alike where its sizes are written in 64 bits", () => {
    expect(linesOf(read(zip64(workbookParts({ sheets: [sheetOfRows("Data", rows)] }))).chosen)).toEqual([["a", "1"]]);
  });

  it("is found by its relationships, absolute or relative, whatever its parts are called", () => {
    const renamed = workbookParts({ sheets: [sheetOfRows("Data", rows)] }).map((each) => {
      if (each.name === "_rels/.rels") return part(each.name, relationships([["a", "officeDocument", "/xl/book.xml"]]));
      if (each.name === "xl/workbook.xml") return { ...each, name: "xl/book.xml" };
      if (each.name === "xl/_rels/workbook.xml.rels")
        return part("xl/_rels/book.xml.rels", relationships([["rId1", "worksheet", "/data/./../Data/One.xml"]]));
      return each.name.includes("sheet1.xml") ? { ...each, name: "data\\one.xml" } : each;
    });
    expect(linesOf(read(zip(renamed)).chosen)).toEqual([["a", "1"]]);
  });

  it("lists its sheets and takes the first visible one with rows", () => {
    const sheets = [
      sheetOfRows("Forside", [["Undersøgelse 2018"]]),
      { ...sheetOfRows("Gammel", rows), state: "hidden" },
      { ...sheetOfRows("Ældre", rows), state: "veryHidden" },
      sheetOfRows("Tom", []),
      sheetOfRows("Svar", [
        ["id", "q2"],
        ["b", 2],
      ]),
      sheetOfRows("Mere", rows),
    ];
    const { sheets: found, chosen } = readWritten({ sheets });
    expect(found.map(({ name, hidden, rows: count }) => [name, hidden, count])).toEqual([
      ["Forside", false, 0],
      ["Gammel", true, 1],
      ["Ældre", true, 1],
      ["Tom", false, 0],
      ["Svar", false, 1],
      ["Mere", false, 1],
    ]);
    expect(chosen.name).toBe("Svar");
    expect(readWritten({ sheets }, { sheet: "Gammel" }).chosen.name).toBe("Gammel");
  });

  it("without rows is its first sheet with a header", () => {
    const { chosen } = readWritten({ sheets: [sheetOfRows("Tom", []), sheetOfRows("Svar", [["id", "q1"]])] });
    expect([chosen.name, namesOf(chosen), chosen.rows, linesOf(chosen)]).toEqual(["Svar", ["id", "q1"], 0, []]);
  });

  it("says which sheet was meant by a name that it has not", () => {
    const attempt = () => readWritten({ sheets: [sheetOfRows("Svar", rows)] }, { sheet: "svar " });
    expect(attempt).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ code: "reference-unknown", kind: "sheet", nearest: "Svar" })],
      }),
    );
  });

  it("refuses a header in a blank row", () => {
    const attempt = () => readWritten({ sheets: [sheetOfRows("Svar", rows)] }, { headerRow: 3 });
    const problem = {
      code: "value-invalid",
      place: { file: "svar.xlsx", line: 3 },
      expected: "filled-row",
    };
    expect(attempt).toThrow(expect.objectContaining({ problems: [expect.objectContaining(problem)] }));
  });

  it("leaves out sheets of charts", () => {
    const parts = workbookParts({ sheets: [sheetOfRows("Graf", rows), sheetOfRows("Svar", rows)] }).map((each) =>
      each.name === "xl/_rels/workbook.xml.rels"
        ? part(
            each.name,
            relationships([
              ["rId1", "chartsheet", "chartsheets/sheet1.xml"],
              ["rId2", "worksheet", "worksheets/sheet2.xml"],
            ]),
          )
        : each,
    );
    expect(read(zip(parts)).sheets.map(({ name }) => name)).toEqual(["Svar"]);
  });

  it("gives every row of a sheet without a header", () => {
    const labels = [["q1", 1, "Helt uenig"], [], ["q1", 2, "Uenig"]];
    const { sheets } = readWritten({ sheets: [sheetOfRows("Labels", labels)] });
    expect(sheets[0]!.everyRow()).toEqual([
      ["q1", "1", "Helt uenig"],
      ["q1", "2", "Uenig"],
    ]);
  });

  it("counts merged cells that go over several rows", () => {
    const ranges = ["A1:B1", "A3:A5", "B12:C19", "A11:B11"].map((range) => `<mergeCell ref="${range}"/>`);
    const after = `<mergeCells count="4">${ranges.join("")}</mergeCells>`;
    expect(readWritten({ sheets: [{ name: "a", data: rowsXml(rows), after }] }).chosen.notes.merged).toBe(2);
  });
});
