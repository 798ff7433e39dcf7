import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../src/errors.ts";
import { malformedRecord } from "../../src/formats/delivered.ts";
import { examineJsonLines, isJsonLines, jsonLineRecords } from "../../src/formats/json-lines.ts";

const file = "svar.jsonl";
async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (text: string | Uint8Array, size = 7) => {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const found = await examineJsonLines(file, chunksOf(bytes, size));
  const parts: Uint8Array[] = [];
  for await (const piece of jsonLineRecords(file, chunksOf(bytes, size), found.columns)) parts.push(piece);
  const lines = Buffer.concat(parts).toString("utf8").split("\n").slice(0, -1);
  return {
    ...found,
    names: found.columns.map(({ name }) => name),
    lines: lines.map((line) => (line === "" ? [] : line.split("\x1f"))),
  };
};

/** What a value is as the text of a cell. */
const cellOf = (value: unknown): string => {
  if (value === null) return "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters become spaces.
  return typeof value === "string" ? value.replace(/[\0-\x08\n-\x1f\x7f]/g, " ") : JSON.stringify(value);
};

const bad = malformedRecord;

describe("JSON lines", () => {
  it("have the columns of all objects, in the order in which they come", async () => {
    const { names, lines, records } = await read('{"id":"a","q1":1}\r\n{"q2":2,"id":"b"}\n{}');
    expect(names).toEqual(["id", "q1", "q2"]);
    expect(lines).toEqual([
      ["a", "1", ""],
      ["b", "", "2"],
      ["", "", ""],
    ]);
    expect(records).toBe(3);
  });

  it("keep numbers as they are written, and say nothing for null", async () => {
    const { lines } = await read(
      '{"a":1001234567890123456,"b":1.50,"c":-1e3,"d":null,"e":true,"f":false,"g":"6","h":""}',
    );
    expect(lines).toEqual([["1001234567890123456", "1.50", "-1e3", "", "true", "false", "6", ""]]);
  });

  it("hold any text, on one line", async () => {
    const { names, lines } = await read('{"a\\n b":"x\\ny\\u001fz","__proto__":"\\"{[,:]}\\\\","æ":"\\u00e6ø"}');
    expect(names).toEqual(["a  b", "__proto__", "æ"]);
    expect(lines).toEqual([["x y z", '"{[,:]}\\', "æø"]]);
  });

  it("say which columns hold more than one value", async () => {
    const { names, nested, lines } = await read('{"a":[1,{"b":2}],"c":3}\n{"a":1,"d":{"e":"}"},"c":4}\n{"f":[]}');
    expect(names).toEqual(["a", "c", "d", "f"]);
    expect(nested).toEqual(["a", "d", "f"]);
    expect(lines.map((line) => line[1])).toEqual(["3", "4", ""]);
    expect(lines[1]![0]).toBe("1");
  });

  it("lose a line that is no object, and keep the numbers of the others", async () => {
    const text = '{"a":1}\n\n{"a":2\n[3]\n4\nnull\n{"a":5,"a":6}\n{"x":1,}\n  {"a":7}  \n{"a":8,"a":[9]}\n';
    const { lines, rejected, records, names } = await read(text);
    expect(names).toEqual(["a"]);
    expect(lines).toEqual([["1"], [], [bad], [bad], [bad], [bad], [bad], [bad], ["7"], [bad]]);
    expect(rejected.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 10]);
    expect(records).toBe(9);
  });

  it("lose a line that is not UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xe6]), Buffer.from('"}\n{"a":"b"}')]);
    const { lines, rejected } = await read(bytes);
    expect([lines, rejected]).toEqual([[[bad], ["b"]], [{ line: 1 }]]);
  });

  it("lose a line that is nested endlessly", async () => {
    const { rejected } = await read(`{"a":${"[".repeat(100_000)}\n{"a":1}`, 1 << 16);
    expect(rejected).toEqual([{ line: 1 }]);
  });

  it("say the same wherever they are cut", async () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
    const objects = fc.array(fc.dictionary(fc.constantFrom("a", "b", "c", "æ"), value), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(objects, fc.integer({ min: 1, max: 30 }), async (rows, size) => {
        const { names, lines, rejected } = await read(rows.map((row) => JSON.stringify(row)).join("\n"), size);
        expect(rejected).toEqual([]);
        const cells = rows.map((row) => names.map((name) => cellOf(Object.hasOwn(row, name) ? row[name] : null)));
        const blank = (row: readonly string[]): boolean => row.length === 1 && row[0] === "";
        expect(lines).toEqual(cells.map((row) => (row.length === 0 || blank(row) ? [] : row)));
      }),
    );
  });

  it("are refused where a line or the number of columns is beyond what is read", async () => {
    const problemOf = async (text: string) => {
      const error = await read(text, 1 << 16).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Refusal);
      return (error as Refusal).problems[0];
    };
    const long = `{"a":1}\n{"a":"${"x".repeat(1 << 20)}"}`;
    expect(await problemOf(long)).toMatchObject({ code: "line-too-long", place: { file, line: 2 } });
    const wide = `{"a":1}\n{${Array.from({ length: 2000 }, (_, k) => `"q${k}":1`).join(",")}}`;
    expect(await problemOf(wide)).toMatchObject({ code: "limit-exceeded", place: { line: 2 }, what: "columns" });
  });

  it.each([
    ['{"id":1}', true],
    ['\uFEFF\n  { "id": 1 }', true],
    ["{}", true],
    ['{"id":1,', true],
    ["{\n", false],
    ["[{}]", false],
    ["id;q1", false],
    ["{id};q1", false],
    ["", false],
  ])("are told by their start: %j", (text, expected) => {
    expect(isJsonLines(Buffer.from(text))).toBe(expected);
  });
});
