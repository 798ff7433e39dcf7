import { describe, expect, it } from "vitest";
import { alikeNames } from "../../../../pipelines/ingest/roster/alike.ts";
import { backgroundValues } from "../../../../pipelines/ingest/roster/background.ts";
import { orderOf, rosterValue } from "../../../../pipelines/ingest/roster/cells.ts";
import type { DecimalMark } from "../../../../src/formats/numbers.ts";
import type { Covariate } from "../../../../src/study/study.ts";

describe("a cell of the roster", () => {
  it.each([
    ["2024-02-29", "2024-02-29"],
    ["29-2-2024", "2024-02-29"],
    ["1/12.2023", "2023-12-01"],
    ["31.12.2023", "2023-12-31"],
    ["2023-02-29", null],
    ["29.02.2023", null],
    ["12-31-2023", null],
    ["2024-2-9", null],
    ["2024-02-29T00:00", null],
    ["1-1-24", null],
    ["", null],
  ])("%j is the day %s", (text, day) => {
    expect([rosterValue.from(text), rosterValue.to(text)]).toEqual([day, day]);
  });

  it.each([
    ["13-01-2020", "day-first"],
    ["1/13/2020", "month-first"],
    ["12.12.2020", null],
    ["2020-13-01", null],
    ["31-12-20", null],
    ["", null],
  ])("%j shows the order %s", (text, order) => {
    expect(orderOf(text)).toBe(order);
  });

  it.each([
    ["12", 12],
    ["0", 0],
    ["1.200", 1200],
    ["1,200", 1200],
    ["2.5", 2.5],
    ["2,5", 2.5],
    ["12,0", 12],
    ["-1", null],
    ["-1,5", null],
    ["mange", null],
    ["", null],
  ])("%j is the count %s", (text, count) => {
    expect([rosterValue.employees(text), rosterValue.attended(text)]).toEqual([count, count]);
  });
});

it("tells names that differ by case or spaces from an earlier one, each way of writing once", () => {
  expect(alikeNames(["Nord 1", "nord 1", "", "NORD1", "Syd", "nord 1", "Nord 1", "", "Nord 2", "syd "])).toEqual([
    ...[1, 3, 9],
  ]);
});

describe("background in the roster", () => {
  const pay: Covariate = {
    ...{ id: "pay", name: { da: "Løn", en: "Pay" }, from: "roster", kind: "numeric", low: 0, high: 100_000 },
  };
  const read = (texts: readonly string[], separator: string, given: DecimalMark | null = null) => {
    const column = { texts, lines: texts.map((_, k) => k + 2), place: { file: "r.csv", column: "pay" } };
    return backgroundValues(pay, column, { separator, given });
  };

  it("has the decimal mark that all of its numbers show, or that is said", () => {
    expect(read(["31.250", "900,5", "x", "", "100001"], ";")).toEqual([31_250, 900.5, ...Array(3).fill(Number.NaN)]);
    expect(read(["31.250", "900.5"], ";")).toEqual([31.25, 900.5]);
    expect(read(["31.250"], ",")).toEqual([31.25]);
    expect(read(["31.250"], ";", ".")).toEqual([31.25]);
    expect(read(["31.250", "1.5"], ";", ",")).toEqual([31_250, Number.NaN]);
  });

  it("is refused at the line of a number that could be two", () => {
    expect(() => read(["7", "31.250"], ";")).toThrow(
      expect.objectContaining({
        problems: [{ code: "numbers-ambiguous", place: { file: "r.csv", column: "pay", line: 3 } }],
      }),
    );
  });
});
