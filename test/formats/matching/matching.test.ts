import { describe, expect, it } from "vitest";
import { plainColumn, type ValueLabel } from "../../../src/formats/delivered.ts";
import { type CodedColumn, proposeCodes } from "../../../src/formats/matching/codes.ts";
import { completedAnswers } from "../../../src/formats/matching/completed.ts";
import { answerDays, dayIn, raterInName, waveOf } from "../../../src/formats/matching/occasions.ts";
import { areGraded, gradesOf } from "../../../src/formats/matching/ordered.ts";
import { groupingColumns, leaderColumns, respondentColumn } from "../../../src/formats/matching/people.ts";
import { safeId } from "../../../src/formats/matching/safe-id.ts";
import { findInstrument } from "../../../src/formats/matching/scales.ts";
import type { SurveyedColumn } from "../../../src/formats/matching/surveyed.ts";
import type { Wave } from "../../../src/study/study.ts";

const column = (name: string, cells: readonly string[], labels: readonly ValueLabel[] = []): SurveyedColumn => {
  const texts = new Map<string, number>();
  for (const cell of cells) if (cell !== "") texts.set(cell, (texts.get(cell) ?? 0) + 1);
  return { described: { ...plainColumn(name), labels }, texts, filled: cells.filter((cell) => cell !== "").length };
};
const labelled = (...labels: readonly string[]): readonly ValueLabel[] =>
  labels.map((label, k) => ({ code: String(k + 1), label }));

describe("the leader's column", () => {
  const answers = column("q1", ["1", "2", "3", "1", "2", "3", "1", "2", "3", "1"]);
  it("is never one of answers, although the roster's ids are small numbers", () => {
    const roster = new Set(Array.from({ length: 12 }, (_, k) => String(k + 1)));
    expect(leaderColumns([answers], roster)).toEqual([]);
  });
  it("is the one of usual name whose ids the roster has, before another", () => {
    const ids = ["A", "B", "A", "B"];
    const found = leaderColumns([column("leder", ["x", "y", "x", "y"]), column("chef", ids)], new Set(["A", "B"]));
    expect(found).toEqual([{ column: 1, by: "usual-name", listed: 1 }]);
  });
  it("is open between two of usual names without a roster", () => {
    expect(leaderColumns([column("leder", ["A", "A"]), column("chef", ["B", "B"])], null)).toHaveLength(2);
  });
  it("of all-round feedback references stands for a leader only where ids repeat", () => {
    expect(leaderColumns([column("ExternalReference", ["A", "A", "B", "B"])], null)).toHaveLength(1);
    expect(leaderColumns([column("ExternalReference", ["A", "B", "C", "D"])], null)).toEqual([]);
  });
});

describe("columns that put rows together", () => {
  const rows = ["A", "B", "C"].flatMap((id) => [id, id, id]);
  it("have a few texts that repeat, and neither words of answers nor names of persons", () => {
    const others = [
      column(
        "two",
        rows.map((id) => (id === "C" ? "A" : id)),
      ),
      column(
        "each",
        rows.map((id, k) => id + (k % 2)),
      ),
      column("worded", rows, labelled("A", "B", "C")),
      { ...column("email", rows), described: { ...plainColumn("email"), personal: true } },
      column("empty", []),
    ];
    expect(groupingColumns([...others, column("afdeling", rows), column("sparse", [...rows, ""])])).toEqual([5, 6]);
  });
});

describe("the respondent's column", () => {
  it("is one whose ids are each row's own", () => {
    expect(respondentColumn([column("id", ["a", "a", "b", "b"])], 4, null)).toBeNull();
    expect(respondentColumn([column("ResponseId", ["r1", "r2"]), column("token", ["t1", "t2"])], 2, null)).toBe(1);
  });
});

