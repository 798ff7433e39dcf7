import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineEnds } from "../../src/formats/line-ends.ts";

const count = (text: string, chunk: number): number => {
  const bytes = new TextEncoder().encode(text);
  const lines = lineEnds();
  for (let start = 0; start < bytes.length; start += chunk) lines.add(bytes.subarray(start, start + chunk));
  return lines.count();
};

describe("physical lines", () => {
  it.each([
    ["", 0],
    ["a", 1],
    ["a\n", 1],
    ["a\nb", 2],
    ["a\r\nb\r\n", 2],
    ["a\rb\rc", 3],
    ["a\n\n", 2],
    ["\r\n", 1],
    ["\n\r", 2],
    ["a\r\r\nb", 3],
    ["æ\r\nø\n", 2],
  ])("of %j are counted", (text, lines) => {
    expect(count(text, 1000)).toBe(lines);
  });

  it("are as many wherever the text is cut", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a\r\n]{0,20}$/), fc.integer({ min: 1, max: 5 }), (text, chunk) => {
        const ended = text.split(/\r\n|\r|\n/);
        expect(count(text, chunk)).toBe(ended.length - Number(ended.at(-1) === ""));
      }),
    );
  });
});
