import { describe, expect, it } from "vitest";
import { readCell } from "../../../src/formats/xlsx/cell.ts";
import { numberForm, readStyles } from "../../../src/formats/xlsx/number-format.ts";
import { temporalText } from "../../../src/formats/xlsx/serial-date.ts";
import { linesOf, readWritten } from "./read.ts";

describe("a number format", () => {
  it.each([
    ["General", null],
    ["Standard", null],
    ["@", null],
    ["", null],
    ["0", null],
    ["#,##0.00", null],
    ["0.00E+00", null],
    ["0%", "percent"],
    ['#,##0 "kr."', null],
    ['0 "dage"', null],
    ["0\\d", null],
    ["#,##0_d", null],
    ["0*y", null],
    ["[Red]0;[Blue]-0", null],
    ["[$kr-406] #,##0.00", null],
    ["# ?/?", null],
    ['0;"day "d', null],
    ["yyyy-mm-dd", "date"],
    ["d-mmm", "date"],
    ["mmm", "date"],
    ["DD/MM/YYYY", "date"],
    ["[$-406]d. mmmm yyyy;@", "date"],
    ["[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "date"],
    ["yyyy\\-mm\\-dd\\Thh:mm:ss.000", "date"],
    ["[Green]d/m", "date"],
    ["h:mm", "time"],
    ["h:mm AM/PM", "time"],
    ["mm:ss.0", "time"],
    ["[h]:mm", "elapsed"],
    ["[hh]:mm:ss", "elapsed"],
    ["[mm]:ss", "elapsed"],
    ["[s]", "elapsed"],
  ])("%s makes of a number: %s", (format, expected) => {
    expect(numberForm(format)).toBe(expected);
  });

  it("that is built in is known by its number", () => {
    const formats = [14, 15, 22, 18, 21, 45, 46, 30, 57, 0, 1, 9, 13, 37, 49];
    const cells = formats.map((_, k) => `<c s="${k + 1}"><v>1.5</v></c>`).join("");
    const header = `<row>${'<c t="str"><v>n</v></c>'.repeat(formats.length)}</row>`;
    const { chosen } = readWritten(
      { sheets: [{ name: "a", data: `${header}<row>${cells}</row>` }], formats },
      { headerRow: 1 },
    );
    const day = "1900-01-01T12:00:00";
    expect(linesOf(chosen)[0]).toEqual([
      ...Array(6).fill(day),
      "36:00:00",
      day,
      day,
      "1.5",
      "1.5",
      "150%",
      "1.5",
      "1.5",
      "1.5",
    ]);
  });
});

describe("the styles of a workbook", () => {
  it("say what their formats are, also where one has the number of a built-in", () => {
    const formats = '<numFmt numFmtId="14" formatCode="0.0"/><numFmt numFmtId="200" formatCode="d/m"/>';
    const styles = [14, 200, 15, 201].map((id) => `<xf numFmtId="${id}"/>`).join("");
    const xml = `<styleSheet><numFmts>${formats}</numFmts><cellXfs>${styles}<xf/></cellXfs></styleSheet>`;
    expect(readStyles({ file: "svar.xlsx" }, Buffer.from(xml))).toEqual([null, "date", "date", null, null]);
  });
});

describe("a number of days", () => {
  it.each([
    [0, "1900-01-00"],
    [1, "1900-01-01"],
    [59, "1900-02-28"],
    [60, "1900-02-29"],
    [61, "1900-03-01"],
    [25569, "1970-01-01"],
    [43252, "2018-06-01"],
    [43252.25, "2018-06-01T06:00:00"],
    [43252.999999999, "2018-06-02"],
    [2958465, "9999-12-31"],
    [2958466, null],
    [-1, null],
    [Number.NaN, null],
  ])("%s is the day %s, counted from 1900", (serial, text) => {
    expect(temporalText(serial, "date", false)).toBe(text);
  });

  it.each([
    [0, "1904-01-01"],
    [60, "1904-03-01"],
    [41790, "2018-06-01"],
    [2957003, "9999-12-31"],
    [2957004, null],
  ])("%s is the day %s, counted from 1904", (serial, text) => {
    expect(temporalText(serial, "date", true)).toBe(text);
  });

  it.each([
    [0.5, "12:00:00"],
    [0.3958333333333333, "09:30:00"],
    [1.5, "1900-01-01T12:00:00"],
  ])("%s is the time %s", (serial, text) => {
    expect(temporalText(serial, "time", false)).toBe(text);
  });

  it.each([
    [0, "00:00:00"],
    [1.1041666666666667, "26:30:00"],
    [100, "2400:00:00"],
  ])("%s has passed as %s", (serial, text) => {
    expect(temporalText(serial, "elapsed", false)).toBe(text);
  });
});

it.each(["0%", "0.00%", '0" %"', "[Red]0%;0%", "# ##0,0%"])(
  "tells a percentage by its format %j, or that it is none",
  (format) => {
    expect(numberForm(format)).toBe(format === '0" %"' ? null : "percent");
  },
);

it("shows a percentage as a sheet does, so that it is not taken for the fraction that the cell holds", () => {
  const context = { place: { file: "x" }, strings: [], styles: ["percent" as const, null], from1904: false };
  const raw = (value: string, style: number) => ({ type: "n", style, value, inline: null });
  expect(["0.55", "1", "0.07", "1.2E-3"].map((value) => readCell(raw(value, 0), context).text)).toEqual([
    ...["55%", "100%", "7%", "0.12%"],
  ]);
  expect(readCell(raw("0.55", 1), context).text).toBe("0.55");
});
