import { describe, expect, it } from "vitest";
import { linesOf, read, refusal } from "./read.ts";
import {
  type Part,
  part,
  relationships,
  rowsXml,
  sheetOfRows,
  sheetXml,
  utf8,
  workbookFile,
  workbookParts,
  zip,
  zip64,
} from "./write-workbook.ts";

const answers = [
  ["id", "q1"],
  ["a", 1],
];
const plain = { sheets: [sheetOfRows("Data", answers)] };
const sheetPart = "xl/worksheets/sheet1.xml";
const workbookXml = (sheets: string): string =>
  `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${sheets}</sheets></workbook>`;

/** A workbook of which one part is another, or is gone. */
const replaced = (name: string, by: Partial<Part> | null): Uint8Array =>
  zip(workbookParts(plain).flatMap((each) => (each.name === name ? (by ? [{ ...each, ...by }] : []) : [each])));
const withSheet = (xml: string): Uint8Array => replaced(sheetPart, { bytes: utf8(xml) });
const withData = (data: string): Uint8Array => withSheet(sheetXml(data));
const withAlso = (...more: readonly Part[]): Uint8Array => zip([...workbookParts(plain), ...more]);
const declaredAs = (lie: Partial<Part>): Uint8Array => replaced(sheetPart, lie);

const billionLaughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, k) => `<!ENTITY a${k} "&a;&a;">`).join("")}]>`;
const spaces = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(32);
const bomb = (bytes: number): Uint8Array => Buffer.concat([utf8("<worksheet>"), spaces(bytes), utf8("</worksheet>")]);
/** Packs too well to be small and too badly to be a bomb, so that only the sum of all parts is too much. */
const noise = (bytes: number): Uint8Array => {
  const piece = Buffer.alloc(60_000, 32);
  for (let k = 0, state = 1; k < piece.length; k += 40) {
    state = (state * 48_271) % 2_147_483_647;
    piece[k + (state % 40)] = 97 + (state % 26);
  }
  return utf8(`<worksheet>${`<a>${piece}</a>`.repeat(bytes / piece.length)}</worksheet>`);
};
const noisy = noise(45_000_000);
const text = (length: number): string => "x".repeat(length);

const hostile: readonly (readonly [what: string, bytes: () => Uint8Array, refused: string])[] = [
  ["a bomb", () => withSheet(Buffer.from(bomb(60_000_000)).toString()), "limit-exceeded: compression"],
  [
    "a bomb that declares no size",
    () => declaredAs({ bytes: bomb(60_000_000), declaredSize: 0 }),
    "limit-exceeded: compression",
  ],
  [
    "a bomb that is the part of styles",
    () => replaced("xl/styles.xml", { bytes: bomb(60_000_000) }),
    "limit-exceeded: compression",
  ],
  [
    "a bomb of relationships",
    () => replaced("_rels/.rels", { bytes: bomb(60_000_000) }),
    "limit-exceeded: compression",
  ],
  [
    "parts that together are too much",
    () =>
      zip([
        ...workbookParts({ sheets: Array.from({ length: 5 }, (_, k) => sheetOfRows(`S${k}`, answers)) }).map((each) =>
          each.name.includes("worksheets") ? { ...each, bytes: noisy } : each,
        ),
      ]),
    "limit-exceeded: bytes",
  ],
  [
    "one part that is many sheets",
    () =>
      zip(
        workbookParts(plain).map((each) => {
          if (each.name === sheetPart) return { ...each, bytes: noisy, stored: true };
          const five = workbookXml('<sheet name="a" r:id="rId1"/>'.repeat(5));
          return each.name === "xl/workbook.xml" ? { ...each, bytes: utf8(five) } : each;
        }),
      ),
    "limit-exceeded: bytes",
  ],
  ["a part that declares too small a size", () => declaredAs({ declaredSize: 1 }), "file-damaged: zip-part"],
  [
    "a part that declares too large a size",
    () => declaredAs({ declaredSize: 4_000_000_000 }),
    "file-damaged: zip-part",
  ],
  ["a part that is said to be empty", () => declaredAs({ declaredPacked: 0 }), "file-damaged: zip-part"],
  ["a part that is said to be huge", () => declaredAs({ declaredPacked: 0x7fffffff }), "file-damaged: zip-directory"],
  ["an encrypted part", () => declaredAs({ flags: 1 }), "file-damaged: zip-method"],
  ["a part packed in an unknown way", () => declaredAs({ method: 99 }), "file-damaged: zip-method"],
  [
    "too many parts",
    () => withAlso(...Array.from({ length: 1000 }, (_, k) => part(`x${k}`, ""))),
    "limit-exceeded: entries",
  ],
  [
    "sizes of 64 bits that are said to be too many",
    () => {
      const bytes = Buffer.from(zip64(workbookParts(plain)));
      bytes.writeBigUInt64LE(2n ** 63n, bytes.length - 22 - 20 - 56 + 32);
      return bytes;
    },
    "limit-exceeded: entries",
  ],
  [
    "a directory that lies beyond the file",
    () => {
      const bytes = Buffer.from(zip64(workbookParts(plain)));
      bytes.writeBigUInt64LE(2n ** 63n, bytes.length - 22 - 20 - 56 + 48);
      return bytes;
    },
    "file-damaged: zip-directory",
  ],
  ["two parts of one name", () => withAlso(part(sheetPart, "")), "file-damaged: zip-part-twice"],
  [
    "two parts that differ by case only",
    () => withAlso(part("XL\\Worksheets\\Sheet1.xml", "")),
    "file-damaged: zip-part-twice",
  ],
  ["an archive of nothing", () => zip([]), "not-a-table: zip"],
  ["an archive in an archive", () => zip([{ name: "inner.zip", bytes: workbookFile(plain) }]), "not-a-table: zip"],
  [
    "a text document",
    () => zip([part("_rels/.rels", relationships([["r", "officeDocument", "word/document.xml"]]))]),
    "not-a-table: zip",
  ],
  ["macros", () => withAlso(part("xl/vbaProject.bin", "")), "not-a-table: macro-workbook"],
  [
    "macros that only the content types tell of",
    () =>
      replaced("[Content_Types].xml", {
        bytes: utf8('<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'),
      }),
    "not-a-table: macro-workbook",
  ],
  ["a binary workbook", () => withAlso(part("xl/workbook.bin", "")), "not-a-table: other-spreadsheet"],
  [
    "an OpenDocument",
    () =>
      zip([
        part("mimetype", "application/vnd.oasis.opendocument"),
        part("content.xml", ""),
        part("META-INF/manifest.xml", ""),
      ]),
    "not-a-table: other-spreadsheet",
  ],
  [
    "an external entity",
    () => withSheet(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>`),
    "file-damaged: xml-doctype",
  ],
  ["a billion laughs", () => withSheet(`${billionLaughs}<worksheet>&a19;</worksheet>`), "file-damaged: xml-doctype"],
  [
    "an entity in the texts",
    () => replaced("xl/sharedStrings.xml", { bytes: utf8(`${billionLaughs}<sst/>`) }),
    "file-damaged: xml-doctype",
  ],
  [
    "an entity in the list of sheets",
    () => replaced("xl/workbook.xml", { bytes: utf8(`<!DOCTYPE x SYSTEM "http://x/y.dtd">${workbookXml("")}`) }),
    "file-damaged: xml-doctype",
  ],
  ["an entity that is not defined", () => withData("<row><c><v>&e;</v></c></row>"), "file-damaged: xml-malformed"],
  ["elements that are not closed", () => withSheet("<worksheet><sheetData>"), "file-damaged: xml-malformed"],
  [
    "elements nested a thousand deep",
    () => withSheet("<a>".repeat(1000) + "</a>".repeat(1000)),
    "file-damaged: xml-malformed",
  ],
  ["a part that is no XML", () => withSheet("PK"), "file-damaged: xml-malformed"],
  ["an empty part", () => withSheet(""), "file-damaged: xml-malformed"],
  [
    "bytes that are no text",
    () => replaced(sheetPart, { bytes: Uint8Array.from([60, 97, 62, 0xff, 0xfe, 0xfd]) }),
    "file-damaged: xml-malformed",
  ],
  [
    "an encoding that is not Unicode",
    () => withSheet('<?xml version="1.0" encoding="ISO-8859-1"?><worksheet/>'),
    "file-damaged: xml-malformed",
  ],
  ["a comment without end", () => withSheet(`<worksheet><!--${text(3_000_000)}`), "file-damaged: xml-malformed"],
  [
    "an element of a million attributes",
    () => withSheet(`<worksheet ${Array.from({ length: 1_000_000 }, (_, k) => `a${k}=""`).join(" ")}/>`),
    "file-damaged: xml-malformed",
  ],
  ["no list of sheets", () => replaced("xl/workbook.xml", null), "file-damaged: part-missing"],
  ["no sheet", () => replaced(sheetPart, null), "file-damaged: part-missing"],
  ["no texts", () => replaced("xl/sharedStrings.xml", null), "file-damaged: part-missing"],
  [
    "a sheet that is listed and not related",
    () => replaced("xl/workbook.xml", { bytes: utf8(workbookXml('<sheet name="a" r:id="rId99"/>')) }),
    "file-damaged: part-missing",
  ],
  [
    "a sheet on another machine",
    () =>
      replaced("xl/_rels/workbook.xml.rels", {
        bytes: utf8(
          '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="http://127.0.0.1/s.xml" TargetMode="External"/></Relationships>',
        ),
      }),
    "file-damaged: part-external",
  ],
  [
    "a sheet outside the archive",
    () =>
      replaced("xl/_rels/workbook.xml.rels", {
        bytes: utf8(relationships([["rId1", "worksheet", "../../../../etc/passwd"]])),
      }),
    "file-damaged: part-missing",
  ],
  [
    "a list of sheets that is its own sheet",
    () =>
      replaced("xl/_rels/workbook.xml.rels", { bytes: utf8(relationships([["rId1", "worksheet", "workbook.xml"]])) }),
    "file-empty",
  ],
  [
    "two thousand sheets of one part",
    () =>
      replaced("xl/workbook.xml", {
        bytes: utf8(workbookXml('<sheet name="a" r:id="rId1"/>'.repeat(2000))),
      }),
    "limit-exceeded: entries",
  ],
  [
    "a text that is not there",
    () => withData('<row><c t="s"><v>0</v></c></row>'),
    "file-damaged: shared-string-missing",
  ],
  [
    "a text before the first",
    () => withData('<row><c t="s"><v>-1</v></c></row>'),
    "file-damaged: shared-string-missing",
  ],
  [
    "a text of an array's own",
    () => withData('<row><c t="s"><v>length</v></c></row>'),
    "file-damaged: shared-string-missing",
  ],
  ["a row beyond the last", () => withData('<row r="1048577"><c><v>1</v></c></row>'), "limit-exceeded: rows"],
  ["a row without a number", () => withData('<row r="one"><c><v>1</v></c></row>'), "file-damaged: cell-place"],
  ["row 0", () => withData('<row r="0"><c><v>1</v></c></row>'), "file-damaged: cell-place"],
  ["a row twice", () => withData('<row r="1"/><row r="1"/>'), "file-damaged: cell-place"],
  ["rows that go back", () => withData('<row r="9"/><row r="3"/>'), "file-damaged: cell-place"],
  ["a cell of another row", () => withData('<row r="1"><c r="A2"/></row>'), "file-damaged: cell-place"],
  ["a cell twice", () => withData('<row r="1"><c r="A1"/><c r="A1"/></row>'), "file-damaged: cell-place"],
  ["a cell without a column", () => withData('<row r="1"><c r="1"/></row>'), "file-damaged: cell-place"],
  ["a column beyond the last", () => withData('<row r="1"><c r="XFE1"/></row>'), "file-damaged: cell-place"],
  ["a column of many letters", () => withData('<row r="1"><c r="AAAAAAA1"/></row>'), "file-damaged: cell-place"],
  [
    "content in the last cell of all",
    () => withData('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "limit-exceeded: columns",
  ],
  ["more columns than are read", () => withData(rowsXml([Array(2001).fill(1)])), "limit-exceeded: columns"],
  ["a cell that is too long", () => withData(rowsXml([[text(65_537)]])), "limit-exceeded: cell"],
  ["a cell that is too long in bytes", () => withData(rowsXml([["æ".repeat(32_769)]])), "limit-exceeded: cell"],
  [
    "a long text that is used again and again",
    () =>
      workbookFile({
        sheets: [{ name: "a", data: `<row>${'<c t="s"><v>0</v></c>'.repeat(1000)}</row>`.repeat(10) }],
        strings: [`<t>${text(65_000)}</t>`],
      }),
    "limit-exceeded: bytes",
  ],
  [
    "rows of one cell far to the right",
    () =>
      workbookFile({
        sheets: [
          {
            name: "a",
            data: Array.from(
              { length: 150_000 },
              (_, k) => `<row><c r="BXX${k + 1}"><v>${(k * 7919) % 99991}</v></c></row>`,
            ).join(""),
          },
        ],
      }),
    "limit-exceeded: bytes",
  ],
  ["no content", () => withData(""), "file-empty"],
  ["cells without content", () => withData('<row><c s="1"/><c t="inlineStr"><is/></c></row>'), "file-empty"],
];

