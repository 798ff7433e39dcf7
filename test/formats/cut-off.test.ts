import { describe, expect, it } from "vitest";
import { cutOffLine, endsInCharacter } from "../../src/formats/cut-off.ts";
import type { ScanEnd } from "../../src/formats/records.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the end of a text in UTF-8", () => {
  it.each(["a", "æ", "€", "🙂"])("is whole with %s, and in the middle of it wherever it is cut", (character) => {
    for (const before of ["", "x", "ø"]) {
      const bytes = utf8(before + character);
      const start = utf8(before).length;
      expect(endsInCharacter(bytes)).toBe(false);
      for (let end = start + 1; end < bytes.length; end += 1)
        expect([character, end, endsInCharacter(bytes.subarray(0, end))]).toEqual([character, end, true]);
    }
  });

  it("is whole where there is nothing, or nothing that begins a character", () => {
    expect(endsInCharacter(new Uint8Array())).toBe(false);
    expect(endsInCharacter(Uint8Array.from([0x80, 0x80]))).toBe(false);
  });
});

describe("the line in which a text is cut off", () => {
  const ended = (end: Partial<ScanEnd>): ScanEnd => ({
    ...{ records: 101, lines: 102, trailing: 0, swallowed: [], strayQuotes: [], tooLong: null, emptyEnds: 0 },
    unended: { line: 102, code: null, emptyEnd: false },
    ...end,
  });
  const last = (code: "too-few-cells" | "too-many-cells" | "record-malformed" | null, emptyEnd = false) => ({
    unended: { line: 102, code, emptyEnd },
  });
  const line = (end: Partial<ScanEnd>, strayQuotes: readonly number[] = []) =>
    cutOffLine(ended(end), new Set(strayQuotes));

  it("is that of a last record without a line end that lacks cells or cannot be read", () => {
    expect([line(last("too-few-cells")), line(last("record-malformed"))]).toEqual([102, 102]);
    expect([line(last(null)), line(last("too-many-cells")), line({ unended: null })]).toEqual([null, null, null]);
  });

  it("is that of one in which a quotation opens and does not close", () => {
    expect([line({}, [3, 102]), line({}, [3, 101]), line({ unended: null }, [102])]).toEqual([102, null, null]);
  });

  it("is that of one whose last cell is empty as hardly another is, in a file long enough to tell", () => {
    expect(line({ ...last(null, true), emptyEnds: 4 })).toBe(102);
    expect(line({ ...last(null, true), emptyEnds: 5 })).toBeNull();
    expect(line({ ...last(null, true), records: 21 })).toBe(102);
    expect(line({ ...last(null, true), records: 20 })).toBeNull();
    expect(line(last(null, false))).toBeNull();
  });
});
