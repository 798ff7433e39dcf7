import { describe, expect, it } from "vitest";
import { numbersFrom } from "../made-survey.ts";
import { header, instrument, plain, readSurvey, refusedSurvey, type SurveyParts } from "./read-survey.ts";

describe("an item", () => {
  const autumn = (more: string): string =>
    `{ file: later.csv, wave: autumn, rater: employee, columns: { respondent: who, leader: boss }${more} }`;
  const second = (answers: string, more = ""): SurveyParts => ({
    answers: plain,
    deliveries: [autumn(more)],
    files: { "later.csv": answers },
  });

  it("of a scale that is asked must have a column; the nearest is named", async () => {
    expect(await refusedSurvey({ answers: plain.replace("t2", "T2") })).toEqual(["column-absent 1 t2 T2"]);
    expect(await refusedSurvey({ answers: plain.replace("p1", "p_1") })).toEqual(["column-absent 1 p1 p_1"]);
  });

  it("of a scale that no file of the wave has is missed where another wave has it", async () => {
    const renamed = plain.replace("p1", "s41").replace("p2", "s42");
    expect(await refusedSurvey(second(renamed))).toEqual(["column-absent 1 p1 t1", "column-absent 1 p2 t2"]);
    expect((await readSurvey(second(renamed, ", notAsked: [p1, p2]"))).counts).toEqual([
      [3, 0, 0],
      [3, 0, 0],
    ]);
  });

  it("of a scale that the plan needs, or that is worded for the rater, is missed in the only wave", async () => {
    const without = plain.replace("p1", "s41").replace("p2", "s42");
    const planned = "{ primary: [trust], secondary: [pace] }";
    expect((await readSurvey({ answers: without })).answers[0]).toBe("1 2 3 not-asked not-asked");
    expect(await refusedSurvey({ answers: without, plan: planned })).toEqual([
      "column-absent 1 p1 t1",
      "column-absent 1 p2 t2",
    ]);
    const worded = instrument.replace("{ id: p1 }", "{ id: p1, employee: { da: Hvor travlt?, en: How busy? } }");
    expect(await refusedSurvey({ answers: without, instrument: worded })).toEqual([
      "column-absent 1 p1 t1",
      "column-absent 1 p2 t2",
    ]);
  });

  it("whose column is the respondent's is refused, and so is one column for two items", async () => {
    const answers = plain.replace("who", "t1x").replace("t1;", "who;");
    expect(
      await refusedSurvey({ answers, columns: "respondent: t2, leader: boss", listing: ", items: { t1: who }" }),
    ).toEqual(["column-mapped-twice 1 t2"]);
    expect(await refusedSurvey({ answers: plain, listing: ", items: { t1: t2 }" })).toEqual([
      "column-mapped-twice 1 t2",
    ]);
    const problems = await refusedSurvey({ answers: plain, listing: ", items: { t1: x, t2: x }" });
    expect(problems).toEqual([expect.stringMatching(/^column-mapped-twice \d+ \d+$/)]);
  });

  it("whose column stands twice is refused", async () => {
    expect(await refusedSurvey({ answers: plain.replace("p2", "t1") })).toContain("header-duplicate 1 t1");
  });

  const draws = (reversedItem: boolean): string => {
    const draw = numbersFrom(5);
    const rows = Array.from({ length: 60 }, (_, index) => {
      const level = 1 + draw(5);
      const last = reversedItem ? 6 - level : level;
      return `r${index};A;1;${level};${level};${last};3;3`;
    });
    return [header, ...rows].join("\n");
  };
  it("that runs against its scale is asked about", async () => {
    expect((await readSurvey({ answers: draws(true) })).warnings).toContain("item-reversed 1 t3");
    expect((await readSurvey({ answers: draws(false) })).warnings).toEqual([]);
    const own = instrument.replace("{ id: t3 }", "{ id: t3, reversed: true }");
    expect((await readSurvey({ answers: draws(true), instrument: own })).warnings).toEqual([]);
  });

  const pairs = (other: (level: number, row: number) => number, rows = 60): string => {
    const draw = numbersFrom(7);
    const cells = Array.from({ length: rows }, (_, row) => {
      const level = 1 + draw(5);
      return `r${row};A;1;3;3;3;${level};${other(level, row)}`;
    });
    return [header, ...cells].join("\n");
  };
  it("that runs against the only other of its scale is asked about once", async () => {
    const turned = pairs((level) => 6 - level);
    expect((await readSurvey({ answers: turned })).warnings).toEqual(["item-reversed 1 p2"]);
    const own = instrument.replace("{ id: p2 }", "{ id: p2, reversed: true }");
    expect((await readSurvey({ answers: turned, instrument: own })).warnings).toEqual([]);
  });
  it.each([
    ["goes its own way", pairs((_, row) => 1 + (row % 5))],
    ["runs along", pairs((level) => level)],
    ["was answered by few", pairs((level) => 6 - level, 20)],
  ])("that %s is not", async (_, answers) => {
    expect((await readSurvey({ answers })).warnings).toEqual([]);
  });

  it("has no label that stands for two codes", async () => {
    const own = instrument
      .replace("4: { da: Ofte, en: Often }", "4: { da: Ofte, en: Rarely }")
      .replace("2: { da: Sjældent, en: Rarely }", "2: { da: rarely, en: Seldom }");
    expect(await refusedSurvey({ answers: plain, instrument: own })).toEqual([
      expect.stringMatching(/^label-ambiguous /),
    ]);
  });

  it("is not read twice from one file for two waves", async () => {
    expect(await refusedSurvey(second(plain))).toEqual(["same-file"]);
    const [one, other] = [", where: { boss: A, t1: answered }", ", where: { t1: answered, boss: A }"];
    expect(await refusedSurvey({ ...second(plain, one), listing: other })).toEqual(["same-file"]);
    const apart = { ...second(plain, one), listing: ", where: { boss: B }" };
    expect((await readSurvey(apart)).counts).toEqual([
      [1, 0, 2],
      [2, 0, 1],
    ]);
    const listed = { answers: plain, deliveries: [autumn("").replace("later.csv", "answers.csv")] };
    expect(await refusedSurvey(listed)).toEqual([expect.stringMatching(/^value-missing /)]);
  });
});
