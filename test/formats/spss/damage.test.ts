import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteWriter, type MadeFile, writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { Refusal } from "../../../src/errors.ts";
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

/** The causes of a refusal; null where the file was read, and then it must be whole. */
const refusal = async (bytes: Uint8Array): Promise<string | null> => {
  try {
    const { cases, columns, rows, rest } = await readAll(bytes);
    expect(rest).toBe("");
    if (cases !== null) expect(rows.length).toBe(cases);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [problem] = error.problems;
    return problem!.code === "file-damaged" ? problem!.cause : problem!.code;
  }
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

  it.each([
    ["an unknown order of bytes", changed(64, 5), "spss-header"],
    ["an unknown compression", changed(72, 3), "spss-header"],
    ["less than no cases", changed(80, -2), "spss-header"],
    ["numbers of a foreign kind", changed(84, 12345), "spss-header"],
    ["a string wider than any", changed(180, 300), "spss-dictionary"],
    ["a string narrower than its records", changed(180, 8), "spss-dictionary"],
    ["a variable's label longer than the file", changed(208, 0x00ff_ffff), "spss-dictionary-cut"],
    ["a variable's label longer than memory", changed(208, huge), "limit-exceeded"],
    ["a variable's label of less than nothing", changed(208, -1), "spss-dictionary"],
    ["more missing values than there can be", changed(188, 4), "spss-dictionary"],
    ["labels without number", replaced(ints(3, 1), ints(3, huge)), "spss-dictionary-cut"],
    ["less than no labels", replaced(ints(3, 1), ints(3, -1)), "spss-dictionary"],
    ["labels of no variable", replaced(ints(4, 1, 3), ints(4, 0)), "spss-dictionary"],
    ["labels of a variable that is none", replaced(ints(4, 1, 3), ints(4, 1, 2)), "spss-dictionary"],
    ["labels of numbers and strings at once", replaced(ints(4, 1, 3), ints(4, 2, 3, 1)), "spss-dictionary"],
    ["labels of variables without number", replaced(ints(4, 1, 3), ints(4, huge, 3)), "spss-dictionary-cut"],
    ["a document of less than nothing", replaced(ints(6, 1), ints(6, -1)), "spss-dictionary"],
    ["a document longer than the file", replaced(ints(6, 1), ints(6, huge)), "spss-dictionary-cut"],
    ["a known record larger than memory", replaced(ints(7, 13, 1), ints(7, 13, huge)), "limit-exceeded"],
    [
      "an unknown record larger than the file",
      replaced(ints(7, 99, 4, 3), ints(7, 99, huge, huge)),
      "spss-dictionary-cut",
    ],
    ["a record of less than nothing", replaced(ints(7, 99, 4), ints(7, 99, -4)), "spss-dictionary"],
    ["a record of an unknown type", replaced(ints(6, 1), ints(5, 1)), "spss-dictionary"],
    ["a string of more parts than follow", replaced(bytesOf("T=00256"), bytesOf("T=32767")), "spss-dictionary"],
    ["a long label that is none", replaced(ints(10, 1, 10), ints(10, huge, 10)), "spss-dictionary"],
    ["no variables", replaced(plain.subarray(176, plain.indexOf(ints(3, 1))), Buffer.alloc(0)), "spss-dictionary"],
    ["half a case more", Buffer.concat([plain, Buffer.alloc(8)]), "spss-case-count"],
    ["half a number more", Buffer.concat([plain, Buffer.alloc(4)]), "truncated"],
  ])("is refused for %s", async (_, bytes, cause) => {
    expect(await refusal(bytes)).toBe(cause);
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
    ["a range with one end", { name: "Q", missing: { count: -1, values: [1] } }],
    ["a range of strings", { name: "T", width: 8, missing: { count: -2, values: ["a", "b"] } }],
  ])("is refused where %s is missing", async (_, variable) => {
    expect(await refusal(writeSystemFile({ variables: [variable], cases: [] }))).toBe("spss-dictionary");
  });

  it("is refused where a long string has more missing values than there can be", async () => {
    const bytes = Buffer.concat([int(1), bytesOf("T"), Buffer.from([4]), int(1), bytesOf("wxyz")]);
    const variables = [{ name: "T", width: 9 }];
    expect(await refusal(writeSystemFile({ variables, extensions: [{ subtype: 22, bytes }], cases: [] }))).toBe(
      "spss-dictionary",
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
    expect(await refusal(codes(105, 105))).toBe("spss-cases");
    expect(await refusal(codes(105, 255))).toBe("spss-cases");
  });

  it("has its cause said in both languages", () => {
    for (const cause of [
      "spss-header",
      "spss-dictionary-cut",
      "spss-dictionary",
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
});
