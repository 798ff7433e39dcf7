import { describe, expect, it } from "vitest";
import { plainColumn } from "../../../src/formats/delivered.ts";
import { groupingColumns, leaderColumns, respondentColumn } from "../../../src/formats/matching/people.ts";
import { mappedName, type SurveyedColumn } from "../../../src/formats/matching/surveyed.ts";

type Described = Partial<SurveyedColumn["described"]>;

/** A column with so many rows of each text. */
const column = (name: string, texts: Readonly<Record<string, number>>, described: Described = {}): SurveyedColumn => ({
  described: { ...plainColumn(name), ...described },
  texts: new Map(Object.entries(texts)),
  filled: Object.values(texts).reduce((sum, rows) => sum + rows, 0),
});
const ids = (count: number, letter = "L"): string[] => Array.from({ length: count }, (_, k) => `${letter}${k}`);
const once = (texts: readonly string[]) => Object.fromEntries(texts.map((text) => [text, 1]));
const labels = [{ code: "1", label: "Enig" }];

describe("without a roster, a leader's column", () => {
  const found = (...columns: readonly SurveyedColumn[]) => leaderColumns(columns, null).map((one) => one.column);

  it("has a usual name, and is neither empty, nor personal, nor one of answers", () => {
    const rows = { A: 2, B: 2 };
    expect(leaderColumns([column("other", rows), column("Leder-ID", rows)], null)).toEqual([
      { column: 1, by: "usual-name", listed: null },
    ]);
    const others = [column("leder", {}), column("leder", rows, { personal: true }), column("leder", rows, { labels })];
    expect(found(...others, column("x", rows, { id: "manager" }))).toEqual([3]);
  });

  it("is that of a reference only where no other is, and each stands twice", () => {
    expect(found(column("ExternalReference", { A: 2, B: 2 }))).toEqual([0]);
    expect(found(column("ExternalReference", { A: 2, B: 1 }))).toEqual([]);
    expect(found(column("ExternalReference", { A: 2, B: 2 }), column("leder", { A: 1 }))).toEqual([1]);
  });
});

describe("with a roster, a leader's column", () => {
  const found = (roster: number, ...columns: readonly SurveyedColumn[]) =>
    leaderColumns(columns, new Set(ids(roster))).map(({ column, by, listed }) => [column, by, listed]);

  it("of a usual name holds ids of the roster in half of its rows", () => {
    expect(found(20, column("leder", { L0: 1, x: 1 }))).toEqual([[0, "usual-name", 0.5]]);
    expect(found(20, column("leder", { L0: 1, x: 2 }))).toEqual([]);
    expect(found(20, column("externalId", { L0: 1, x: 1 }))).toEqual([[0, "usual-name", 0.5]]);
  });

  it.each([
    ["half of a long roster", 20, once(ids(10)), 1],
    ["fewer of it", 20, once(ids(9)), null],
    ["eight of a short one", 12, once(ids(8)), 1],
    ["seven of it", 12, once(ids(7)), null],
    ["all of a very short one", 4, once(ids(4)), 1],
    ["not all of it", 4, once(ids(3)), null],
    ["nine rows of ten", 9, { ...once(ids(9)), x: 1 }, 0.9],
    ["fewer rows", 9, { ...once(ids(9)), x: 2 }, null],
  ])("of another name holds %s", (_, roster, texts, listed) => {
    expect(found(roster, column("unit", texts))).toEqual(listed === null ? [] : [[0, "roster", listed]]);
  });

  it("is the one with most ids of the roster, a usual name before others, and stays open between equals", () => {
    const [all, most] = [once(ids(10)), { ...once(ids(9)), x: 1 }];
    expect(found(10, column("a", most), column("b", all), column("c", all)).map(([place]) => place)).toEqual([1, 2]);
    expect(found(10, column("a", all), column("leder", most))).toEqual([[1, "usual-name", 0.9]]);
  });
});

describe("the respondent's column", () => {
  const found = (rows: number, columns: readonly SurveyedColumn[], leader: number | null = null) =>
    respondentColumn(columns, rows, leader);

  it("is filled in nearly every row, with nearly as many ids", () => {
    expect(found(20, [column("id", once(ids(19)))])).toBe(0);
    expect(found(20, [column("id", once(ids(18)))])).toBeNull();
    expect(found(20, [column("id", { ...once(ids(17)), same: 3 })])).toBe(0);
    expect(found(20, [column("id", { ...once(ids(16)), same: 4 })])).toBeNull();
  });

  it("is that of the name that stays longest from wave to wave, and never the leader's", () => {
    const names = ["id", "ResponseId", "token", "External-Reference", "respondent", "Participant ID"];
    const columns = names.map((name) => column(name, once(ids(5))));
    const chosen = columns.map((_, k) => found(5, columns.slice(0, k + 1)));
    expect(chosen).toEqual([0, 1, 2, 3, 4, 5]);
    expect(found(5, columns, 5)).toBe(4);
    expect(found(5, [column("id", once(ids(5)), { personal: true })])).toBeNull();
  });
});

it("takes a column for a grouping one where at least three texts stand three times each", () => {
  const columns = [
    { a: 3, b: 3, c: 3 },
    { a: 3, b: 3, c: 2 },
    { a: 5, b: 5 },
    { a: 1, b: 1, c: 7 },
  ];
  expect(groupingColumns(columns.map((texts) => column("x", texts)))).toEqual([0, 3]);
});

it("maps a column by its name, and by the vendor's id where another is called so", () => {
  const [one, other, bare] = [column("a", {}, { id: "QID1" }), column("a", {}, { id: "QID2" }), column("b", {})];
  const called = column("c", {}, { id: "b" });
  const all = [one, other, bare, called];
  expect(all.map((each) => mappedName(each, all))).toEqual(["QID1", "QID2", "b", "c"]);
  expect(mappedName(one, [one, bare])).toBe("a");
});
