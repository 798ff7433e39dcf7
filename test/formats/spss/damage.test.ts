import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteWriter, type MadeFile, writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { type Problem, Refusal } from "../../../src/errors.ts";
import { explain } from "../../../src/explain/explain.ts";
import { readAll } from "./read.ts";

const bytesOf = (text: string): Buffer => Buffer.from(text);
const compressions = ["none", "codes", "blocks"] as const;

/** One of everything, and small. */
const survey = (little: boolean): MadeFile => {
  const { int } = byteWriter(little, "utf-8");
  const counted = (text: string): Buffer => Buffer.concat([int(text.length), bytesOf(text)]);
  return {
    little,
    blockSize: 64,
    variables: [
      { name: "ID", width: 10, label: "Nr." },
      { name: "Q1", longName: "vision_1", missing: { count: -3, values: [8, 9, 99] } },
      { name: "T", width: 255 },
      { name: "T1", width: 4 },
      { name: "D", format: 20 },
    ],
    labels: [{ values: [[1, "Enig"]], slots: [3] }],
    extensions: [
      { subtype: 14, bytes: bytesOf("T=00256\0\t") },
      { subtype: 21, bytes: Buffer.concat([counted("ID"), int(10), int(1), counted("a         "), counted("A")]) },
      { subtype: 22, bytes: Buffer.concat([counted("ID"), Buffer.from([1]), int(8), bytesOf("x       ")]) },
    ],
    cases: [
      ["a", 1, "tekst", "", 13_928_544_000],
      ["b", 2.5, "", "", null],
      ["c", 9, "æ", "", 0],
    ],
  };
};
const files = compressions.flatMap((compression) =>
  [true, false].map((little) => ({
    name: `${compression}, little end first: ${little}`,
    bytes: writeSystemFile({ ...survey(little), compression }),
  })),
);

/** The problem of a refusal; null where the file was read, and then it must be whole. */
const problemOf = async (bytes: Uint8Array): Promise<Problem | null> => {
  try {
    const { cases, columns, rows, rest } = await readAll(bytes);
    expect(rest).toBe("");
    if (cases !== null) expect(rows.length).toBe(cases);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.problems[0]!;
  }
};

const refusal = async (bytes: Uint8Array): Promise<string | null> => {
  const problem = await problemOf(bytes);
  return problem?.code === "file-damaged" ? problem.cause : (problem?.code ?? null);
};

/** The record that a refusal names: its kind, which of them, and where it begins. */
const recordOf = async (bytes: Uint8Array): Promise<string> => {
  const problem = await problemOf(bytes);
  if (problem?.code !== "file-damaged") return `${problem?.code}`;
  const { kind, number, byte } = problem.record!;
  return [kind, number ?? "", byte === undefined ? "" : `@${byte}`].filter((part) => part !== "").join(" ");
};

