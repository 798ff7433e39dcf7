import { describe, expect, test } from "vitest";
import { measureScale } from "../../src/estimation/measure-scale.ts";
import { oneWay } from "../../src/stats/agreement.ts";
import { expectClose, expected, input } from "../oracle/read.ts";
import { type ItemRow, madeSums } from "./made-sums.ts";

interface RMeasurement {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly alpha: number | null;
  readonly omega: number | null;
  readonly icc1: number;
  readonly icc2: number;
  readonly f: number;
  readonly p: number;
  readonly rwg: number;
  readonly rwg_leaders: number;
}

const answers = expected("measurement") as Readonly<Record<string, RMeasurement>>;
const names = ["items-complete", "items-missing", "items-turned", "items-two", "items-one"];

/** Closed formulas on the same sums. */
const closed = 1e-12;
/** psych stops its optimiser at a relative gain of 1e-8 or so in the squared residuals, which are flat there. */
const optimiser = 1e-5;

function rowsOf(name: string): { rows: ItemRow[]; items: string[] } {
  const table = input(name);
  const items = Object.keys(table[0]!).slice(1);
  const answer = (cell: string | undefined): number | null => (cell ? Number(cell) : null);
  return { items, rows: table.map((row) => ({ leader: row.leader!, answers: items.map((id) => answer(row[id])) })) };
}

describe("a scale of items measured as psych and multilevel do", () => {
  test.each(names)("%s", (name) => {
    const r = answers[name]!;
    const { rows, items } = rowsOf(name);
    const sums = madeSums(rows, items);
    const measured = measureScale(sums);
    expect([measured.respondents, sums.agreement.leaders]).toEqual([r.n, r.rwg_leaders]);
    for (const key of ["mean", "sd", "icc1", "icc2", "rwg"] as const) expectClose(measured[key], r[key], closed, key);
    const variance = oneWay({ ...sums.score, clusters: sums.score.leaders })!;
    expectClose(variance.f, r.f, closed, "F");
    expectClose(variance.p, r.p, closed * 100, "p");
    if (r.alpha === null || r.omega === null) {
      expect([measured.alpha, measured.omega]).toEqual([null, null]);
      expect(measured.notes).toContain("Alpha and omega need at least two items.");
    } else {
      expectClose(measured.alpha, r.alpha, closed, "alpha");
      expectClose(measured.omega, r.omega, optimiser, "omega");
    }
  });

  test("an item that runs against the others is named", () => {
    const { rows, items } = rowsOf("items-turned");
    expect(measureScale(madeSums(rows, items)).notes.join(" ")).toContain("load negatively: i3");
  });
});

const team = (leader: string, ...answers: number[][]): ItemRow[] => answers.map((row) => ({ leader, answers: row }));

describe("what cannot be measured is null, with a reason", () => {
  test("nobody answered", () => {
    const measured = measureScale(madeSums([], ["i1", "i2"]));
    expect(measured).toMatchObject({
      mean: null,
      sd: null,
      alpha: null,
      omega: null,
      icc1: null,
      icc2: null,
      rwg: null,
    });
    expect(measured.notes).toContain("There are no answers.");
  });

  test("one respondent", () => {
    const measured = measureScale(madeSums(team("a", [4, 5]), ["i1", "i2"]));
    expect(measured).toMatchObject({ mean: 4.5, sd: null, alpha: null, icc1: null, rwg: null, respondents: 1 });
    expect(measured.notes).toHaveLength(3);
  });

  test("all answers alike", () => {
    const rows = [...team("a", [4, 4], [4, 4]), ...team("b", [4, 4], [4, 4])];
    const measured = measureScale(madeSums(rows, ["i1", "i2"]));
    expect(measured).toMatchObject({ mean: 4, sd: 0, alpha: null, omega: null, icc1: null, icc2: null, rwg: 1 });
    expect(measured.notes).toContain("ICC needs scores that vary between leaders.");
  });

  test("one leader", () => {
    const measured = measureScale(madeSums(team("a", [4, 5], [2, 1], [3, 3]), ["i1", "i2"]));
    expect(measured.icc1).toBeNull();
    expect(measured.alpha).not.toBeNull();
    expect(measured.notes).toEqual(["ICC needs at least two leaders."]);
  });

  test("one respondent each", () => {
    const measured = measureScale(madeSums([...team("a", [4, 5]), ...team("b", [2, 1])], ["i1", "i2"]));
    expect(measured.notes).toContain("ICC needs leaders with at least two respondents.");
  });

  test("items that nobody answered together", () => {
    const answers = [
      [1, 2, null, null],
      [2, 4, null, null],
      [null, null, 3, 1],
      [null, null, 5, 4],
    ];
    const rows = answers.map((row) => ({ leader: "a", answers: row }));
    const measured = measureScale(madeSums(rows, ["i1", "i2", "i3", "i4"]));
    expect([measured.alpha, measured.omega]).toEqual([null, null]);
    expect(measured.notes.join(" ")).toContain("in common");
  });

  test("a scale of scales", () => {
    const sums = madeSums([...team("a", [4, 5], [3, 3]), ...team("b", [1, 2], [2, 2])], ["i1", "i2"]);
    const measured = measureScale({ ...sums, kind: "scales", pairs: null });
    expect([measured.alpha, measured.omega]).toEqual([null, null]);
    expect(measured.icc1).not.toBeNull();
    expect(measured.notes).toEqual(["Alpha and omega are for scales of items; this one is made of scales."]);
  });
});