describe("codes", () => {
  const five = ["Helt uenig", "Uenig", "Hverken", "Enig", "Helt enig"];
  const base: CodedColumn = {
    ...{ fileLabels: labelled(...five), fileScores: new Map(), texts: new Map() },
    ...{ missing: new Map(), missingLabels: new Map(), codes: null },
    labels: new Map(five.map((label, k) => [label.toLowerCase(), k + 1])),
    ...{ low: 1, high: 5 },
  };
  const turned = five.map((label, k) => ({ code: String(5 - k), label }));
  it("need no saying where they are the instrument's", () => {
    expect(proposeCodes([base]).codes).toBeNull();
  });
  it("that run the other way are turned by their labels", () => {
    expect(proposeCodes([{ ...base, fileLabels: turned }]).codes).toEqual(
      new Map<string, number>([
        ["1", 5],
        ["2", 4],
        ["3", 3],
        ["4", 2],
        ["5", 1],
      ]),
    );
  });
  it("that mean two things are left to the labels", () => {
    expect(proposeCodes([base, { ...base, fileLabels: turned }])).toMatchObject({ codes: null, conflict: true });
  });
  it("with values of the survey's own have these, and are left to the run where the values contradict them", () => {
    const steps = { ...base, fileLabels: labelled("a", "b", "c", "d", "e") };
    const valued = (...values: readonly number[]): CodedColumn => ({
      ...steps,
      fileScores: new Map(values.map((value, k) => [String(k + 1), value])),
    });
    expect([...(proposeCodes([valued(5, 4, 3, 2, 1)]).codes ?? [])].map(([, value]) => value)).toEqual([5, 4, 3, 2, 1]);
    expect(proposeCodes([valued(0, 25, 50, 75, 100)])).toMatchObject({ codes: null, conflict: false });
    expect(proposeCodes([valued(100, 75, 50, 25, 0)])).toMatchObject({ codes: null, conflict: true });
  });
  it("of a question seen and left open are blank, with every answer beside them", () => {
    const { codes } = proposeCodes([{ ...base, fileLabels: [], texts: new Map([["-99", 3]]) }]);
    expect(codes?.get("-99")).toBe("blank");
    expect([1, 2, 3, 4, 5].map((code) => codes?.get(String(code)))).toEqual([1, 2, 3, 4, 5]);
  });
  it("of don't know that the instrument has already need no saying", () => {
    const fileLabels = [...base.fileLabels, { code: "6", label: "Ved ikke" }];
    expect(proposeCodes([{ ...base, fileLabels, missing: new Map([["6", "dont-know"]]) }]).codes).toBeNull();
    expect(proposeCodes([{ ...base, fileLabels }]).codes?.get("6")).toBe("dont-know");
  });
});

describe("occasions", () => {
  const wave = (id: string, from: string, to: string, da: string): Wave => ({
    ...{ id, from, to, baseline: false, name: { da, en: id } },
  });
  const waves = [wave("t0", "2020-01-01", "2020-01-31", "Før"), wave("t1", "2021-01-01", "2021-01-31", "Efter")];
  it("reads the days of survey systems and of Danish spreadsheets, and no impossible ones", () => {
    expect(["2020-01-05 10:00", "5-1-2020", "05.01.2020", "2020-02-31", "12"].map(dayIn)).toEqual([
      ...["2020-01-05", "2020-01-05", "2020-01-05", null, null],
    ]);
  });
  it("takes the day of the answer before that of the start", () => {
    const days = answerDays([column("StartDate", ["2020-01-01"]), column("EndDate", ["2020-01-09"])]);
    expect([...days.keys()]).toEqual(["2020-01-09"]);
  });
  it("goes by dates before the file's name, and by neither where they do not tell", () => {
    expect(waveOf("foer.csv", new Map([["2021-01-03", 5]]), waves)).toEqual({ wave: "t1", by: "dates" });
    expect(waveOf("måling-før.csv", new Map(), waves)).toEqual({ wave: "t0", by: "file-name" });
    expect(waveOf("før-og-efter.csv", new Map(), waves)).toBeNull();
    expect(waveOf("svar.efter.2021.csv", new Map(), waves)).toEqual({ wave: "t1", by: "file-name" });
    expect(waveOf("svar.efter", new Map(), waves)).toBeNull();
    const across = new Map([
      ["2020-01-03", 5],
      ["2021-01-03", 5],
    ]);
    expect(waveOf("svar.csv", across, waves)).toBeNull();
  });
  it("knows who answers by the file's name, and not by an evaluation of leaders", () => {
    expect(
      ["foer-medarbejdere.csv", "Leaders 2020.sav", "lederevaluering.csv", "medarbejdere om ledere.csv"].map(
        raterInName,
      ),
    ).toEqual(["employee", "self", null, null]);
    expect(["svar.ledere.2021.csv", "svar.ledere"].map(raterInName)).toEqual(["self", null]);
  });
});

