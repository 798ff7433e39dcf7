import { describe, expect, it } from "vitest";
import { doubtfulCodes, refuseShifted } from "../../../../pipelines/ingest/suspicion/shifted.ts";
import type { Refusal } from "../../../../src/errors.ts";
import type { AnswerRules } from "../../../../src/formats/answers.ts";
import { instrument, plain } from "../read-survey.ts";
import { type Answers, readAlone, withAnswers } from "./read-alone.ts";

const instruments = {
  plain: instrument,
  six: instrument.replace("8: dont-know", "6: dont-know"),
  zero: instrument.replace("8: dont-know", "0: dont-know"),
  uncoded: instrument.replace(/answers:\n(?: {2}\d:.*\n)+/, "").replace("8: dont", "6: dont"),
};

/** What is refused, else what is asked about, of answers to three items of one scale and two of another. */
const found = async (answers: Answers, of: keyof typeof instruments = "plain", said: Partial<AnswerRules> = {}) => {
  const { study, mapped, reading } = await readAlone({ answers: plain, instrument: instruments[of] });
  const shown = withAnswers(reading, answers, said);
  try {
    refuseShifted(study, mapped, shown);
  } catch (fault) {
    return { refused: (fault as Refusal).problems };
  }
  return { asked: doubtfulCodes(study, mapped, shown) };
};
const nothing = { asked: [] };
const at = (column: string) => ({ file: "answers.csv", line: 1, column });
const shifted = (column: string, by: 1 | -1) => ({
  refused: [{ code: "answers-shifted", place: at(column), low: 1, high: 5, by }],
});
const ordinary = { 1: 9, 2: 9, 3: 9, 4: 9, 5: 9 };
const both = [ordinary, ordinary];
const three = [ordinary, ordinary, ordinary];

describe("answers of a scale that go beyond one end while nobody gives the other", () => {
  it.each([
    ["five and more than one in fifty", { 0: 5, 2: 100, 3: 144 }, true],
    ["one in fifty", { 0: 5, 2: 100, 3: 145 }, false],
    ["four among many", { 0: 4, 2: 100 }, false],
    ["three and more than one in five of few", { 0: 3, 2: 11 }, true],
    ["one in five of few", { 0: 3, 2: 12 }, false],
    ["two of few", { 0: 2, 2: 3 }, false],
    ["five, beside some at the other end", { 0: 5, 1: 40, 2: 40, 3: 40, 4: 40, 5: 6 }, false],
  ])("are refused from so many on: %s", async (_, item, refused) => {
    expect(await found([item, {}, {}, ...both])).toEqual(refused ? shifted("t1", -1) : nothing);
    const turned = Object.fromEntries(Object.entries(item).map(([code, count]) => [6 - Number(code), count]));
    expect(await found([turned, {}, {}, ...both])).toEqual(refused ? shifted("t1", 1) : nothing);
  });

  it("are refused in one item of three only where a hundred answer", async () => {
    const [one, other] = [{ 0: 5, 2: 30 }, { 2: 32 }];
    expect(await found([other, one, { 2: 33 }, ...both])).toEqual(shifted("t2", -1));
    expect(await found([other, one, other, ...both])).toEqual(nothing);
  });

  it("are refused in one item of two, however few answer", async () => {
    expect(await found([...three, { 2: 20 }, { 0: 5, 2: 20 }])).toEqual(shifted("p2", -1));
  });

  it("are seen in all scales of one range together", async () => {
    const item = { 0: 1, 2: 30 };
    expect(await found([item, item, item, item, item])).toEqual(shifted("t1", -1));
    expect(await found([item, item, item, item, { 2: 30 }])).toEqual(nothing);
  });
});

