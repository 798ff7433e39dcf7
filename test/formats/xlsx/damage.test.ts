import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../../src/explain/explain.ts";
import { linesOf, read, refusal } from "./read.ts";
import { rowsXml, workbookFile } from "./write-workbook.ts";

const rows = Array.from({ length: 12 }, (_, k) => [`r${k}`, `L${k % 3}`, k % 5, k * 1.25, k % 2 === 0]);
const whole = workbookFile({
  sheets: [
    { name: "Svar", data: rowsXml([["id", "leader", "q1", "q2", "yes"], ...rows]), after: "<mergeCells/>" },
    { name: "Tekst", data: '<row><c t="s"><v>0</v></c></row><row><c s="1"><v>43252</v></c></row>' },
  ],
  strings: ["<t>dato</t>"],
  formats: ["yyyy-mm-dd"],
});
const expected = linesOf(read(whole).chosen);

/** Reads all there is; what comes back is why it was refused, or null. Anything else that is thrown fails the test. */
const readAll = (bytes: Uint8Array): string | null =>
  refusal(() => {
    for (const sheet of read(bytes).sheets) linesOf(sheet);
  });

describe("a damaged workbook", () => {
  it("is refused wherever it is cut off", () => {
    const accepted = Array.from({ length: whole.length }, (_, length) => length).filter(
      (length) => readAll(whole.subarray(0, length)) !== "file-damaged: zip-directory",
    );
    expect(accepted).toEqual([]);
  });

  it("is refused, or read as it was, where a bit of it is turned", () => {
    for (let bit = 0; bit < whole.length * 8; bit += 3) {
      const bytes = whole.slice();
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      const refused = readAll(bytes);
      if (refused === null) expect(linesOf(read(bytes).sheets[0]!)).toEqual(expected);
    }
  });

  it("is refused, or read, whatever is put in place of some of it", () => {
    const piece = fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const bytes = whole.slice();
        for (const [at, put] of pieces) bytes.set(put.subarray(0, bytes.length - at), at);
        expect(readAll(bytes)).toSatisfy((refused) => refused === null || /^(file|limit|not)-/.test(String(refused)));
      }),
      { numRuns: 500 },
    );
  });

  it("is refused, or read, whatever its XML says", () => {
    const pieces = [
      "<row>",
      "</row>",
      '<row r="2">',
      "<c>",
      "</c>",
      '<c r="B1">',
      "<v>",
      "</v>",
      "<is>",
      "</is>",
      "<t>",
    ];
    const more = [
      "</t>",
      "<f>",
      "</f>",
      '<c t="s">',
      '<c t="zz" s="x">',
      "1",
      "1e9",
      "&#0;",
      "&lt;",
      "<![CDATA[",
      "]]>",
    ];
    const data = fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 30 });
    fc.assert(
      fc.property(data, (xml) => {
        const refused = readAll(workbookFile({ sheets: [{ name: "a", data: xml.join("") }], strings: ["<t>x</t>"] }));
        expect(refused).toSatisfy((why) => why === null || /^(file|limit|not)-/.test(String(why)));
      }),
      { numRuns: 500 },
    );
  });

  it("is explained in words", () => {
    const causes = [
      "zip-directory",
      "zip-part",
      "zip-method",
      "zip-part-twice",
      "xml-doctype",
      "xml-malformed",
      "part-missing",
      "part-external",
      "shared-string-missing",
      "cell-place",
      "sheets-differ",
    ];
    for (const cause of causes)
      for (const language of ["da", "en"] as const) {
        const problem = { code: "file-damaged", place: { file: "svar.xlsx" }, format: "xlsx", cause } as const;
        expect(explain(problem, language).message).not.toContain(cause);
      }
  });
});
