import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sniffDialect } from "../../src/formats/dialect.ts";
import { scanRecords } from "../../src/formats/records.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const scanned = (text: string, chunk: number) => {
  const dialect = sniffDialect(text)!;
  const scanner = scanRecords(
    dialect,
    dialect.header.map(() => true),
  );
  const bytes = encode(text);
  let output = "";
  for (let start = 0; start < bytes.length; start += chunk)
    output += decode(scanner.push(bytes.slice(start, start + chunk)));
  const end = scanner.finish();
  const lines = (output + decode(end.rest)).split("\n").slice(0, -1);
  return { ...end, rows: lines.map((line) => line.split("\x1f")) };
};

describe("records", () => {
  it("are the cells that were written, wherever the file is cut", () => {
    const cell = fc.stringMatching(/^[a-c ,"]{0,4}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, chunk) => {
          const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(";"));
          const { rows: found, records } = scanned(`x;y\n${quoted.join("\r\n")}\r\n`, chunk);
          expect(records).toBe(rows.length);
          expect(found).toEqual(rows.map((row, index) => [String(index + 2), ...row]));
        },
      ),
    );
  });

  it("reject what does not fit, by its physical line", () => {
    const { rejected, rows } = scanned('x;y\n1;"a\nb"\n2\n3;4;5\n"6"7;8\n9;10', 3);
    expect(rows).toEqual([
      ["2", "1", "a b"],
      ["7", "9", "10"],
    ]);
    expect(rejected).toEqual([
      { line: 4, code: "too-few-cells" },
      { line: 5, code: "too-many-cells" },
      { line: 6, code: "quotes-malformed" },
    ]);
  });

  it("say where a quotation opened that never closes", () => {
    expect(scanned('x;y\n1;2\n3;"4\n5;6\n', 4).unclosedQuote).toBe(3);
  });
});
