import { describe, expect, it } from "vitest";
import { readSurvey, refusedSurvey } from "./read-survey.ts";

interface Choice {
  readonly code: string;
  readonly label: string;
  readonly value: number;
}

const row = (fields: Readonly<Record<string, string | number>>): string =>
  `<row>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join("")}</row>`;
const items = ["t1", "t2", "t3", "p1", "p2"];

/** A structure of one question for each item; `choices` of those that have others than the first. */
const structure = (choices: readonly Choice[], others: Readonly<Record<string, readonly Choice[]>> = {}): string => {
  const questions = items.map((title, k) =>
    row({ qid: k + 1, parent_qid: 0, title, type: "L", question: title, question_order: k, language: "da" }),
  );
  const answers = items.flatMap((title, k) =>
    (others[title] ?? choices).map(({ code, label, value }, place) =>
      row({
        ...{ qid: k + 1, code, answer: label, sortorder: place, assessment_value: value },
        ...{ language: "da", scale_id: 0 },
      }),
    ),
  );
  return `<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>da</language></languages><questions><rows>${questions.join("")}</rows></questions><answers><rows>${answers.join("")}</rows></answers></document>`;
};

const choices = (codes: string, values: string, labels: readonly string[] = []): readonly Choice[] => {
  const given = values.split(" ").map(Number);
  return codes.split(" ").map((code, k) => ({ code, label: labels[k] ?? `Trin ${"abcdefgh"[k]}`, value: given[k]! }));
};

/** Header and rows as LimeSurvey has them: `rows` are the cells of the five items. */
const results = (...rows: readonly string[]): string =>
  [
    "id,submitdate,lastpage,startlanguage,who,boss,t1,t2,t3,p1,p2",
    ...rows.map((cells, k) => `${k + 1},2024-03-02 10:00:00,3,da,w${k},A,${cells.replaceAll(" ", ",")}`),
  ].join("\n");

const parts = (answers: string, lss: string, listing = "") => ({
  answers,
  files: { "survey.lss": lss },
  listing: `, codebook: survey.lss${listing}`,
  covariates: "[]",
});

describe("the values that a LimeSurvey structure gives to answers", () => {
  it("are the answers where the codes are numbers that run the other way", async () => {
    const read = await readSurvey(parts(results("1 2 3 4 5"), structure(choices("1 2 3 4 5", "5 4 3 2 1"))));
    expect(read.answers).toEqual(["5 4 3 2 1"]);
    expect(read.coercions).toEqual(["file-score 4 2"]);
  });

  it("are the answers where the codes are none, by place where the survey assesses all alike", async () => {
    const assessed = structure(choices("A1 A2 A3 A4 A5", "5 4 3 2 1"));
    expect((await readSurvey(parts(results("A1 A2 A3 A4 A5"), assessed))).answers).toEqual(["5 4 3 2 1"]);
    const alike = structure(choices("A1 A2 A3 A4 A5", "0 0 0 0 0"));
    expect((await readSurvey(parts(results("A1 A2 A3 A4 A5"), alike))).answers).toEqual(["1 2 3 4 5"]);
  });

  it("are the answers where the file has texts in place of codes", async () => {
    const labels = ["Slet-ikke", "Lidt", "Noget", "Meget", "Helt"];
    const lss = structure(choices("A1 A2 A3 A4 A5", "5 4 3 2 1", labels));
    expect((await readSurvey(parts(results("Slet-ikke Lidt Noget Meget Helt"), lss))).answers).toEqual(["5 4 3 2 1"]);
  });

  it("differ from question to question", async () => {
    const plain = choices("1 2 3 4 5", "1 2 3 4 5");
    const lss = structure(plain, { t2: choices("1 2 3 4 5", "5 4 3 2 1") });
    expect((await readSurvey(parts(results("1 1 1 1 1"), lss))).answers).toEqual(["1 5 1 1 1"]);
  });

  it("come after the words of the instrument, and after the delivery's own codes", async () => {
    const words = ["Aldrig", "Sjældent", "Af og til", "Ofte", "Altid"];
    const worded = structure(choices("1 2 3 4 5", "5 4 3 2 1", words));
    expect((await readSurvey(parts(results("1 2 3 4 5"), worded))).answers).toEqual(["1 2 3 4 5"]);
    const lss = structure(choices("1 2 3 4 5", "5 4 3 2 1"));
    const listing = ", codes: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 }";
    expect((await readSurvey(parts(results("1 2 3 4 5"), lss, listing))).answers).toEqual(["1 2 3 4 5"]);
  });

  it("leave codes alone whose order is theirs, on a scale that is not the instrument's", async () => {
    const lss = structure(choices("1 2 3 4 5", "0 25 50 75 100"));
    const read = await readSurvey(parts(results("1 2 3 4 5"), lss));
    expect([read.answers, read.coercions]).toEqual([["1 2 3 4 5"], []]);
  });

  it("set an answer apart that has a value outside the range, unless its code is a missing one", async () => {
    const lss = structure(choices("A1 A2 A3 A4 A5 8 9", "1 2 3 4 5 0 -1"));
    const read = await readSurvey(parts(results("A1 A2 A3 A4 8", "A1 A2 A3 A4 9"), lss));
    expect(read.answers).toEqual(["1 2 3 4 dont-know"]);
    expect(read.quarantine).toEqual(["3 p2 answer-out-of-range"]);
  });

  it.each([
    ["start at 0 where the instrument starts at 1", "scores-contradict", choices("A1 A2 A3 A4 A5", "0 1 2 3 4")],
    ["run against the codes, on another scale", "scores-contradict", choices("1 2 3 4 5", "100 75 50 25 0")],
    ["give two answers the same", "scores-contradict", choices("A1 A2 A3 A4 A5", "1 2 2 4 5")],
    [
      "contradict the words of the instrument",
      "scores-contradict",
      choices("1 2 3 4 5", "5 4 3 2 1", ["Aldrig", "Trin b", "Trin c", "Trin d", "Trin e"]),
    ],
    [
      "agree with the codes while the words of the instrument do not",
      "labels-partly",
      choices("1 2 3 4 5", "1 2 3 4 5", ["Altid", "Trin b", "Trin c", "Trin d", "Trin e"]),
    ],
  ])("are refused where they %s", async (_, code, one) => {
    const first = one[0]!.code;
    const refused = await refusedSurvey(parts(results(Array(5).fill(first).join(" ")), structure(one)));
    expect([...new Set(refused.map((told) => told.split(" ")[0]))]).toEqual([code]);
  });
});
