import { describe, expect, it } from "vitest";
import { numbersFrom } from "../made-survey.ts";
import { header, instrument, plain, plainAnswers, readSurvey, refusedSurvey, type SurveyParts } from "./read-survey.ts";

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

describe("numbers", () => {
  const weighted = (separator: string, ...weights: readonly string[]): SurveyParts => ({
    answers: ["who boss years t1 t2 t3 p1 p2 w", ...weights.map((weight, index) => `r${index} A 1 1 2 3 4 5 ${weight}`)]
      .join("\n")
      .replaceAll(" ", separator),
    columns: "respondent: who, leader: boss, weight: w",
  });
  it.each([
    ["a point between thousands", ";", ["1.200", "900,5"], [1200, 900.5]],
    ["a point between thousands, met first", ";", ["2.000", "1.200", "900,5"], [2000, 1200, 900.5]],
    ["a decimal point in a semicolon file", ";", ["1.200", "900.5"], [1.2, 900.5]],
    ["a comma between thousands", "\t", ["1,200", "900.5"], [1200, 900.5]],
    ["a decimal comma between tabs", "\t", ["1,200", "900,5"], [1.2, 900.5]],
    ["decimal points between commas", ",", ["1.200", "900.5"], [1.2, 900.5]],
    ["one point only between commas", ",", ["1.200"], [1.2]],
    ["spaces between thousands", ";", ["1\u00a0200", "900"], [1200, 900]],
  ])("have %s", async (_, separator, texts, weights) => {
    expect((await readSurvey(weighted(separator, ...texts))).weights).toEqual(weights);
  });

  it("that could be two are refused, and read where the study says what stands before a fraction", async () => {
    const ambiguous = weighted(";", "1.200", "900");
    expect(await refusedSurvey(ambiguous)).toEqual(["numbers-ambiguous 2 w"]);
    expect((await readSurvey({ ...ambiguous, listing: ', decimal: ","' })).weights).toEqual([1200, 900]);
    expect((await readSurvey({ ...ambiguous, listing: ', decimal: "."' })).weights).toEqual([1.2, 900]);
  });

  it("with both marks in one column are refused", async () => {
    expect(await refusedSurvey(weighted(";", "1.5", "2", "2,5"))).toEqual(["numbers-mixed w"]);
  });

  it("of a weight that is none set the row apart", async () => {
    const read = await readSurvey(weighted(";", "1", "0", "x", "-1", ""));
    expect(read.quarantine).toEqual([
      "3 w weight-invalid",
      "4 w weight-invalid",
      "5 w weight-invalid",
      "6 w weight-invalid",
    ]);
  });

  it("of background have thousands in a semicolon file", async () => {
    const covariates = "[{ id: pay, from: employee, range: [0, 2000000] }]";
    const answers = `${header};pay\n${["31.250", "1.000.000", "", "35.500,5"].map((pay, index) => `r${index};A;1;1;2;3;4;5;${pay}`).join("\n")}\n`;
    const read = await readSurvey({ answers, covariates });
    expect(read.covariates).toEqual([[31_250], [1_000_000], [null], [35_500.5]]);
  });

  it.each([
    ["51", "covariate-blanked 1 2"],
    ["-1", "covariate-blanked 1 2"],
    ["5%", "covariate-blanked 1 2"],
    ["22. maj", "covariate-date 1 2"],
    ["3-5", "covariate-date 1 2"],
  ])("of background that are %s cost the background and no answer", async (years, coercion) => {
    const read = await readSurvey({ answers: plain.replace("a1;A;3", `a1;A;${years}`) });
    expect(read.answers).toEqual(plainAnswers);
    expect(read.covariates).toEqual([[null], [4.5], [null]]);
    expect(read.coercions).toContain(coercion);
  });

  it("of background in codes are read by code, float and label", async () => {
    const covariates =
      "[{ id: sex, from: employee, values: { 1: { da: Kvinde, en: Woman }, 2: { da: Mand, en: Man } } }]";
    const answers = `${header};sex\n${["1", "2.0", "mand", "WOMAN", "3", "77"].map((sex, index) => `r${index};A;1;1;2;3;4;5;${sex}`).join("\n")}\n`;
    const read = await readSurvey({ answers, covariates });
    expect(read.covariates).toEqual([[0], [1], [1], [0], [null], [null]]);
    expect(read.coercions).toEqual(["covariate-blanked 1 6"]);
  });
});

describe("rows", () => {
  const timed = `${header};round\n${["spring", "Spring ", "autumn", "", "spring"].map((round, index) => `r${index};A;1;1;2;3;4;5;${round}`).join("\n")}\n`;
  it.each([
    ["a value", ", where: { round: spring }", [2, 0, 3], ["where-near 3 round"]],
    ["one of several", ", where: { round: [spring, autumn] }", [3, 0, 2], ["where-near 3 round"]],
    ["none of several", ", where: { round: { not: [autumn, Spring] } }", [3, 0, 2], []],
    ["any", ", where: { round: answered }", [4, 0, 1], []],
  ])("are those that have %s, and near misses are said", async (_, listing, counts, warnings) => {
    const read = await readSurvey({ answers: timed, listing });
    expect([read.counts, read.warnings]).toEqual([[counts], warnings]);
  });

  it("that are left out are never set apart", async () => {
    const answers = `${header};done\nr1;A;1;1;2;3;4;5;2.0\nr2;A;;0;0;0;0;0;0\nr3;;;x;;;;;\n`;
    const read = await readSurvey({ answers, listing: ", where: { done: 2 }" });
    expect([read.counts, read.quarantine]).toEqual([[[1, 0, 2]], []]);
  });

  it("that cannot be used stop a run where they are more than the study allows", async () => {
    const texts = [...Array<string>(25).fill("6"), ...Array<string>(30).fill("1")];
    const read = await readSurvey({ answers: firstItem(...texts) });
    expect(read.counts).toEqual([[30, 25, 0]]);
    expect(await refusedSurvey({ answers: firstItem(...texts), stopAbove: 0.4 })).toEqual(["rows-unusable 2"]);
  });
});

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
    const listed = { answers: plain, deliveries: [autumn("").replace("later.csv", "answers.csv")] };
    expect(await refusedSurvey(listed)).toEqual([expect.stringMatching(/^value-missing /)]);
  });
});
