import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RejectedRecord, scanRecords } from "../../src/formats/records.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What a scan gives of the records after a header of so many columns, when the text comes in chunks of so many bytes. */
const scanned = (text: string, columns: number, chunk: number, ordinary: readonly number[] = []) => {
  const rows: string[][] = [];
  const rejected: RejectedRecord[] = [];
  let cells: string[] = [];
  const dialect = { separator: ";", quoted: true, ordinaryLines: new Set(ordinary) };
  const scanner = scanRecords(dialect, Array(columns).fill(true), 2, {
    cell: (_, bytes, start, end) => void cells.push(decode(bytes.slice(start, end))),
    record: (line) => {
      rows.push([String(line), ...cells]);
      cells = [];
    },
    reject: (one) => {
      rejected.push(one);
      cells = [];
    },
  });
  const bytes = encode(text);
  for (let start = 0; start < bytes.length; start += chunk) scanner.push(bytes.slice(start, start + chunk));
  return { ...scanner.finish(), rows, rejected };
};

const sizes = [1, 2, 3, 5, 1000];

describe("records", () => {
  it("are the cells that were written, wherever the text is cut", () => {
    const cell = fc.stringMatching(/^[a-c ,"é]{0,4}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, chunk) => {
          const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(";"));
          const { rows: found, records, lines } = scanned(`${quoted.join("\r\n")}\r\n`, 2, chunk);
          expect(records).toBe(rows.length);
          expect(lines).toBe(rows.length);
          expect(found).toEqual(rows.map((row, index) => [String(index + 2), ...row]));
        },
      ),
    );
  });

  it.each(sizes)("are rejected by their physical line where they do not fit, in chunks of %i", (chunk) => {
    const { rejected, rows, lines } = scanned('1;"a\nb"\n2\n3;4;5\n"6"7;8\n\n9;10', 2, chunk);
    expect(rows).toEqual([
      ["2", "1", "a b"],
      ["8", "9", "10"],
    ]);
    expect(rejected).toEqual([
      { line: 4, code: "too-few-cells" },
      { line: 5, code: "too-many-cells" },
      { line: 6, code: "quotes-malformed" },
    ]);
    expect(lines).toBe(7);
  });

  it.each(sizes)("may have empty cells beyond the header, in chunks of %i", (chunk) => {
    const { rows, trailing, rejected } = scanned("1;2;;\n3;4\n5;6;;x\n", 2, chunk);
    expect(rows).toEqual([
      ["2", "1", "2"],
      ["3", "3", "4"],
    ]);
    expect(trailing).toBe(1);
    expect(rejected).toEqual([{ line: 4, code: "too-many-cells" }]);
  });

  it.each(sizes)("end at any line end, and count its lines, in chunks of %i", (chunk) => {
    const { rows, lines } = scanned("1;2\r3;4\r\n5;6\n\r\n7;8", 2, chunk);
    expect(rows.map(([line]) => line)).toEqual(["2", "3", "4", "6"]);
    expect(lines).toBe(5);
  });

  it.each(sizes)("take a quotation mark inside a cell as it is, in chunks of %i", (chunk) => {
    expect(scanned('5" screen;2\na;say "no"\n', 2, chunk).rows).toEqual([
      ["2", '5" screen', "2"],
      ["3", "a", 'say "no"'],
    ]);
  });

  it.each(sizes)("say where a quotation opens that does not end as one, in chunks of %i", (chunk) => {
    expect(scanned('1;2\n3;"4\n5;6\n', 2, chunk).strayQuotes).toEqual([3]);
    expect(scanned('1;"2\n3;4\n"x";5\n', 2, chunk).strayQuotes).toEqual([2]);
    const again = scanned('1;2\n3;"4\n5;6\n', 2, chunk, [3]);
    expect(again.rows).toEqual([
      ["2", "1", "2"],
      ["3", "3", '"4'],
      ["4", "5", "6"],
    ]);
    expect(again.strayQuotes).toEqual([]);
  });

  it.each([1000, 1 << 16])("longer than any say whether a quotation swallowed others, in chunks of %i", (chunk) => {
    const row = `${"x".repeat(1000)};y\n`;
    const swallowing = scanned(`1;2\n3;"4\n${row.repeat(1100)}`, 2, chunk);
    expect([swallowing.tooLong, swallowing.strayQuotes, swallowing.unended]).toEqual([3, [3], null]);
    const again = scanned(`1;2\n3;"4\n${row.repeat(1100)}`, 2, chunk, [3]);
    expect([again.tooLong, again.rows.length]).toEqual([null, 1102]);
    const long = scanned(`1;2\n3;"${"x".repeat(1 << 21)}`, 2, chunk);
    expect([long.tooLong, long.strayQuotes, long.rows]).toEqual([3, [], [["2", "1", "2"]]]);
    const plain = scanned(`1;2\n3;${"x".repeat(1 << 21)}\n5;6\n`, 2, chunk);
    expect([plain.tooLong, plain.strayQuotes, plain.rows]).toEqual([3, [], [["2", "1", "2"]]]);
  });

  it.each(sizes)("that stand inside one quoted cell are named, in chunks of %i", (chunk) => {
    expect(scanned('1;"a\nb; c\nd";2\n', 3, chunk).swallowed).toEqual([]);
    const found = scanned('1;"2\n3;4\n5;6\n7"\n9;10\n', 2, chunk);
    expect(found.swallowed).toEqual([{ line: 2, lines: 2 }]);
    expect(found.rows.at(-1)).toEqual(["6", "9", "10"]);
  });
});
