import { describe, expect, it } from "vitest";
import { codePage, decodeFixed } from "../../../src/formats/spss/code-page.ts";
import { isWithin, kindOfFormat, numberText } from "../../../src/formats/spss/times.ts";

describe("the code page of a system file", () => {
  it.each([
    [65001, "utf-8"],
    [1250, "windows-1250"],
    [1258, "windows-1258"],
    [28591, "iso-8859-1"],
    [28605, "iso-8859-15"],
    [437, "cp437"],
    [932, "cp932"],
    [1249, null],
    [1259, null],
    [28590, null],
    [28606, "iso-8859-16"],
    [28607, null],
    [400, null],
    [2, null],
    [null, null],
  ])("with the number %s is %s", (number, name) => {
    const { name: found, guessed } = codePage(null, number);
    expect([found, guessed]).toEqual([name ?? "windows-1252", name === null]);
  });

  it("is the one that is named, where there is one of this name, before its number", () => {
    const names = [" UTF-8 ", "ISO_8859-15", "hex", "utf16", "koi8-r"];
    expect(names.map((name) => [codePage(name, 1250).name, codePage(name, null).guessed])).toEqual([
      ["utf-8", false],
      ["iso_8859-15", false],
      ["windows-1250", true],
      ["windows-1250", true],
      ["koi8-r", false],
    ]);
  });

  it("has a table by byte where every byte is a character", () => {
    expect([codePage("utf8", null).table, codePage("shift_jis", null).table]).toEqual([null, null]);
    const { table } = codePage("windows-1252", null);
    expect([table!.length, Buffer.from(table![0xf8]!).toString()]).toEqual([256, "ø"]);
  });

  it("decodes a string without its padding and without half a character at its end", () => {
    const page = codePage("utf-8", null);
    const read = (text: string | Buffer) => decodeFixed(page, Buffer.from(text));
    expect([read("ja  \0 "), read("  ja"), read(" \0"), read(""), read("a\0b")]).toEqual([
      "ja",
      "  ja",
      "",
      "",
      "a\0b",
    ]);
    expect(read(Buffer.from("aæ").subarray(0, 2))).toBe("a");
    expect(read("\ufeffa")).toBe("\ufeffa");
  });
});

describe("the numbers of a system file", () => {
  const day = 86_400;
  it.each([
    ["date", day, "1582-10-15"],
    ["date", day - 1, null],
    ["datetime", day, "1582-10-15T00:00:00"],
    ["datetime", day - 0.0004, "1582-10-15T00:00:00"],
    ["datetime", day - 0.0006, null],
    ["date", 2 * day - 0.001, "1582-10-15"],
    ["time", 59.9994, "00:00:59.999"],
    ["time", -3600, "-01:00:00"],
    ["number", 1e21, "1e+21"],
  ] as const)("as a %s say of %d: %s", (kind, value, text) => {
    expect(numberText(kind, value)).toBe(text);
  });

  it("are missing within a range, both ends included", () => {
    const ranges = [
      { low: 5, high: 7 },
      { low: 9, high: 9 },
    ];
    expect([4.9, 5, 7, 7.1, 9].map((value) => isWithin(ranges, value))).toEqual([false, true, true, false, true]);
  });

  it("are read by the code of their format", () => {
    const codes = {
      date: [20, 23, 24, 28, 29, 30, 38, 39],
      time: [21, 25, 40],
      datetime: [22, 41],
      number: [5, 26, 27],
    };
    for (const [kind, list] of Object.entries(codes)) expect(list.map(kindOfFormat)).toEqual(list.map(() => kind));
  });
});
