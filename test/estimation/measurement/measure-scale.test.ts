import { describe, expect, test } from "vitest";
import { measureScale } from "../../../src/estimation/measurement/measure-scale.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";
import { type ItemRow, madeSums } from "../made-sums.ts";

interface RMeasurement {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly alpha: number | null;
  readonly alpha_low: number | null;
  readonly alpha_high: number | null;
  readonly omega: number | null;
  readonly icc1: number;
  readonly icc2: number;
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
  readonly rwg: number;
  readonly rwg_leaders: number;
  readonly rwg_skewed: number;
  readonly item: string | readonly string[];
  readonly item_n: number | readonly number[];
  readonly item_mean: number | readonly number[];
  readonly item_sd: number | readonly number[];
  readonly item_rest: readonly number[] | null;
  readonly alpha_dropped: readonly number[] | null;
}

const ordinal = expected("ordinal") as Readonly<Record<string, { readonly alpha: number; readonly omega: number }>>;
const answers = expected("measurement") as Readonly<Record<string, RMeasurement>>;
const names = ["items-complete", "items-missing", "items-turned", "items-two", "items-one"];

/** Closed formulas on the same sums. */
const closed = 1e-12;
/** R's qf is the one step between: it holds about 1e-11 here. */
const quantile = 1e-10;
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
    const variance = measured.iccTest!;
    expect([variance.df1, variance.df2]).toEqual([r.df1, r.df2]);
    expectClose(variance.f, r.f, closed, "F");
    expectClose(variance.p, r.p, closed * 100, "p");
    expectClose(measured.rwgSlightlySkewed, r.rwg_skewed, closed, "rwg, slightly skewed");
    if (r.alpha === null || r.omega === null) {
      expect([measured.alpha, measured.alphaLow, measured.omega]).toEqual([null, null, null]);
      expect(measured.notes).toContain("Alpha and omega need at least two items.");
    } else {
      expectClose(measured.alpha, r.alpha, closed, "alpha");
      expectClose(measured.alphaLow, r.alpha_low!, quantile, "low");
      expectClose(measured.alphaHigh, r.alpha_high!, quantile, "high");
      expectClose(measured.omega, r.omega, optimiser, "omega");
    }
  });

  test.each(names)("%s, item by item", (name) => {
    const r = answers[name]!;
    const { rows, items } = rowsOf(name);
    const measured = measureScale(madeSums(rows, items)).itemStatistics;
    expect(measured.map(({ item }) => item)).toEqual([r.item].flat());
    expect(measured.map(({ n }) => n)).toEqual([r.item_n].flat());
    for (const [i, { item, mean, sd, itemRest, alphaIfDropped }] of measured.entries()) {
      expectClose(mean, [r.item_mean].flat()[i]!, closed, `${item} mean`);
      expectClose(sd, [r.item_sd].flat()[i]!, closed, `${item} sd`);
      if (r.item_rest === null) expect(itemRest, item).toBeNull();
      else expectClose(itemRest, r.item_rest[i]!, closed, `${item} with the rest`);
      if (r.alpha_dropped === null) expect(alphaIfDropped, item).toBeNull();
      else expectClose(alphaIfDropped, r.alpha_dropped[i]!, closed, `alpha without ${item}`);
    }
  });

  test("an item that runs against the others is named", () => {
    const { rows, items } = rowsOf("items-turned");
    expect(measureScale(madeSums(rows, items)).notes.join(" ")).toContain("load negatively: i3");
  });
});

const tooFewTogether = "Some items have too few answers in common for a polychoric correlation.";

/** R's optimize leaves each correlation within 1e-8 of the top of its likelihood. */
const ofLikelihood = 1e-7;

