import { describe, expect, it } from "vitest";
import { areLinesQuoted, firstRecords, lineEnd, sniffText } from "../../src/formats/dialect.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const sniffed = (text: string, given: string | null = null) => {
  const found = sniffText(encode(text), true, given, null);
  return found && [found.separator, found.quoted, found.start, found.line];
};
const recordsOf = (text: string, most: number, whole = true) =>
  firstRecords(
    encode(text),
    { start: 0, line: 1, whole },
    { separator: ";", quoted: true, ordinaryLines: new Set() },
    most,
  );

describe("the dialect of a text", () => {
  it.each([
    ["a semicolon", "id;q1\nr1;3\nr2;4\n", [";", true, 0, 1]],
    ["a comma", "id,q1\nr1,3\nr2,4\n", [",", true, 0, 1]],
    ["a bar", "id|q1\nr1|3\n", ["|", true, 0, 1]],
    ["a semicolon where the header has commas", "id;Er du glad, rask, fri?\nr1;3\nr2;4\n", [";", true, 0, 1]],
    ["a comma where cells hold semicolons", 'id,q1,"a;b;c;d"\nr1,3,"a;b"\nr2,4,"a"\n', [",", true, 0, 1]],
    ["a semicolon where cells hold decimal commas", "id;w\nr1;2,5\nr2;3,5\n", [";", true, 0, 1]],
    ["a semicolon though some records are broken", "id;q1;a, b, c, d\nr1;3;1\nr2;4\nr3;1;1\n", [";", true, 0, 1]],
    ["a tab, and mostly no quotation marks", 'id\tq1\tnote\nr1\t3\t"sådan\nr2\t4\tok\n', ["\t", false, 0, 1]],
    ["a tab, with quotation marks around cells", 'id\tq1\tnote\nr1\t3\t"a ""b"""\nr2\t4\tok\n', ["\t", true, 0, 1]],
    ["what a first line names", "sep=|\r\nid;a|q1;b\r\nr1|3\r\n", ["|", true, 7, 2]],
    ["what a first line names, with old line ends", "SEP=;\rid;q1\rr1;3\r", [";", true, 6, 2]],
    ["what stands after blank lines", "\n \r\nid,q1\nr1,3\n", [",", true, 4, 3]],
  ])("has %s", (_, text, found) => {
    expect(sniffed(text)).toEqual(found);
  });

  it("has a separator that cuts half of the records alike, else the one that cuts the first into most", () => {
    expect(sniffed("id;q1,a,b\nr1;3\nr2\nr3\n")?.[0]).toBe(";");
    expect(sniffed("id;q1,a,b\nr1;3\nr2\nr3\nr4\n")?.[0]).toBe(",");
  });

  it("has the separator that the study gives, whatever it looks like", () => {
    expect(sniffed("id;a,b\nr1;c,d\n", ",")).toEqual([",", true, 0, 1]);
    expect(sniffed("sep=;\nid;a,b\n", ",")).toEqual([",", true, 6, 2]);
  });

  it("is that of the records from the header on, where the study says on which line it stands", () => {
    const text = encode("Udtræk; marts; 2024\n\nid,q1\nr1,3\n");
    const found = sniffText(text, true, null, { start: 22, line: 3 });
    expect(found).toMatchObject({ separator: ",", start: 22, line: 3 });
  });

  it.each(["", "\n", "\r\n \n\n"])("is none where there is no record: %j", (text) => {
    expect(sniffed(text)).toBeNull();
  });
});

it.each([
  ["a\nb", 0, 2],
  ["a\r\nb", 0, 3],
  ["a\rb", 0, 2],
  ["a\r", 0, 2],
  ["a\n\nb", 2, 3],
  ["ab", 0, 2],
  ["ab", 2, 2],
])("in %j the line from %i ends before %i", (text, start, end) => {
  expect(lineEnd(encode(text), start)).toBe(end);
});

describe("the first records of a text", () => {
  it("span lines inside quotation marks, and say where the next begins", () => {
    const text = 'a;"b\r\nc"\r\n\r\n1;2\n3;4';
    expect(recordsOf(text, 2)).toEqual([
      { cells: ["a", "b c"], line: 1, end: 10, next: 3 },
      { cells: ["1", "2"], line: 4, end: 16, next: 5 },
    ]);
    expect(recordsOf(text, 9).map(({ cells }) => cells)).toEqual([
      ["a", "b c"],
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  it("leave out a record that goes on beyond the beginning", () => {
    expect(recordsOf("a;b\n1;2\n3;", 9, false).map(({ line }) => line)).toEqual([1, 2]);
  });
});

describe("lines that are quoted as a whole", () => {
  it.each([
    [true, '"a;b"\n"1;2"\n'],
    [false, "a;b\n1;2\n"],
    [false, '"a"\n"1"\n'],
    [false, '"a;b"\n1;2\n'],
  ])("are %s in %j", (quoted, text) => {
    expect(areLinesQuoted(recordsOf(text, 9))).toBe(quoted);
  });
});
