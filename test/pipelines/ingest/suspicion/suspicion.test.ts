import { describe, expect, it } from "vitest";
import type { DeliveryReading } from "../../../../pipelines/ingest/read-delivery.ts";
import type { Unusable } from "../../../../pipelines/ingest/records.ts";
import type { ItemFit } from "../../../../pipelines/ingest/suspicion/item-sums.ts";
import { refuseMisread, suspicionsOf } from "../../../../pipelines/ingest/suspicion/suspicion.ts";
import type { QuarantineCode, Refusal } from "../../../../src/errors.ts";
import { instrument, plain } from "../read-survey.ts";
import { type Answers, readAlone, withAnswers } from "./read-alone.ts";

const basic = { answers: plain, stopAbove: 0.4 };
const uncoded = { answers: plain, instrument: instrument.replace(/answers:\n(?: {2}\d:.*\n)+/, "") };

const file = "answers.csv";
const at = (column: string) => ({ file, line: 1, column });
const refused = async (reading: Partial<DeliveryReading>) => {
  const { study, mapped, reading: whole } = await readAlone(basic);
  try {
    refuseMisread(study, mapped, { ...whole, ...reading });
  } catch (fault) {
    return (fault as Refusal).problems;
  }
  return [];
};
const asked = async (reading: Partial<DeliveryReading>) => {
  const { study, mapped, reading: whole } = await readAlone(basic);
  return suspicionsOf(study, mapped, { ...whole, ...reading });
};

const row = (line: number, code: QuarantineCode = "answer-out-of-range"): Unusable => ({
  ...{ line, code, column: "t1", nearest: null },
});
const rows = (count: number, code?: QuarantineCode) => Array.from({ length: count }, (_, k) => row(k + 2, code));
const counted = (usable: number, unusable: readonly Unusable[], skipped = 0): Partial<DeliveryReading> => ({
  ...{ usable, unusable, skipped, records: usable + unusable.length + skipped },
});

describe("a delivery of which no row can be used", () => {
  it("is refused at its first line where no row is meant, and is not where all were of erased persons", async () => {
    expect(await refused(counted(0, [], 7))).toEqual([{ code: "where-none", place: { file, line: 2 }, skipped: 7 }]);
    expect(await refused({ ...counted(0, [], 7), erased: 7 })).toEqual([]);
    expect(await refused({ ...counted(1, [], 7), erased: 0 })).toEqual([]);
  });

  it("is refused at the first of its rows, with the cell and the nearest where there are such", async () => {
    const [one, other] = [row(3, "record-malformed"), row(5)];
    expect(await refused({ ...counted(0, [{ ...one, column: null }, other]), erased: 2 })).toEqual([
      { code: "no-row-accepted", place: { file, line: 3 }, rejected: 2, first: "record-malformed" },
    ]);
    expect(await refused(counted(0, [{ ...other, nearest: "A" }, one]))).toEqual([
      {
        ...{ code: "no-row-accepted", place: { file, line: 5, column: "t1" }, rejected: 2 },
        ...{ first: "answer-out-of-range", nearest: "A" },
      },
    ]);
  });
});

describe("a delivery of which many rows cannot be used", () => {
  it.each([
    [20, 29, 1],
    [20, 30, 0],
    [19, 1, 0],
    [21, 31, 1],
    [21, 32, 0],
  ])("with %i that cannot beside %i that can stops the run %i times", async (unusable, usable, times) => {
    expect(await refused(counted(usable, rows(unusable)))).toHaveLength(times);
    expect(await refused(counted(usable, rows(unusable), 500))).toHaveLength(times);
  });

  it("is told by its three most frequent reasons, its first row, and the rows that are meant", async () => {
    const unusable = [
      ...rows(2, "leader-missing"),
      ...rows(3, "weight-invalid"),
      ...rows(9, "answer-date"),
      ...rows(8),
      ...rows(1, "id-too-long"),
    ];
    expect(await refused(counted(10, unusable, 4))).toEqual([
      {
        ...{ code: "rows-unusable", place: { file, line: 2 }, rejected: 23, rows: 33, limit: 0.4 },
        reasons: ["answer-date", "answer-out-of-range", "weight-invalid"],
      },
    ]);
  });
});

