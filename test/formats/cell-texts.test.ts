import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellTexts } from "../../src/formats/cell-texts.ts";
import { numbersFrom } from "../pipelines/made-survey.ts";

const encoder = new TextEncoder();

describe("the texts of a column", () => {
  it("are numbered as they first come, whatever stands around them", () => {
    const text = fc.oneof(fc.stringMatching(/^[a-c]{0,3}$/), fc.string({ maxLength: 40, unit: "grapheme" }));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), (cells) => {
        const texts = cellTexts();
        const distinct = [...new Set(cells)];
        for (const cell of cells) {
          const bytes = encoder.encode(`x${cell}y`);
          expect(texts.indexOf(bytes, 1, bytes.length - 1)).toBe(distinct.indexOf(cell));
        }
        expect(distinct.map((_, index) => texts.text(index))).toEqual(distinct);
      }),
    );
  });

  it("stay apart where there are many, and one is longer than all before it", () => {
    const texts = cellTexts();
    const cells = [...Array.from({ length: 5000 }, (_, index) => `respondent-${index}`), "x".repeat(100_000), "z"];
    const read = () =>
      cells.map((cell) => {
        const bytes = encoder.encode(cell);
        return texts.indexOf(bytes, 0, bytes.length);
      });
    const places = cells.map((_, index) => index);
    expect(read()).toEqual(places);
    expect(read()).toEqual(places);
    expect(places.map(texts.text)).toEqual(cells);
  });

  it("stay apart where many are equally long, as pseudonyms are", () => {
    const texts = cellTexts();
    const draw = numbersFrom(11);
    const distinct = new Set(
      Array.from({ length: 300_000 }, () => `${draw(2 ** 30)}-${draw(2 ** 30)}`.padEnd(24, "x")),
    );
    const places = new Set([...distinct].map((cell) => texts.indexOf(encoder.encode(cell), 0, 24)));
    expect([places.size, [...places].at(-1)]).toEqual([distinct.size, distinct.size - 1]);
  });
});
