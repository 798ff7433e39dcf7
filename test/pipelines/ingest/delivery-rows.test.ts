import { describe, expect, it } from "vitest";
import { Refusal } from "../../../src/errors.ts";
import { header, readSurvey, refusedSurvey } from "./read-survey.ts";

const answered = (texts: readonly string[]): string =>
  [header, ...texts.map((text, index) => `r${index};A;1;${text};2;2;2;2`)].join("\n");

describe("rows", () => {
  const timed = `${header};round\n${["spring", "Spring ", "autumn", "", "spring"].map((round, index) => `r${index};A;1;1;2;3;4;5;${round}`).join("\n")}\n`;
  it.each([
    ["a value", ", where: { round: spring }", [2, 0, 3], ["where-near 3 round"]],
    ["one of several", ", where: { round: [spring, autumn] }", [3, 0, 2], ["where-near 3 round"]],
    ["none of several", ", where: { round: { not: [autumn, Spring] } }", [1, 0, 4], []],
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
    const read = await readSurvey({ answers: answered(texts) });
    expect(read.counts).toEqual([[30, 25, 0]]);
    expect(await refusedSurvey({ answers: answered(texts), stopAbove: 0.4 })).toEqual(["rows-unusable 2"]);
  });

  it("that cannot be used are told by their reasons, the most frequent first", async () => {
    const usable = answered([...Array<string>(16).fill("6"), ...Array<string>(30).fill("1")]);
    const strangers = Array.from({ length: 9 }, (_, index) => `s${index};Z;1;1;2;2;2;2`);
    const [first, ...others] = usable.split("\n");
    const answers = [first, ...strangers, ...others].join("\n");
    const refused = await readSurvey({ answers, stopAbove: 0.4 }).catch((fault: unknown) => fault);
    expect(refused instanceof Refusal && refused.problems).toMatchObject([
      { code: "rows-unusable", rejected: 25, rows: 55, reasons: ["answer-out-of-range", "leader-not-in-roster"] },
    ]);
  });

  it.each([
    ["many, and a large part", 6, 4, ["covariate-missing-code 1 years"]],
    ["many, yet few of all", 6, 30, []],
    ["a large part, yet few", 4, 1, []],
  ])("that share a background number which is a code of missing are asked about: %s", async (_, same, others, told) => {
    const years = [...Array<string>(same).fill("77"), ...Array.from({ length: others }, (_, k) => String(k + 1))];
    const answers = [header, ...years.map((year, index) => `r${index};A;${year};1;2;3;4;5`)].join("\n");
    const read = await readSurvey({ answers, covariates: "[{ id: years, from: employee, range: [0, 90] }]" });
    expect(read.warnings.filter((warning) => warning.startsWith("covariate"))).toEqual(told);
  });
});