describe("ordinal alpha and omega as psych has them of its polychoric correlations", () => {
  const fives = ["items-complete", "items-missing", "items-two", "ordinal-five", "ordinal-unused", "ordinal-apart"];
  test.each(fives)("%s", (name) => {
    const { rows, items } = rowsOf(name);
    const measured = measureScale(madeSums(rows, items));
    expectClose(measured.ordinalAlpha, ordinal[name]!.alpha, ofLikelihood, "ordinal alpha");
    const note = measured.notes.join(" ");
    expect(note.includes("positive definite")).toBe(name === "ordinal-apart");
    // At the bound psych's optimiser restricts the uniqueness, this one the loading: they end apart.
    if (name === "ordinal-apart") expect(note).toContain("ordinal omega is at its bound");
    else expectClose(measured.ordinalOmega, ordinal[name]!.omega, optimiser, "ordinal omega");
  });

  test("none between more than eight answers, or answers that are not whole", () => {
    const { rows, items } = rowsOf("ordinal-five");
    const sums = madeSums(rows, items);
    const ten = measureScale({ ...sums, tables: null, agreement: { ...sums.agreement, answers: 11 } });
    const broken = measureScale({ ...sums, tables: null });
    for (const { ordinalAlpha, ordinalOmega, alpha } of [ten, broken])
      expect([ordinalAlpha, ordinalOmega, alpha !== null]).toEqual([null, null, true]);
    expect(ten.notes).toContain("Ordinal alpha and omega are for at most 8 answers; here there are 11.");
    expect(broken.notes).toContain("Ordinal alpha and omega are for answers in whole numbers.");
  });

  test("an item that all answer alike is left out, and items that share no respondent have none", () => {
    const { rows, items } = rowsOf("ordinal-five");
    const alike = rows.map(({ leader, answers: [, ...rest] }) => ({ leader, answers: [4, ...rest] }));
    const three = rows.map(({ leader, answers: [, ...rest] }) => ({ leader, answers: rest }));
    const [one, other] = [measureScale(madeSums(alike, items)), measureScale(madeSums(three, items.slice(1)))];
    expect(one.ordinalAlpha).not.toBeNull();
    expect([one.ordinalAlpha, one.ordinalOmega]).toEqual([other.ordinalAlpha, other.ordinalOmega]);
    const apart = rows.map(({ leader, answers: [a, b, c, d] }, k) => ({
      leader,
      answers: k % 2 ? [a!, null, c!, d!] : [null, b!, c!, d!],
    }));
    const measured = measureScale(madeSums(apart, items));
    expect([measured.ordinalAlpha, measured.ordinalOmega]).toEqual([null, null]);
    expect(measured.notes).toContain(tooFewTogether);
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

  test("an item that does not vary has a mean, and no place among the others", () => {
    const rows = [...team("a", [4, 5, 3], [4, 1, 2]), ...team("b", [4, 3, 3], [4, 2, 2])];
    const [constant, other] = measureScale(madeSums(rows, ["i1", "i2", "i3"])).itemStatistics;
    expect(constant).toMatchObject({ item: "i1", n: 4, mean: 4, sd: 0, itemRest: null, alphaIfDropped: null });
    expect(other?.itemRest).not.toBeNull();
    expect(other?.alphaIfDropped).toBeNull();
  });

  test("an item that nobody answered", () => {
    const rows = [...team("a", [4, 5], [3, 1]), ...team("b", [2, 2])].map(({ leader, answers }) => ({
      leader,
      answers: [...answers, null],
    }));
    const measured = measureScale(madeSums(rows, ["i1", "i2", "i3"]));
    expect(measured.alpha).not.toBeNull();
    expect(measured.itemStatistics[2]).toEqual({
      ...{ item: "i3", n: 0, mean: null, sd: null, itemRest: null, alphaIfDropped: null, missing: { blank: 3 } },
    });
  });

  test("leaders within whom nothing varies: F has no bound", () => {
    const measured = measureScale(madeSums([...team("a", [4, 5], [4, 5]), ...team("b", [2, 1], [2, 1])], ["i1", "i2"]));
    expect(measured).toMatchObject({ icc1: 1, iccTest: { f: null, df1: 1, df2: 2, p: 0 } });
    expect(measured.notes).toContain("Nothing varies within leaders; F has no bound.");
  });

  test("a number of answers for which no slightly skewed null is published", () => {
    const sums = madeSums([...team("a", [4, 5], [3, 3]), ...team("b", [1, 2], [2, 2])], ["i1", "i2"]);
    const measured = measureScale({ ...sums, agreement: { ...sums.agreement, skewed: null, answers: 4 } });
    expect(measured.rwg).not.toBeNull();
    expect(measured.rwgSlightlySkewed).toBeNull();
    expect(measured.notes).toEqual([
      tooFewTogether,
      "The slightly skewed null of rwg is published for 5 to 11 answers; here there are 4.",
    ]);
  });

  test("one leader", () => {
    const measured = measureScale(madeSums(team("a", [4, 5], [2, 1], [3, 3]), ["i1", "i2"]));
    expect(measured.icc1).toBeNull();
    expect(measured.alpha).not.toBeNull();
    expect(measured.notes).toEqual([tooFewTogether, "ICC needs at least two leaders."]);
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