describe("a hostile workbook", () => {
  it.each(hostile)("with %s is refused", (_, bytes, refused) => {
    expect(refusal(() => read(bytes()))).toBe(refused);
  });

  it("is no more than its names: __proto__ is a sheet and a column like others", () => {
    const names = ["__proto__", "constructor", "toString"];
    const { chosen } = read(workbookFile({ sheets: [sheetOfRows("__proto__", [names, ["a", "b", "c"]])] }));
    expect(chosen.name).toBe("__proto__");
    expect(chosen.columns.map(({ name }) => name)).toEqual(names);
    expect(linesOf(chosen)).toEqual([["a", "b", "c"]]);
    expect(({} as Record<string, unknown>)["name"]).toBeUndefined();
  });

  it("does not make room for what it does not hold", () => {
    const data = `${rowsXml(answers)}<row r="1048576"><c r="XFD1048576" s="0"/></row>`;
    const { chosen } = read(withData(data));
    expect(linesOf(chosen)).toEqual([["a", "1"]]);
    expect(chosen.notes.beside.cells).toBe(0);
  });

  it("may hold parts of any name, for none is written anywhere", () => {
    const { chosen } = read(withAlso(part("../../../etc/passwd", "x"), part("C:\\x\0y", "x"), part("", "")));
    expect(linesOf(chosen)).toEqual([["a", "1"]]);
  });

  it("may hold a bomb that nobody reads", () => {
    const { chosen } = read(withAlso({ name: "xl/media/image1.png", bytes: spaces(60_000_000) }));
    expect(linesOf(chosen)).toEqual([["a", "1"]]);
  });
});
