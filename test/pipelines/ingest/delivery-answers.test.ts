import { describe, expect, it } from "vitest";
import { header, instrument, plain, readSurvey, refusedSurvey } from "./read-survey.ts";

/** One row per text, which stands in the cell of the first item; the other answers are 2 2 2 2. */
const firstItem = (...texts: readonly string[]): string =>
  [header, ...texts.map((text, index) => `r${index};A;1;${text};2;2;2;2`)].join("\n");
const firstAnswers = (answers: readonly string[]): readonly string[] =>
  answers.map((row) => {
    expect(row).toMatch(/ 2 2 2 2$/);
    return row.replace(/ 2 2 2 2$/, "");
  });

describe("answers", () => {
  const readings: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
    [
      "in labels of the other language",
      ["Always", "NEVER", "Ofte", "af  og til"],
      ["5", "1", "4", "3"],
      ["trimmed 1 5", "label 4 2"],
    ],
    [
      "as a float export writes codes",
      ["5.0", "8.0", "77.0", "1"],
      ["5", "dont-know", "not-asked", "1"],
      ["whole-as-decimal 3 2"],
    ],
    [
      "as a float export writes codes with a comma",
      ["5,0", "8,0"],
      ["5", "dont-know"],
      ["decimal-comma 2 2", "whole-as-decimal 2 2"],
    ],
    [
      "with spaces, tabs and marks around",
      ["\u00a03 ", "4\t", "\u200b5", " "],
      ["3", "4", "5", "blank"],
      ["trimmed 4 2"],
    ],
    ["with a line end inside", ['"5\n"', '"\r\n1"'], ["5", "1"], ["trimmed 2 2"]],
    [
      "in words for don't know",
      ["Ved ikke", "Don’t know", "prefer not to say"],
      ["dont-know", "dont-know", "prefer-not-to-say"],
      ["missing-label 3 2"],
    ],
    ["with an exponent", ["3e0"], ["3"], []],
  ];
  it.each(readings)("are read %s", async (_, texts, answers, coercions) => {
    const read = await readSurvey({ answers: firstItem(...texts) });
    expect(firstAnswers(read.answers)).toEqual(answers);
    expect(read.coercions).toEqual(coercions);
  });

  it.each([
    ["4,5", "answer-fraction"],
    ["4.5", "answer-fraction"],
    ["4;5", "too-many-cells"],
    ["4|5", "answer-not-a-number"],
    ["0x3", "answer-not-a-number"],
    ["1_0", "answer-not-a-number"],
    ["Infinity", "answer-not-a-number"],
    ["=2+3", "answer-not-a-number"],
    ["3-5", "answer-date"],
    ["5. apr", "answer-date"],
    ["6", "answer-out-of-range"],
    ["NA", "answer-missing-text"],
    ["NULL", "answer-missing-text"],
    ["NaN", "answer-missing-text"],
    ["altid.", "answer-not-a-number altid"],
    ["Sjeldent", "answer-not-a-number sjældent"],
  ])("of %s set the row apart with its place", async (text, reason) => {
    const read = await readSurvey({ answers: firstItem("1", text, "2") });
    expect(read.quarantine).toEqual([reason.startsWith("too") ? `3 ${reason}` : `3 t1 ${reason}`]);
    expect(firstAnswers(read.answers)).toEqual(["1", "2"]);
  });

  it("that are written as nothing are empty where no code of missing is declared", async () => {
    const answers = firstItem("NA", "NULL", "nan", "-", "#N/A");
    const read = await readSurvey({ answers, instrument: instrument.replace(/missing: .*\n/, "") });
    expect(firstAnswers(read.answers)).toEqual(Array(5).fill("blank"));
    expect(read.coercions).toEqual(["missing-text 5 2"]);
  });

  it("that are whole with either mark are one file's, whoever wrote them", async () => {
    const read = await readSurvey({ answers: firstItem("8.0", "8,0", "5.0", "4,0") });
    expect(firstAnswers(read.answers)).toEqual(["dont-know", "dont-know", "5", "4"]);
  });

  it("that no row but such as say nothing has refuse the file, with the place to look at", async () => {
    expect(await refusedSurvey({ answers: firstItem("NA", "NA") })).toEqual(["no-row-accepted 2 t1"]);
  });

  it("in codes of the file's own are read as declared, and other codes set the row apart", async () => {
    const listing = ", codes: { AO01: 1, AO05: 5, 2: 3, 9: dont-know }";
    const answers = `${header}\nr1;A;1;AO01;ao05;2;9.0;2\nr2;A;1;AO01;5;2;2;2\nr3;A;1;AO01;;77;2;2\n`;
    const read = await readSurvey({ answers, listing });
    expect(read.answers).toEqual(["1 5 3 dont-know 3", "1 blank not-asked 3 3"]);
    expect(read.quarantine).toEqual(["3 t2 answer-not-declared"]);
  });

  it("have the labels of their own scale", async () => {
    const own = instrument.replace(
      "range: [1, 5], items: [{ id: p1 }",
      "range: [1, 5], answers: { 1: { da: Langsomt, en: Slow }, 5: { da: Hurtigt, en: Fast } }, items: [{ id: p1 }",
    );
    const answers = `${header}\nr1;A;1;Altid;2;2;Hurtigt;slow\nr2;A;1;Altid;2;2;Altid;1\n`;
    const read = await readSurvey({ answers, instrument: own });
    expect(read.answers).toEqual(["5 2 2 5 1"]);
    expect(read.quarantine).toEqual(["3 p1 answer-not-a-number"]);
  });

  it("have the declared wording of a kind of missing", async () => {
    const own = instrument.replace(
      "8: dont-know",
      "8: { kind: not-applicable, label: { da: Har ingen leder, en: I have no leader } }",
    );
    const read = await readSurvey({ answers: firstItem("har  ingen leder", "I have no leader", "8"), instrument: own });
    expect(firstAnswers(read.answers)).toEqual(Array(3).fill("not-applicable"));
  });

  it("that are left out mean what the delivery says", async () => {
    const read = await readSurvey({ answers: plain, listing: ", blank: not-asked" });
    expect(read.answers[2]).toBe("2 dont-know not-asked not-asked 2");
  });

  it("are not asked for where the delivery says so", async () => {
    const answers = plain.replace("t3", "t3_not").replace("p2", "p2_not");
    const read = await readSurvey({ answers, listing: ", notAsked: [t3, p2]" });
    expect(read.answers).toEqual([
      "1 2 not-asked 4 not-asked",
      "5 4 not-asked 2 not-asked",
      "2 dont-know not-asked not-asked not-asked",
    ]);
  });

  const lowered = Array.from({ length: 40 }, (_, index) => `r${index};A;1;${index % 4};3;4;4;${1 + (index % 4)}`);
  it("that are one too low throughout are refused, and never read so, though few items have the lowest", async () => {
    expect(await refusedSurvey({ answers: [header, ...lowered].join("\n") })).toEqual(["answers-shifted 1 t1"]);
  });

  it("that are one too low are refused by an item in which it shows", async () => {
    const turned = lowered.map((row) => row.replace(/;1;(\d);(\d);/, ";1;$2;$1;"));
    expect(await refusedSurvey({ answers: [header, ...turned].join("\n") })).toEqual(["answers-shifted 1 t2"]);
  });

  it("that are one too low are refused though items of another range are not", async () => {
    const own = `${instrument}  - { id: fame, name: { da: Ry, en: Fame }, range: [0, 10], index: false, items: [{ id: f1 }] }\n`;
    const answers = [`${header};f1`, ...lowered.map((row) => `${row};10`)].join("\n");
    expect(await refusedSurvey({ answers, instrument: own })).toEqual(["answers-shifted 1 t1"]);
  });

  it("one below the range are no such sign where they are declared, where some are highest, or where there are few", async () => {
    const rows = (...cells: readonly string[]) =>
      [header, ...cells.map((cell, index) => `r${index};A;1;${cell}`)].join("\n");
    const zeros = { answers: rows("0;0;0;0;0", "1;2;0;3;2"), instrument: instrument.replace("8: dont", "0: dont") };
    expect((await readSurvey(zeros)).answers[1]).toBe("1 2 dont-know 3 2");
    expect((await readSurvey({ answers: rows("0;0;0;0;0", "1;2;4;3;5") })).counts).toEqual([[1, 1, 0]]);
    expect((await readSurvey({ answers: rows("0;1;2;2;2", "1;2;4;3;2") })).counts).toEqual([[1, 1, 0]]);
  });
});
