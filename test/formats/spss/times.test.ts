import { describe, expect, it } from "vitest";
import { writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { readAll } from "./read.ts";

const leapDay = 13_928_544_000;

/** The cells of numbers that are shown in a format. */
const cells = async (format: number, values: readonly number[]) => {
  const file = await readAll(
    writeSystemFile({ variables: [{ name: "T", format }], cases: values.map((value) => [value]) }),
  );
  return { cells: file.rows.flat(), notes: file.notes };
};
const outOfRange = (count: number) => [{ what: "out-of-range", column: "T", cells: count }];

describe("times", () => {
  it.each([20, 23, 24, 28, 29, 30, 38, 39])("are days in format %i, whatever the time of day", async (format) => {
    expect(await cells(format, [leapDay, leapDay + 86_399.9, 12_219_379_200, 86_400, 265_621_593_600])).toEqual({
      cells: ["2024-02-29", "2024-02-29", "1970-01-01", "1582-10-15", "9999-12-31"],
      notes: [],
    });
  });

  it.each([22, 41])("are days with the time in format %i", async (format) => {
    expect(await cells(format, [leapDay + 47_159.25, leapDay, leapDay + 0.0004, leapDay - 0.0001])).toEqual({
      cells: ["2024-02-29T13:05:59.250", "2024-02-29T00:00:00", "2024-02-29T00:00:00", "2024-02-29T00:00:00"],
      notes: [],
    });
  });

  it.each([21, 25, 40])("are hours, which may be more than a day or less than none, in format %i", async (format) => {
    expect(await cells(format, [0, 59.9996, 3661.5, 360_000, -90, -0.0001])).toEqual({
      cells: ["00:00:00", "00:01:00", "01:01:01.500", "100:00:00", "-00:01:30", "00:00:00"],
      notes: [],
    });
  });

  it("are empty and counted where no calendar has them", async () => {
    const beyond = 265_621_680_000;
    for (const format of [20, 22])
      expect(await cells(format, [beyond, 86_399.5, -1, Number.NaN, Number.POSITIVE_INFINITY, leapDay])).toMatchObject({
        cells: ["", "", "", "", "", expect.stringMatching(/^2024-02-29/)],
        notes: outOfRange(5),
      });
    expect(await cells(21, [1e300, Number.NaN])).toEqual({ cells: ["", ""], notes: outOfRange(2) });
  });

  it("are numbers in the formats of months, days of the week and all others", async () => {
    for (const format of [5, 26, 27, 3, 17, 200]) expect((await cells(format, [2])).cells).toEqual(["2"]);
  });

  it("leave a number empty that is none, and count it", async () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -Number.MAX_VALUE, 3];
    expect(await cells(5, values)).toEqual({ cells: ["", "", "", "", "3"], notes: outOfRange(3) });
  });

  it("are empty where the file declares them to be no answers, and their labels say what the cells say", async () => {
    const file = await readAll(
      writeSystemFile({
        variables: [{ name: "T", format: 20, missing: { count: 1, values: [12_219_379_200] } }],
        labels: [
          {
            values: [
              [leapDay, "Første dag"],
              [9, "Ukendt"],
            ],
            slots: [1],
          },
        ],
        cases: [[leapDay], [12_219_379_200]],
      }),
    );
    expect(file.rows).toEqual([["2024-02-29"], [""]]);
    expect(file.columns[0]).toMatchObject({
      missing: [],
      labels: [
        { code: "2024-02-29", label: "Første dag" },
        { code: "9", label: "Ukendt" },
      ],
    });
    expect(file.notes).toEqual([{ what: "declared-missing", column: "T", cells: 1 }]);
  });
});