describe("completed answers", () => {
  const dates = column("submitdate", ["2026-01-05", ""]);
  it("are those with a day of submission in LimeSurvey, and in no other file", () => {
    expect(completedAnswers("limesurvey", [column("id", ["1"]), dates])).toEqual([
      { column: 1, condition: "answered" },
    ]);
    expect(completedAnswers("csv", [column("id", ["1"]), dates])).toEqual([]);
    expect(completedAnswers("limesurvey", [column("id", ["1"])])).toEqual([]);
  });
  it("are those that Qualtrics calls finished, and neither previews, tests nor spam", () => {
    const found = (...columns: readonly SurveyedColumn[]) => completedAnswers("qualtrics", columns);
    for (const yes of ["1", "True", "SAND", "Wahr", "ja"])
      expect(found(column("Finished", ["0", yes]))).toEqual([{ column: 0, condition: yes }]);
    for (const other of ["10", "21", "ja, delvist", "usand"]) expect(found(column("Finished", [other]))).toEqual([]);
    expect(found(column("Status", ["0", "8", "1"]))).toEqual([{ column: 0, condition: { not: ["1", "8"] } }]);
    for (const bad of ["2", "9", "12", "17", "Survey Preview", "Forhåndsvisning", "Spam"])
      expect(found(column("Status", ["0", bad]))).toEqual([{ column: 0, condition: { not: bad } }]);
    for (const good of ["0", "10", "18", "IP Address"]) expect(found(column("Status", [good]))).toEqual([]);
    const channel = column("DistributionChannel", ["anonymous", "preview", "test", "latest"]);
    expect(found(column("id", ["a"]), channel)).toEqual([{ column: 1, condition: { not: ["preview", "test"] } }]);
    expect(found(column("Status", ["1"]), channel)).toEqual([{ column: 0, condition: { not: "1" } }]);
  });
  it("are those that SurveyXact marks in the fourth of its columns, where it marks any", () => {
    const [begun, done] = [column("stato_1", ["1", "0"]), column("stato_4", ["0", "1"])];
    expect(completedAnswers("csv", [begun, done])).toEqual([{ column: 1, condition: "1" }]);
    expect(completedAnswers("csv", [done])).toEqual([]);
    expect(completedAnswers("csv", [begun, column("stato_4", ["0", "0"])])).toEqual([]);
  });
});