describe("a damaged system file", () => {
  it.each(files)("is refused wherever it ends ($name)", async ({ bytes }) => {
    expect(await refusal(bytes)).toBeNull();
    const causes = new Set<string | null>();
    for (let length = 0; length < bytes.length; length += 1) causes.add(await refusal(bytes.subarray(0, length)));
    const known = ["spss-header", "spss-dictionary-cut", "truncated", "spss-case-count"];
    expect(known).toEqual(expect.arrayContaining([...causes]));
  });

  it.each(files)("is refused or whole whichever byte of it is another ($name)", async ({ bytes }) => {
    const masks = [0x01, 0x80, 0xff];
    let refused = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const other = Buffer.from(bytes);
      other[at]! ^= masks[at % 3]!;
      if ((await refusal(other)) !== null) refused += 1;
    }
    expect(refused).toBeGreaterThan(100);
  });

  it.each(files)("is refused or whole whatever is written over it ($name)", async ({ bytes }) => {
    const word = fc.constantFrom(0, 1, 2, 3, 4, 7, 999, -1, 0x7fffffff, -0x80000000, 255, 256, 0x00ff_ffff);
    const change = fc.tuple(fc.nat(bytes.length - 4), word);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const other = Buffer.from(bytes);
        for (const [at, value] of changes) other.writeInt32LE(value, at);
        await refusal(other);
      }),
      { numRuns: 200 },
    );
  });

  it("is refused for another number of cases than its header says", async () => {
    for (const compression of compressions)
      for (const declaredCases of [0, 1, 2, 4, 1_000_000])
        expect(await refusal(writeSystemFile({ ...survey(true), compression, declaredCases }))).toBe("spss-case-count");
  });

  it("is refused where cases follow the mark of the end and the header does not know their number", async () => {
    const made: MadeFile = { ...survey(true), compression: "codes", declaredCases: -1 };
    const whole = writeSystemFile(made);
    const twice = Buffer.concat([whole, whole.subarray(-24)]);
    expect(await refusal(whole)).toBeNull();
    expect(await refusal(twice)).toBe("spss-case-count");
  });

  const { int } = byteWriter(true, "utf-8");
  const plain = writeSystemFile(survey(true));
  const changed = (at: number, value: number, bytes = plain): Buffer => {
    const other = Buffer.from(bytes);
    other.writeInt32LE(value, at);
    return other;
  };
  const replaced = (from: Buffer, to: Buffer, bytes = plain): Buffer => {
    const at = bytes.indexOf(from);
    expect(at).toBeGreaterThan(0);
    return Buffer.concat([bytes.subarray(0, at), to, bytes.subarray(at + from.length)]);
  };
  const ints = (...values: number[]): Buffer => Buffer.concat(values.map(int));
  const huge = 0x7fffffff;
  const labelsAt = plain.indexOf(ints(3, 1));

  const at = (part: Buffer): number => plain.indexOf(part);
  it.each([
    ["an unknown order of bytes", changed(64, 5), "spss-header", "header"],
    ["an unknown compression", changed(72, 3), "spss-header", "header"],
    ["less than no cases", changed(80, -2), "spss-header", "header"],
    ["numbers of a foreign kind", changed(84, 12345), "spss-header", "header"],
    ["a string wider than any", changed(180, 300), "spss-count", "variable 1 @176"],
    ["a string narrower than its records", changed(180, 8), "spss-dictionary", "variable 2 @216"],
    ["a variable's label longer than the file", changed(208, 0x00ff_ffff), "spss-dictionary-cut", "variable 1 @176"],
    ["a variable's label longer than memory", changed(208, huge), "spss-count", "variable 1 @176"],
    ["a variable's label of less than nothing", changed(208, -1), "spss-count", "variable 1 @176"],
    ["more missing values than there can be", changed(188, 4), "spss-count", "variable 1 @176"],
    [
      "labels without number",
      replaced(ints(3, 1), ints(3, huge)),
      "spss-dictionary-cut",
      `value-labels 1 @${labelsAt}`,
    ],
    ["less than no labels", replaced(ints(3, 1), ints(3, -1)), "spss-count", `value-labels 1 @${labelsAt}`],
    [
      "labels that no variables follow",
      replaced(ints(4, 1, 3), ints(5, 1, 3)),
      "spss-record-type",
      `value-labels 1 @${labelsAt}`,
    ],
    ["labels of no variable", replaced(ints(4, 1, 3), ints(4, 0)), "spss-count", `value-labels 1 @${labelsAt}`],
    [
      "labels of a variable that is none",
      replaced(ints(4, 1, 3), ints(4, 1, 2)),
      "spss-dictionary",
      `value-labels 1 @${labelsAt}`,
    ],
    [
      "labels of numbers and strings at once",
      replaced(ints(4, 1, 3), ints(4, 2, 3, 1)),
      "spss-dictionary",
      `value-labels 1 @${labelsAt}`,
    ],
    [
      "labels of variables without number",
      replaced(ints(4, 1, 3), ints(4, huge, 3)),
      "spss-dictionary-cut",
      `value-labels 1 @${labelsAt}`,
    ],
    [
      "a document of less than nothing",
      replaced(ints(6, 1), ints(6, -1)),
      "spss-count",
      `documents @${at(ints(6, 1))}`,
    ],
    [
      "a document longer than the file",
      replaced(ints(6, 1), ints(6, huge)),
      "spss-dictionary-cut",
      `documents @${at(ints(6, 1))}`,
    ],
    [
      "integers of another size",
      replaced(ints(7, 3, 4, 8), ints(7, 3, 8, 4)),
      "spss-count",
      `integers @${at(ints(7, 3, 4))}`,
    ],
    [
      "fewer special numbers than there are",
      replaced(ints(7, 4, 8, 3), ints(7, 4, 8, 2)),
      "spss-count",
      `special-numbers @${at(ints(7, 4, 8))}`,
    ],
    [
      "a known record larger than memory",
      replaced(ints(7, 13, 1), ints(7, 13, huge)),
      "spss-count",
      `long-names @${at(ints(7, 13, 1))}`,
    ],
    [
      "very long strings of no width",
      replaced(bytesOf("T=00256"), bytesOf("T=0x256")),
      "spss-count",
      `very-long-strings @${at(ints(7, 14, 1))}`,
    ],
    [
      "very long strings of no name",
      replaced(bytesOf("T=00256"), bytesOf("T:00256")),
      "spss-count",
      `very-long-strings @${at(ints(7, 14, 1))}`,
    ],
    [
      "a string of more parts than follow",
      replaced(bytesOf("T=00256"), bytesOf("T=32767")),
      "spss-dictionary",
      `very-long-strings @${at(ints(7, 14, 1))}`,
    ],
    [
      "a long label that is none",
      replaced(ints(10, 1, 10), ints(10, huge, 10)),
      "spss-count",
      `long-string-labels @${at(ints(7, 21, 1))}`,
    ],
    [
      "long strings' missing values of no length",
      replaced(Buffer.concat([Buffer.from([1]), ints(8)]), Buffer.concat([Buffer.from([1]), ints(-8)])),
      "spss-count",
      `long-string-missing @${at(ints(7, 22, 1))}`,
    ],
    [
      "an unknown record larger than the file",
      replaced(ints(7, 99, 4, 3), ints(7, 99, huge, huge)),
      "spss-dictionary-cut",
      `extension @${at(ints(7, 99, 4))}`,
    ],
    [
      "a record of less than nothing",
      replaced(ints(7, 99, 4), ints(7, 99, -4)),
      "spss-count",
      `extension @${at(ints(7, 99, 4))}`,
    ],
    [
      "an encoding that is no name",
      replaced(bytesOf("UTF-8"), bytesOf("UTF\u0001-")),
      "spss-dictionary",
      `encoding @${at(ints(7, 20, 1))}`,
    ],
    [
      "a record of an unknown type",
      replaced(ints(6, 1), ints(5, 1)),
      "spss-record-type",
      `dictionary @${at(ints(6, 1))}`,
    ],
    [
      "no variables",
      replaced(plain.subarray(176, labelsAt), Buffer.alloc(0)),
      "spss-dictionary",
      `dictionary @${at(ints(999, 0)) - labelsAt + 176}`,
    ],
    ["half a case more", Buffer.concat([plain, Buffer.alloc(8)]), "spss-case-count", "case 4"],
    ["half a number more", Buffer.concat([plain, Buffer.alloc(4)]), "truncated", "case 4"],
    ["half a case less", plain.subarray(0, -8), "truncated", "case 3"],
  ])("is refused for %s", async (_, bytes, cause, record) => {
    expect([await refusal(bytes), await recordOf(bytes)]).toEqual([cause, record]);
  });

  it("names the record in which it ends, wherever that is", async () => {
    const records = [
      [176, "variable 1"],
      [labelsAt, "value-labels 1"],
      [at(ints(6, 1)), "documents"],
      [at(ints(7, 3, 4)), "integers"],
      [at(ints(7, 4, 8)), "special-numbers"],
      [at(ints(7, 13, 1)), "long-names"],
      [at(ints(7, 14, 1)), "very-long-strings"],
      [at(ints(7, 21, 1)), "long-string-labels"],
      [at(ints(7, 22, 1)), "long-string-missing"],
      [at(ints(7, 99, 4)), "extension"],
      [at(ints(7, 20, 1)), "encoding"],
    ] as const;
    for (const [start, name] of records)
      for (const length of [start + 8, start + 15]) {
        const found = await recordOf(plain.subarray(0, length));
        const isNamed = found === `${name} @${start}`;
        expect(isNamed ? name : found).toBe(name);
      }
  });

  it.each([
    ["is too narrow", [10, 4]],
    ["has a number for a part", [255, 0]],
    ["has a part of another width", [255, 20]],
    ["lacks a part", [255]],
  ])("is refused where a very long string %s", async (_, widths) => {
    const variables = widths.map((width, k) => ({ name: `T${k}`, width }));
    const extensions = [{ subtype: 14, bytes: bytesOf("T0=00256\0\t") }];
    expect(await refusal(writeSystemFile({ variables, extensions, cases: [] }))).toBe("spss-dictionary");
  });

  it.each([
    ["a range with one end", { name: "Q", missing: { count: -1, values: [1] } }, "spss-count"],
    ["a range of strings", { name: "T", width: 8, missing: { count: -2, values: ["a", "b"] } }, "spss-dictionary"],
  ])("is refused where %s is missing", async (_, variable, cause) => {
    expect(await refusal(writeSystemFile({ variables: [variable], cases: [] }))).toBe(cause);
  });

  it("is refused where a long string has more missing values than there can be", async () => {
    const bytes = Buffer.concat([int(1), bytesOf("T"), Buffer.from([4]), int(1), bytesOf("wxyz")]);
    const variables = [{ name: "T", width: 9 }];
    expect(await refusal(writeSystemFile({ variables, extensions: [{ subtype: 22, bytes }], cases: [] }))).toBe(
      "spss-count",
    );
  });

  it("is refused where it ends within a string's records, or has no variables", async () => {
    const file = writeSystemFile({ variables: [{ name: "T", width: 16 }], cases: [] });
    const documents = file.indexOf(ints(6, 1));
    for (const end of [176, documents - 32])
      expect(await refusal(Buffer.concat([file.subarray(0, end), file.subarray(documents)]))).toBe("spss-dictionary");
  });

  it("is refused where strings stand as numbers, or numbers as strings", async () => {
    const variables = [{ name: "Q" }, { name: "T", width: 8 }];
    const bytes = writeSystemFile({ variables, compression: "codes", cases: [[5, ""]] });
    const codes = (...first: number[]) =>
      Buffer.concat([bytes.subarray(0, -8), Buffer.from([...first, 252, 0, 0, 0, 0, 0])]);
    expect(await refusal(codes(105, 254))).toBeNull();
    expect(await refusal(codes(254, 254))).toBe("spss-cases");
    expect(await recordOf(codes(105, 105))).toBe("case 1");
    expect(await refusal(codes(105, 105))).toBe("spss-cases");
    expect(await refusal(codes(105, 255))).toBe("spss-cases");
  });

  it("has its cause said in both languages", () => {
    for (const cause of [
      "spss-header",
      "spss-dictionary-cut",
      "spss-dictionary",
      "spss-count",
      "spss-record-type",
      "spss-case-count",
      "spss-cases",
      "spss-blocks",
    ]) {
      const place = { file: "svar.sav" };
      const [da, en] = (["da", "en"] as const).map(
        (language) => explain({ code: "file-damaged", place, format: "spss", cause }, language).message,
      );
      expect([da, en].filter((message) => message!.includes(cause))).toEqual([]);
      expect(da).not.toBe(en);
    }
  });

  it("has its record said in both languages", () => {
    const record = { kind: "variable", number: 3, byte: 208 } as const;
    const problem = {
      code: "file-damaged",
      place: { file: "svar.sav" },
      format: "spss",
      cause: "spss-count",
      record,
    } as const;
    expect((["da", "en"] as const).map((language) => explain(problem, language).message)).toEqual([
      "Filen er ikke hel (spss): et antal eller en længde kan ikke være rigtig (posten om variabel nr. 3, fra byte 208).",
      "The file is damaged (spss): a count or a length cannot be right (the record of variable 3, from byte 208).",
    ]);
  });
});
