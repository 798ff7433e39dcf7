import { describe, expect, it } from "vitest";
import { recognise } from "../../src/formats/foreign.ts";

const bytesOf = (text: string, encoding: "utf8" | "utf16le" = "utf8"): Uint8Array => Buffer.from(text, encoding);
const compound = (stream: string): Uint8Array =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(9001),
    bytesOf(stream, "utf16le"),
  ]);

describe("a file that is no text", () => {
  it.each([
    ["gzip", Uint8Array.from([0x1f, 0x8b, 8, 0])],
    ["html", bytesOf("<!doctype html><title>Log ind</title>")],
    ["html", bytesOf("\uFEFF \r\n<!DOCTYPE HTML PUBLIC>")],
    ["html", bytesOf("<HTML lang=da>")],
    ["html", bytesOf("<!-- a --><?xml version='1.0'?>\n<html xmlns='x'>")],
    ["html", bytesOf("<?xml version='1.0'?><html xmlns='x'>")],
    ["html", bytesOf("<?xml version='1.0'?>\n\n<!-- a -->\n\n<!-- b --> <html>")],
    ["html", bytesOf("<table><tr><td>id</td></tr></table>")],
    ["html", bytesOf("\uFEFF<html>", "utf16le")],
    ["html", bytesOf("MIME-Version: 1.0\r\n")],
    ["pdf", bytesOf("%PDF-1.7")],
    [
      "other-spreadsheet",
      bytesOf(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      ),
    ],
    ["old-workbook", compound("Workbook")],
    ["encrypted-workbook", compound("EncryptedPackage")],
  ])("is %s by its content", (what, start) => {
    expect(recognise(start)).toEqual({ reader: null, what });
  });

  it.each([
    ["workbook", Uint8Array.from([0x50, 0x4b, 3, 4, 20])],
    ["workbook", Uint8Array.from([0x50, 0x4b, 5, 6, 0])],
    ["parquet", bytesOf("PAR1\u0015")],
    ["spss", bytesOf("$FL2@(#) SPSS")],
    ["spss", bytesOf("$FL3@(#) SPSS")],
  ])("has a reader: %s", (reader, start) => {
    expect(recognise(start)).toEqual({ reader });
  });

  it.each([
    "",
    "id;q1\na;1\n",
    "PK;q1",
    "PAR;q1",
    "<tablet>;q1",
    "<id>,q1",
    '{"id":"a"}',
    '<?xml version="1.0"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>',
    "id,text\na,<html>\n",
    "\u001f;q1",
  ])("is not %j", (text) => {
    expect(recognise(bytesOf(text))).toBeNull();
  });
});
