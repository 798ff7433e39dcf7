import { describe, expect, it } from "vitest";
import { plainColumn } from "../../../src/formats/delivered.ts";
import { relatedRows } from "../../../src/formats/matching/completed.ts";
import { answerDays, dayIn, raterInName, waveOf } from "../../../src/formats/matching/occasions.ts";
import { gradesOf } from "../../../src/formats/matching/ordered.ts";
import { safeId } from "../../../src/formats/matching/safe-id.ts";
import type { SurveyedColumn } from "../../../src/formats/matching/surveyed.ts";
import type { Wave } from "../../../src/study/study.ts";

const column = (
  name: string,
  texts: Readonly<Record<string, number>>,
  described: Partial<SurveyedColumn["described"]> = {},
): SurveyedColumn => ({
  described: { ...plainColumn(name), ...described },
  texts: new Map(Object.entries(texts)),
  filled: Object.values(texts).reduce((sum, rows) => sum + rows, 0),
});

it.each([
  ["2020-01-05T10:00", "2020-01-05"],
  ["2020-01-051", null],
  ["2020-13-01", null],
  ["5/1/2020 kl. 10", "2020-01-05"],
  ["05.01.20201", null],
  ["31-4-2020", null],
  ["29.2.2020", "2020-02-29"],
  ["x 2020-01-05", null],
])("finds in %j the day %s", (text, day) => {
  expect(dayIn(text)).toBe(day);
});

describe("the days on which people answered", () => {
  const start = column("StartDate", { "2020-01-01": 5 });
  const found = (...columns: readonly SurveyedColumn[]) => Object.fromEntries(answerDays(columns));

  it("are those of a column that holds days in four rows of five, each with its rows", () => {
    const days = { "2020-01-05 10:00": 2, "2020-01-05 11:00": 1, "2020-01-06": 1, open: 1 };
    expect(found(start, column("EndDate", days))).toEqual({ "2020-01-05": 3, "2020-01-06": 1 });
    expect(found(start, column("EndDate", { ...days, open: 2 }))).toEqual({ "2020-01-01": 5 });
  });

  it("are told by the vendor's id as well, and neither by other columns, nor empty or personal ones", () => {
    expect(found(column("x", { "2020-01-05": 1 }, { id: "endDate" }))).toEqual({ "2020-01-05": 1 });
    const personal = column("EndDate", { "2020-01-05": 1 }, { personal: true });
    expect(found(column("x", { "2020-01-05": 1 }), personal, column("EndDate", {}))).toEqual({});
  });
});

describe("the wave of a file", () => {
  const wave = (id: string, month: string, da: string): Wave =>
    ({ id, from: `2020-${month}-01`, to: `2020-${month}-30`, name: { da, en: id } }) as Wave;
  const waves = [wave("t0", "03", "Forår 2020"), wave("t1", "09", "Efterår 2020")];
  const of = (file: string, days: Readonly<Record<string, number>> = {}, all = waves) =>
    waveOf(file, new Map(Object.entries(days)), all);

  it("is that in which four answers of five were given, its first and last day included", () => {
    expect(of("x.csv", { "2020-09-01": 2, "2020-09-30": 2, "2020-10-01": 1 })).toEqual({ wave: "t1", by: "dates" });
    expect(of("x.csv", { "2020-09-01": 1, "2020-09-30": 2, "2020-08-31": 1 })).toBeNull();
    expect(of("t0.csv", { "2020-09-01": 1 })).toEqual({ wave: "t1", by: "dates" });
  });

  it("is the one that its name names in whole words, however the letters are written", () => {
    expect(of("svar_foraar-2020.csv")).toEqual({ wave: "t0", by: "file-name" });
    expect(of("Medarbejdere EFTERÅR 2020 t1.xlsx")).toEqual({ wave: "t1", by: "file-name" });
    expect([of("t0 og t1.csv"), of("t00.csv"), of("svar.t0"), of("forår.csv")]).toEqual([null, null, null, null]);
  });

  it("is the only one where nothing speaks against it", () => {
    expect(of("x.csv", {}, [waves[0]!])).toEqual({ wave: "t0", by: "only-wave" });
    expect(of("x.csv", { "2020-09-01": 1 }, [waves[0]!])).toBeNull();
  });
});