describe("a code of its own beyond the range", () => {
  const code = (answer: string, column: string, records: number) => ({
    ...{ code: "code-undeclared", place: at(column) },
    ...{ answer, low: 1, high: 5, records },
  });
  const five = (item: Answers[number], first = item) => [first, item, item, item, item];

  it("is told from a hundred answers on, at the first item that has it", async () => {
    const item = { 1: 4, 2: 4, 3: 4, 4: 4, 5: 2, 6: 2 };
    expect(await found(five(item))).toEqual({ asked: [code("6", "t1", 10)] });
    expect(await found(five(item, { 1: 4, 2: 4, 3: 4, 4: 4, 5: 4 }))).toEqual({ asked: [code("6", "t2", 8)] });
    expect(await found(five(item, { ...item, 3: 3 }))).toEqual(nothing);
  });

  it("is told where more than one in fifty of at least half of the items have it", async () => {
    const most = (left: number) => [
      { 0: 3, ...ordinary },
      { 0: 3, ...ordinary },
      { 0: 1, 1: left, 5: 9 },
      ordinary,
      ordinary,
    ];
    expect(await found(most(39))).toEqual({ asked: [code("0", "t1", 7)] });
    expect(await found(most(40))).toEqual(nothing);
  });

  it("below the range refuses the file where it is as frequent as the rarest answer", async () => {
    expect(await found(five({ 0: 2, 1: 4, 2: 4, 3: 4, 4: 4, 5: 2 }))).toEqual({ refused: [code("0", "t1", 10)] });
    expect(await found(five({ 0: 2, 1: 4, 2: 4, 3: 3, 4: 4, 5: 3 }))).toEqual({ asked: [code("0", "t1", 10)] });
    expect(await found(five({ 6: 4, 1: 2, 2: 4, 3: 4, 4: 4, 5: 2 }))).toEqual({ asked: [code("6", "t1", 20)] });
  });

  it("is none where answers are no codes", async () => {
    expect(await found(five({ 0: 4, 1: 4, 2: 4, 3: 4, 4: 4, 5: 4 }), "uncoded")).toEqual(nothing);
  });
});

describe("a declared missing code next to the range", () => {
  const perhaps = (column: string, by: 1 | -1, records: number, answered: number) => ({
    asked: [
      { ...{ code: "answers-perhaps-shifted", place: at(column), low: 1, high: 5 }, ...{ by, records, answered } },
    ],
  });
  const item = { 2: 10, 3: 10, 4: 8, 5: 8, 6: 4 };
  const but = (first: Answers[number], others: Answers[number] = item) => [first, others, others, others, others];

  it.each([
    ["two hundred answers", but(item), perhaps("t1", 1, 20, 200)],
    ["fewer", but({ ...item, 4: 7 }), nothing],
    [
      "thirty next to the other end",
      but({ 2: 6, 3: 14, 4: 8, 5: 8, 6: 4 }, { 2: 6, 3: 14, 4: 8, 5: 8, 6: 4 }),
      perhaps("t1", 1, 20, 200),
    ],
    ["fewer there", but({ 2: 5, 3: 15, 4: 8, 5: 8, 6: 4 }, { 2: 6, 3: 14, 4: 8, 5: 8, 6: 4 }), nothing],
    [
      "more than one in twenty there",
      but({ 2: 11, 3: 79, 5: 90, 6: 20 }, { 2: 10, 3: 80, 5: 90, 6: 20 }),
      perhaps("t1", 1, 100, 1000),
    ],
    ["one in twenty there", but({ 2: 10, 3: 80, 5: 90, 6: 20 }, { 2: 10, 3: 80, 5: 90, 6: 20 }), nothing],
    [
      "more than one in twenty with the code",
      but({ 2: 12, 5: 25, 6: 3 }, { 2: 12, 5: 26, 6: 2 }),
      perhaps("t1", 1, 11, 200),
    ],
    ["one in twenty with the code", but({ 2: 12, 5: 26, 6: 2 }, { 2: 12, 5: 26, 6: 2 }), nothing],
    ["somebody at the other end", but({ ...item, 1: 1 }), nothing],
    ["the code in other items than the first", but({ 2: 20, 3: 20 }), perhaps("t2", 1, 16, 200)],
  ])("is asked about with %s, or is not", async (_, answers, expected) => {
    expect(await found(answers, "six")).toEqual(expected);
    const turned = answers.map((one) =>
      Object.fromEntries(Object.entries(one).map(([code, count]) => [6 - Number(code), count])),
    );
    const mirrored =
      "asked" in expected ? { asked: expected.asked.map((one) => ({ ...(one as object), ...{ by: -1 } })) } : expected;
    expect(await found(turned, "zero")).toEqual(mirrored);
  });

  it("is not asked about where the file words it or declares it missing, or answers are no codes", async () => {
    const answers = but(item);
    expect(await found(answers, "six", { fileLabels: [{ code: "6", label: "Ved ikke" }] })).toEqual(nothing);
    expect(await found(answers, "six", { fileMissing: [{ low: 6, high: 6 }] })).toEqual(nothing);
    expect(await found(answers, "six", { fileMissing: [{ low: 7, high: 9 }] })).toEqual(perhaps("t1", 1, 20, 200));
    expect(await found(answers, "uncoded")).toEqual(nothing);
  });
});
