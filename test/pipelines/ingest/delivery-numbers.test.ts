import { describe, expect, it } from "vitest";
import { header, plain, plainAnswers, readSurvey, refusedSurvey, type SurveyParts } from "./read-survey.ts";

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
