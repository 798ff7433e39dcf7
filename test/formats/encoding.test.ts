import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { findEncoding, toUtf8 } from "../../src/formats/encoding.ts";
import type { Encoding } from "../../src/study/study.ts";

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
const utf8 = (text: string): Buffer => Buffer.from(text);
const latin = (text: string): Buffer => iconv.encode(text, "windows-1252");
const found = async (bytes: Uint8Array, given: Encoding | null = null, size = 1 << 20) => {
  const finding = await findEncoding(() => chunks(bytes, size), given);
  return finding.encoding === null
    ? ["binary", finding.line]
    : [finding.encoding, ...finding.alarms.map(({ alarm, line }) => `${alarm} ${line}`)];
};
const textOf = async (bytes: Uint8Array, given: Encoding | null = null, size = 1 << 20) => {
  const { encoding } = await findEncoding(() => chunks(bytes, size), given);
  const parts: Uint8Array[] = [];
  for await (const part of toUtf8(chunks(bytes, size), encoding!)) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
};

const text = "leder;by\nL1;Århus\nL2;Rønne – øst\n";
const doubled = (letters: string): Buffer => utf8(iconv.decode(utf8(letters), "windows-1252"));

describe("the encoding of a file", () => {
  it.each([
    ["utf-8", utf8(text)],
    ["utf-8", utf8(`\uFEFF${text}`)],
    ["utf-8", utf8(`\uFEFF\uFEFF${text}`)],
    ["windows-1252", latin(text)],
    ["utf-16le", iconv.encode(text, "utf-16le", { addBOM: true })],
    ["utf-16be", iconv.encode(text, "utf-16be", { addBOM: true })],
  ] as const)("is %s, and its letters are kept", async (encoding, bytes) => {
    expect(await found(bytes)).toEqual([encoding]);
    expect(await textOf(bytes)).toBe(text);
  });

  it.each(["utf-16le", "utf-16be"] as const)("is %s without a mark, which is said", async (encoding) => {
    const bytes = iconv.encode(text, encoding, { addBOM: false });
    expect(await found(bytes)).toEqual([encoding, "mark-missing 1"]);
    expect(await textOf(bytes)).toBe(text);
    expect(await found(bytes, encoding)).toEqual([encoding]);
  });

  it.each(["utf-16le", "utf-16be"] as const)(
    "is %s without a mark where most letters are Western",
    async (encoding) => {
      const of = (letters: string) => found(iconv.encode(letters, encoding, { addBOM: false }));
      expect(await of("abcdefghŁŁ")).toEqual([encoding, "mark-missing 1"]);
      expect(await of("abcdefgŁŁŁ")).toEqual(["binary", 1]);
      expect(await of("ab")).toEqual([encoding, "mark-missing 1"]);
      expect(await of("a")).toEqual(["binary", 1]);
      expect(await of("abcdefghi\0")).toEqual(["binary", 1]);
    },
  );

  it("keeps a first letter whose bytes begin as a mark of UTF-8 does", async () => {
    for (const first of ["ａ", "\uFF40", "＿", "ﻻ"])
      expect(await textOf(utf8(`${first}\uFEFF;by\n`))).toBe(`${first}\uFEFF;by\n`);
  });

  it("does not depend on where the file is cut", async () => {
    const encodings = fc.constantFrom("utf-8", "windows-1252", "utf-16le", "utf-16be");
    await fc.assert(
      fc.asyncProperty(encodings, fc.integer({ min: 3, max: 20 }), async (encoding, size) => {
        const bytes = iconv.encode(text, encoding, { addBOM: encoding.startsWith("utf-16") });
        expect(await textOf(bytes, null, size)).toBe(text);
      }),
    );
  });

  it("is that of each line where two are mixed, with the first line that differs", async () => {
    const bytes = Buffer.concat([utf8("by\nÅrhus\n"), latin("Rønne – øst\n"), utf8("Ærø\n")]);
    expect(await found(bytes)).toEqual(["mixed", "encodings-mixed 3"]);
    expect(await textOf(bytes, null, 5)).toBe("by\nÅrhus\nRønne – øst\nÆrø\n");
  });

  it("is that of each line whatever ends the lines", async () => {
    const bytes = Buffer.concat([utf8("by\rÅrhus\r"), latin("Rønne – øst\r"), utf8("Ærø\r")]);
    expect(await found(bytes)).toEqual(["mixed", "encodings-mixed 3"]);
    expect(await textOf(bytes)).toBe("by\rÅrhus\rRønne – øst\rÆrø\r");
    const both = Buffer.concat([utf8("by\r\nÅrhus\r\n\r\n"), latin("Rønne – øst\r\n")]);
    for (let size = 1; size < 12; size += 1)
      expect(await found(both, null, size)).toEqual(["mixed", "encodings-mixed 4"]);
  });

  it("is none where a NUL byte stands, with its line", async () => {
    expect(await found(utf8("id;q1\nr1;3\nr2;\0\n"))).toEqual(["binary", 3]);
  });
});

describe("letters that were damaged before", () => {
  it.each([
    ["letters-lost 2", utf8("by\nK\uFFFDge\n\uFFFD\n")],
    ["letters-doubled 3", Buffer.concat([utf8("by\nKøge\n"), doubled("Rønne\n")])],
    ["letters-doubled 2", Buffer.concat([utf8("by\n"), doubled("nej – ja\n")])],
  ])("are said to be %s", async (alarm, bytes) => {
    expect(await found(bytes)).toEqual(["utf-8", alarm]);
  });

  it("are not seen where letters only look so", async () => {
    expect(await found(utf8("by\nSÃO PAULO\n€ 5\n"))).toEqual(["utf-8"]);
  });

  it("are told by a byte that Windows-1252 does not have", async () => {
    expect(await found(Buffer.concat([latin("by\nKøge\n"), Buffer.from([0x81, 10])]))).toEqual([
      "windows-1252",
      "bytes-undefined 3",
    ]);
  });

  it.each([
    ["Køge", utf8("by\nKøge\n"), "utf-8", ["utf-8"]],
    ["Køge", latin("by\nKøge\n"), "utf-8", ["mixed", "encodings-mixed 2"]],
    ["Køge", latin("by\nKøge\n"), "windows-1252", ["windows-1252"]],
    ["KÃ¸ge", utf8("by\nKøge\n"), "windows-1252", ["windows-1252", "letters-doubled 2"]],
  ] as const)(
    "are told where the study gives an encoding that the file is not in: %s",
    async (by, bytes, given, finding) => {
      expect(await found(bytes, given)).toEqual(finding);
      expect(await textOf(bytes, given)).toBe(`by\n${by}\n`);
    },
  );
});