it.each([
  ["medarbejdere_t0.csv", "employee"],
  ["Selvvurdering.xlsx", "self"],
  ["chefer.csv", "superior"],
  ["ledere og medarbejdere.csv", null],
  ["lederevaluering.csv", null],
  ["x.leder", null],
])("the file %j names %s", (file, rater) => {
  expect(raterInName(file)).toBe(rater);
});

describe("rows that say who rates whom", () => {
  it("are those of each rater, and of relations that are none of a study's", () => {
    const relation = column("Relationship", {
      ...{ Peer: 2, Manager: 3, "Direct Report": 4, medarbejder: 1, Self: 1, "": 5, constructor: 1 },
    });
    expect(relatedRows([column("id", { a: 1 }), relation])).toEqual({
      parts: [
        { rater: "self", condition: { column: 1, condition: "Self" } },
        { rater: "employee", condition: { column: 1, condition: ["Direct Report", "medarbejder"] } },
        { rater: "superior", condition: { column: 1, condition: "Manager" } },
      ],
      others: 2,
    });
  });

  it("are none where no column or no text says so", () => {
    expect(relatedRows([column("id", { Self: 1 })])).toEqual({ parts: [], others: 0 });
    expect(relatedRows([column("relation", { ven: 1 })])).toEqual({ parts: [], others: 0 });
  });
});

describe("an id of a study file", () => {
  const made = (...texts: readonly string[]) => {
    const taken = new Set<string>();
    return texts.map((text) => safeId(text, taken));
  };

  it("has letters that it can hold, no hyphens at its ends, and a number where it is taken", () => {
    expect(made(" ÆØÅ æøå é ", "a  (b)!", "a-b", "a b", "__.x")).toEqual([
      ...["AeOeAa-aeoeaa-e", "a-b", "a-b-2", "a-b-3", "__.x"],
    ]);
    expect(made("日本", "?")).toEqual(["x", "x-2"]);
  });

  it("is cut between words where it is long", () => {
    const [ten, word] = ["1234567890", "a".repeat(40)];
    expect(made(word)).toEqual([word]);
    expect(made(`${ten} ${ten} ${ten} ${ten}`)).toEqual([`${ten}-${ten}-${ten}`]);
    expect(made(`${word}b`)).toEqual([word]);
  });
});

describe("the words of usual questionnaires", () => {
  it.each([
    "Meget uenig, Uenig, Hverken enig eller uenig, Enig, Meget enig",
    "Helt uenig, Delvist uenig, Hverken enig eller uenig, Delvist enig, Helt enig",
    "Strongly disagree, Disagree, Neither agree nor disagree, Agree, Strongly agree",
    "Strongly disagree, Disagree, Somewhat disagree, Neither agree nor disagree, Somewhat agree, Agree, Strongly agree",
    "Aldrig, Sjældent, Nogle gange, Ofte, Altid",
    "Never, Rarely, Sometimes, Often, Always",
    "I meget lav grad, I lav grad, I nogen grad, I høj grad, I meget høj grad",
    "Slet ikke, I lav grad, I nogen grad, I høj grad, I meget høj grad",
    "I meget ringe grad, I ringe grad, I nogen grad, I høj grad, I meget høj grad",
    "Not at all, To a small extent, To some extent, To a great extent, To a very great extent",
    "Meget utilfreds, Utilfreds, Hverken tilfreds eller utilfreds, Tilfreds, Meget tilfreds",
    "Very dissatisfied, Dissatisfied, Neither satisfied nor dissatisfied, Satisfied, Very satisfied",
  ])("stand in their order: %s", (words) => {
    expect(gradesOf(words.split(", ").toReversed())).toEqual(words.toLowerCase().split(", "));
  });

  it("are told from two of them where only one questionnaire has these", () => {
    expect(gradesOf(["Nogle gange", "Ofte"])?.[2]).toBe("nogle gange");
    expect(gradesOf(["Ofte", "Altid"])).toBeNull();
    expect(gradesOf(["Aldrig", "Ofte", "Altid"])?.[2]).toBe("af og til");
    expect(gradesOf(["Aldrig", "Ofte", "Tit"])).toBeNull();
  });
});
