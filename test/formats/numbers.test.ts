import { describe, expect, it } from "vitest";
import { isDate, markOf, numberIn } from "../../src/formats/numbers.ts";

describe("a number", () => {
  it.each([
    // text, read with a point, read with a comma
    ["5", 5, 5],
    ["-1.5", -1.5, null],
    ["+2,5", null, 2.5],
    ["6.0", 6, null],
    ["3e0", 3, 3],
    ["1,5E2", null, 150],
    [".5", 0.5, null],
    ["5,", null, 5],
    ["1.200", 1.2, 1200],
    ["1,200", 1200, 1.2],
    ["31.250", 31.25, 31_250],
    ["1.000.000", null, 1_000_000],
    ["1,000,000.5", 1_000_000.5, null],
    ["35.500,5", null, 35_500.5],
    ["1 200", 1200, 1200],
    ["1 200,5", null, 1200.5],
    ["900,5", null, 900.5],
    ["0.125", 0.125, null],
    ["1.20.000", null, null],
    ["12,00", null, 12],
    ["1200.000", 1200, null],
  ])("%s has one reading by each mark", (text, point, comma) => {
    expect([numberIn(text, "."), numberIn(text, ",")]).toEqual([point, comma]);
  });

  it.each(["", " ", "-", ".", ",", "e5", "1_0", "0x3", "NaN", "Infinity", "1e999", "4;5", "5%", "1 2", "12 34", "--1"])(
    "is not in %o",
    (text) => {
      expect([numberIn(text, "."), numberIn(text, ",")]).toEqual([null, null]);
      expect(markOf(text)).toBeNull();
    },
  );

  it.each([
    ["12", "none"],
    ["1 200", "none"],
    ["2.5", "."],
    ["2,5", ","],
    ["1.200", "either"],
    ["1,200", "either"],
    ["1.200,5", ","],
    ["1,200.5", "."],
    ["0,125", ","],
  ])("%s shows its mark", (text, mark) => {
    expect(markOf(text)).toBe(mark);
  });
});

describe("a date that a spreadsheet makes of a number", () => {
  it.each([
    "22. maj",
    "3-5",
    "22/5/2020",
    "1.5.2020",
    "2020-05-22",
    "2020-05-22 00:00",
    "maj 22",
    "3. okt. 2020",
    "5-Oct",
  ])("is %s", (text) => {
    expect(isDate(text)).toBe(true);
  });

  it.each(["22.5", "1.5", "3", "majoritet", "22. plads", "Ved ikke"])("is not %s", (text) => {
    expect(isDate(text)).toBe(false);
  });
});