describe("what is asked about a delivery that can be used", () => {
  it("comes in one order, each with its place", async () => {
    const base = await readAlone(basic);
    const warnings = () => [{ code: "kept-damaged", place: { file: "x" } }] as const;
    const mapped = { ...base.mapped, file: { ...base.mapped.file, warnings } };
    const reading: DeliveryReading = {
      ...base.reading,
      erased: 3,
      strayQuotes: [4, 9],
      swallowed: [{ line: 5, lines: 2 }],
      near: [{ column: "boss", wanted: "A", rows: 6, line: 7 }],
      scientific: { rows: 2, line: 8 },
      covariates: [new Map([[8, 6]])],
      fits: [{ position: 2, n: 50, others: 2, correlation: -0.9 }],
      blankTogether: { items: [1, 3], rows: 20, line: 11 },
      records: 26,
      skipped: 1,
    };
    expect(suspicionsOf(base.study, mapped, reading)).toEqual([
      { code: "kept-damaged", place: { file: "x" } },
      { code: "rows-erased", place: { file }, rows: 3 },
      { code: "quote-stray", place: { file, line: 4 } },
      { code: "quote-stray", place: { file, line: 9 } },
      { code: "lines-swallowed", place: { file, line: 5 }, lines: 2 },
      { code: "where-near", place: { file, line: 7, column: "boss" }, wanted: "A", rows: 6 },
      { code: "leaders-scientific", place: { file, line: 8 }, rows: 2 },
      { code: "covariate-missing-code", place: at("years"), answer: "8", records: 6 },
      { code: "item-reversed", place: at("t2"), item: "t2" },
      {
        code: "items-blank-together",
        place: { file, line: 11, column: "t2" },
        columns: ["t2", "p1"],
        rows: 20,
        of: 25,
      },
    ]);
    expect(await asked({})).toEqual([]);
  });

  it.each([
    [5, 24, 0, 1],
    [5, 25, 0, 0],
    [4, 5, 0, 0],
    [5, 30, 6, 1],
  ])(
    "a background code of missing in %i of %i records, %i of them left out: %i",
    async (same, records, skipped, times) => {
      expect(await asked({ covariates: [new Map([[77, same]])], records, skipped })).toHaveLength(times);
    },
  );

  const fitOf = (correlation: number | null, n = 30, others = 2, position = 1): ItemFit => ({
    ...{ position, n, others, correlation },
  });
  it.each([
    ["clearly", [fitOf(-0.21)], ["t1"]],
    ["hardly", [fitOf(-0.2)], []],
    ["in few records", [fitOf(-0.9, 29)], []],
    ["in no way that can be told", [fitOf(null)], []],
    ["clearly, of two", [fitOf(-0.41, 30, 1, 4), fitOf(-0.41, 30, 1, 5)], ["p2"]],
    ["hardly, of two", [fitOf(-0.4, 30, 1, 4), fitOf(-0.4, 30, 1, 5)], []],
    ["after an item of another scale", [fitOf(0, 30, 2, 3), fitOf(-0.9, 30, 1, 4)], []],
  ])("an item that runs against its scale %s", async (_, fits, columns) => {
    expect((await asked({ fits })).map((problem) => "place" in problem && problem.place.column)).toEqual(columns);
  });

  it.each([
    [20, 100, 0, 1],
    [20, 101, 0, 0],
    [19, 20, 0, 0],
    [20, 120, 20, 1],
  ])("items that %i of %i records leave empty together, %i left out: %i", async (found, records, skipped, times) => {
    const blankTogether = { items: [0, 1], rows: found, line: 2 };
    expect(await asked({ blankTogether, records, skipped })).toHaveLength(times);
  });

  it("codes that the file words as none of the answers, unless the delivery says what its codes are", async () => {
    const fileLabels = ["Aldrig", "Sjældent", "Af og til", "Ofte", "Andet"].map((label, k) => ({
      ...{ code: String(k + 1), label },
    }));
    const base = await readAlone(basic);
    const [own] = base.reading.readers.items;
    const worded = (rules: object) => ({
      ...base.reading.readers,
      items: base.reading.readers.items.with(0, { ...own!, rules: { ...own!.rules, fileLabels, ...rules } }),
    });
    expect(await asked({ readers: worded({}) })).toEqual([{ code: "labels-strange", place: at("t1"), codes: ["5"] }]);
    expect(await asked({ readers: worded({ codes: new Map([["5", 5]]) }) })).toEqual([]);
  });

  it.each([
    ["rare", { "1.5": 1, 2: 9 }, 1],
    ["frequent", { "1.5": 1, 2: 8 }, null],
    ["none", { 2: 50 }, null],
    ["beside others that are no answers", { "1.5": 1, 2: 8, 9: 5 }, null],
    ["no answers themselves", { "7.5": 1, 2: 50 }, null],
  ])("fractions where answers are no codes: %s", async (_, item, records) => {
    const answers: Answers = [{}, item, {}, {}, {}];
    const { study, mapped, reading } = await readAlone(uncoded);
    const problems = suspicionsOf(study, mapped, withAnswers(reading, answers));
    expect(problems).toEqual(records === null ? [] : [{ code: "fractions-few", place: at("t2"), records }]);
    const indicator = { ...mapped, delivery: { ...mapped.delivery, rater: "indicator" as const } };
    expect(suspicionsOf(study, indicator, withAnswers(reading, answers))).toEqual([]);
  });
});
