import { describe, expect, it } from "vitest";
import { header, instrument, readSurvey, refusedSurvey } from "./read-survey.ts";

/** Rows whose five answers are alike, and from row to row these codes in turn. */
const drawn = (rows: number, codes: readonly number[]): string =>
  [
    header,
    ...Array.from({ length: rows }, (_, row) => {
      return `r${row};${row % 2 ? "A" : "B"};1;${Array(5)
        .fill(codes[row % codes.length])
        .join(";")}`;
    }),
  ].join("\n");

const sixMissing = instrument.replace("8: dont-know", "6: dont-know");
const zeroMissing = instrument.replace("8: dont-know", "0: dont-know");

describe("a code beyond the range", () => {
  it("below it that is as regular as the answers refuses the file: coded from 0, with a don't know on top", async () => {
    const answers = drawn(100, [0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5]);
    expect(await refusedSurvey({ answers })).toEqual(["code-undeclared 1 t1"]);
  });

  it("refuses no file in which it is declared, either as missing or as an answer", async () => {
    const answers = drawn(100, [0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5]);
    expect((await readSurvey({ answers, instrument: zeroMissing })).warnings).toEqual([]);
    const listing = ", codes: { 0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: dont-know }";
    expect((await readSurvey({ answers, listing })).warnings).toEqual([]);
  });

  it("that is rarer than the answers is warned of, whichever end it is beyond", async () => {
    const below = drawn(100, [...Array(3).fill([1, 2, 3, 4, 5, 5, 4, 3, 2, 1]).flat(), 0]);
    const found = await readSurvey({ answers: below });
    expect(found.warnings).toEqual(["code-undeclared 1 t1"]);
    expect(found.report.warnings[0]).toMatchObject({ answer: "0", records: 15 });
    const above = drawn(100, [1, 2, 3, 4, 5, 5, 4, 3, 2, 6]);
    expect((await readSurvey({ answers: above })).report.warnings).toMatchObject([
      { code: "code-undeclared", answer: "6", records: 50 },
    ]);
  });

  it("is no code where it is a slip: few, in one item, or among few answers", async () => {
    const slip = drawn(100, [1, 2, 3, 4, 5]).replace(/(r1\d;.;1;)\d/g, "$10");
    expect((await readSurvey({ answers: slip })).warnings).toEqual([]);
    expect((await readSurvey({ answers: drawn(8, [1, 2, 3, 4, 5, 0, 3, 4, 5, 2]) })).warnings).toEqual([]);
  });

  it("is no code either where it is common, but in one item of many", async () => {
    const inOne = (text: string, rows: RegExp) => text.replace(rows, "$10");
    const many = await readSurvey({ answers: inOne(drawn(100, [1, 2, 3, 4, 5]), /(r(?:1\d|2[01]);.;1;)\d/g) });
    expect([many.warnings, many.counts]).toEqual([[], [[88, 12, 0]]]);
    const few = await readSurvey({ answers: inOne(drawn(8, [1, 2, 3, 4]), /(r[0-4];.;1;)\d/g) });
    expect([few.warnings, few.counts]).toEqual([[], [[3, 5, 0]]]);
  });
});

describe("a declared missing code next to the range", () => {
  it("that may be the highest answer of a file coded from 2 is asked about", async () => {
    const found = await readSurvey({ answers: drawn(100, [2, 3, 4, 5, 6]), instrument: sixMissing });
    expect(found.report.warnings).toMatchObject([
      { code: "answers-perhaps-shifted", by: 1, records: 100, answered: 500, place: { column: "t1" } },
    ]);
    const mirrored = await readSurvey({ answers: drawn(100, [0, 1, 2, 3, 4]), instrument: zeroMissing });
    expect(mirrored.report.warnings).toMatchObject([{ code: "answers-perhaps-shifted", by: -1 }]);
  });

  it("is not asked about where the delivery says what its codes mean", async () => {
    const answers = drawn(100, [2, 3, 4, 5, 6]);
    const coded = ", codes: { 2: 1, 3: 2, 4: 3, 5: 4, 6: 5 }";
    const own = ", codes: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 }";
    for (const listing of [coded, own])
      expect((await readSurvey({ answers, instrument: sixMissing, listing })).warnings).toEqual([]);
  });

  it.each([
    ["where somebody gives the lowest answer", 100, [2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 1]],
    ["where the answers are skewed, so that few give even the next", 100, [5, 5, 5, 4, 4, 6, 5, 3, 5, 4, 5, 3]],
    ["where the code is rare", 100, [...Array(6).fill([2, 3, 4, 5]).flat(), 6]],
    ["where there are few rows", 12, [2, 3, 4, 5, 6]],
  ])("is not asked about %s", async (_, rows, codes) => {
    expect((await readSurvey({ answers: drawn(rows, codes), instrument: sixMissing })).warnings).toEqual([]);
  });
});