describe("an instrument from columns", () => {
  const agree = labelled("Helt uenig", "Uenig", "Enig", "Helt enig", "Ved ikke");
  const cells = ["1", "2", "3", "4", "5"];
  const find = (columns: readonly SurveyedColumn[]) => findInstrument(columns);
  it("has a scale of columns that share a name's beginning and graded answers, without don't know", () => {
    const { scales, missing } = find([column("q4_1", cells, agree), column("q4_2", cells, agree)]);
    expect(scales).toMatchObject([{ id: "q4", low: 1, high: 4, items: [{ id: "q4_1" }, { id: "q4_2" }] }]);
    expect(missing).toEqual([{ code: "5", kind: "dont-know", label: "Ved ikke" }]);
  });
  it("puts Q1 and Q2 together only where their answers have words of their own", () => {
    expect(find([column("q1", cells, agree), column("q2", cells, agree)]).scales).toMatchObject([{ id: "q" }]);
    expect(find([column("q1", cells), column("q2", cells)]).scales).toEqual([]);
  });
  it("leaves out answers that are no grades, and says which", () => {
    const schools = labelled("Nordskolen", "Sydskolen", "Østskolen");
    expect(find([column("b_1", cells, schools), column("b_2", cells, schools)])).toMatchObject({
      scales: [],
      left: [0, 1],
    });
  });
  it("puts words of a usual questionnaire in their order", () => {
    const words = ["Enig", "Helt enig", "Helt uenig", "Uenig"];
    const [scale] = find([column("q1_1", words), column("q1_2", words)]).scales;
    expect(scale).toMatchObject({ low: 1, high: 5 });
    expect(scale?.answers?.[0]).toEqual({ value: 1, label: "helt uenig" });
  });
  it("has as many answers as scales mostly have, from 0 where 0 is one", () => {
    const ends = (...numbers: readonly string[]) =>
      find([column("q4_1", numbers), column("q4_2", numbers)]).scales.map(({ low, high }) => [low, high]);
    expect(ends("0", "1", "2", "3", "4")).toEqual([[0, 4]]);
    expect(ends("0", "5", "10")).toEqual([[0, 10]]);
    expect(ends("2", "3", "4", "5", "6")).toEqual([[1, 7]]);
    expect(ends("1", "3", "5", "9")).toEqual([[1, 10]]);
  });
  it("has the range of the codes where they run with the grades, either way, and their places where not", () => {
    const range = (...codes: readonly string[]) => {
      const labels = ["Helt uenig", "Uenig", "Enig", "Helt enig"].map((label, k) => ({ code: codes[k]!, label }));
      const [scale] = find([column("q4_1", codes, labels), column("q4_2", codes, labels)]).scales;
      return [scale?.low, scale?.high, ...(scale?.answers ?? []).map(({ value, label }) => `${value} ${label}`)];
    };
    const grades = ["Helt uenig", "Uenig", "Enig", "Helt enig"];
    const placed = [1, 4, ...grades.map((label, k) => `${k + 1} ${label}`)];
    expect(range("0", "1", "2", "4")).toEqual([0, 4, "0 Helt uenig", "1 Uenig", "2 Enig", "4 Helt enig"]);
    expect(range("4", "3", "2", "0")).toEqual([0, 4, "0 Helt enig", "2 Enig", "3 Uenig", "4 Helt uenig"]);
    expect(range("2", "1", "3", "4")).toEqual(placed);
    expect(range("1", "2", "2.5", "4")).toEqual(placed);
    expect(range("1", "2", "02", "4")).toEqual(placed);
  });
  it("takes no column of 0 and 1, and no single question, for a scale", () => {
    expect(find([column("v_1", ["0", "1"]), column("v_2", ["0", "1"])]).scales).toEqual([]);
    expect(find([column("q4_1", cells, agree), column("alder", cells)]).scales).toEqual([]);
  });
  it("knows grades by their words, numbers between two of them included", () => {
    expect(areGraded(["I liten grad", "2", "3", "I stor grad"])).toBe(true);
    expect(areGraded(["Norge", "Sverige", "Danmark"])).toBe(false);
    expect(areGraded(["1", "2", "3"])).toBe(false);
    expect(gradesOf(["Enig", "Sommetider"])).toBeNull();
  });
  it("makes ids that a study file can hold, each once", () => {
    const taken = new Set<string>();
    expect(["Q4[SQ001]", "Ærø Åben", "Ærø Åben", "?"].map((text) => safeId(text, taken))).toEqual([
      ...["Q4-SQ001", "Aeroe-Aaben", "Aeroe-Aaben-2", "x"],
    ]);
  });
});
