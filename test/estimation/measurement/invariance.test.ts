import { describe, expect, test } from "vitest";
import { invarianceTable } from "../../../pipelines/terminal/invariance.ts";
import { invariance as scaleInvariance } from "../../../src/estimation/measurement/invariance.ts";
import type { ItemMoments } from "../../../src/estimation/measurement/item-moments.ts";
import type { LeaderItems } from "../../../src/estimation/measurement/leader-items.ts";
import { chiSquareUpper } from "../../../src/stats/distribution/distributions.ts";
import { itemScales } from "../../../src/study/items.ts";
import type { Rater, Study } from "../../../src/study/study.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";
import { leaderItems } from "../../stats/measurement/leader-items.ts";
import { madeStudy } from "../made-study.ts";

interface Response {
  readonly wave: string;
  readonly rater: Rater;
  readonly arm: string;
  /** Null where not answered. */
  readonly answers: readonly (number | null)[];
}

/** One cell per response: cells add up however they are cut. */
const cellsOf = (responses: readonly Response[]): readonly ItemMoments[] =>
  responses.map(({ answers, ...where }) => {
    const values = answers.map((answer) => answer ?? 0);
    return {
      ...where,
      scale: "outcome",
      answered: answers.map((answer) => answer !== null),
      n: 1,
      sums: values,
      products: values.flatMap((one, i) => values.slice(i).map((other) => one * other)),
    };
  });

/** One row per response, of leaders of their own. */
function leadersOf(study: Study, responses: readonly (Response & { readonly leader: string })[]): LeaderItems {
  const cells = cellsOf(responses);
  const leaders = [...new Set(responses.map(({ leader }) => leader))];
  const raters = ["self", "employee", "superior"];
  return {
    items: cells[0]?.sums.length ?? 0,
    leader: Int32Array.from(responses, ({ leader }) => leaders.indexOf(leader)),
    wave: Int32Array.from(responses, ({ wave }) => study.waves.findIndex(({ id }) => id === wave)),
    rater: Int32Array.from(responses, ({ rater }) => raters.indexOf(rater)),
    arm: Int32Array.from(responses, ({ arm }) => study.arms.findIndex(({ id }) => id === arm)),
    answered: Uint8Array.from(cells.flatMap(({ answered }) => answered.map(Number))),
    n: new Float64Array(cells.length).fill(1),
    sums: Float64Array.from(cells.flatMap(({ sums }) => sums)),
    products: Float64Array.from(cells.flatMap(({ products }) => products)),
  };
}

const nobody = leadersOf(madeStudy({ arms: [], waves: [], baseline: null }), []);

const invariance = (study: Study, cells: readonly ItemMoments[], leaders = nobody) =>
  itemScales(study.instrument).flatMap((scale) => scaleInvariance(study, scale, cells, leaders));

function studyOf(items: number, arms: readonly string[], waves: readonly string[]): Study {
  const study = madeStudy({ arms, waves, baseline: null });
  const [scale] = study.instrument.scales;
  if (scale?.kind !== "items") throw new Error("not a scale of items");
  const made = Array.from({ length: items }, (_, i) => ({ id: `i${i + 1}`, reversed: false, wording: {} }));
  return { ...study, instrument: { ...study.instrument, scales: [{ ...scale, items: made }] } };
}

const rows = (name: string): readonly { readonly group: string; readonly answers: readonly number[] }[] =>
  input(name).map(({ group, ...cells }) => ({ group: group!, answers: Object.values(cells).map(Number) }));

const overWaves = (name: string): readonly Response[] =>
  rows(name).map(({ group, answers }) => ({ wave: group, rater: "employee", arm: "", answers }));

const two = studyOf(4, [], ["g1", "g2"]);

interface RLevel {
  readonly measures: Readonly<Record<"chisq" | "df" | "cfi" | "rmsea", number>>;
}
const answers = expected("invariance") as Readonly<Record<string, Readonly<Record<string, RLevel>>>>;
const withMissing = expected("leader-items") as Readonly<
  Record<string, { readonly levels: Readonly<Record<string, RLevel>> }>
>;
/** lavaan's stopping point. */
const stoppingPoint = 1e-7;

describe("waves, arms and raters are compared as lavaan compares groups", () => {
  const level = (name: string, step: string) => answers[name]![step]!.measures;

  test("over waves, in a study without arms", () => {
    const found = invariance(two, cellsOf(overWaves("cfa-two")));
    expect(found.map(({ over, rater, wave, level }) => [over, rater, wave, level])).toEqual(
      ["configural", "metric", "scalar"].map((step) => ["wave", "employee", null, step]),
    );
    for (const step of found) {
      const r = level("cfa-two", step.level);
      expectClose(step.chiSquared, r.chisq, stoppingPoint, "chi-squared");
      expectClose(step.cfi, r.cfi, stoppingPoint, "CFI");
      expect([step.df, step.status]).toEqual([r.df, "estimated"]);
    }
    expect(found[0]!.groups).toEqual([
      { group: "g1", n: 260 },
      { group: "g2", n: 140 },
    ]);
    const change = level("cfa-two", "scalar").cfi - level("cfa-two", "metric").cfi;
    expectClose(found[2]!.changeCfi, change, 1e-5, "change of CFI");
    const [metric, scalar] = [level("cfa-two", "metric"), level("cfa-two", "scalar")];
    const p = chiSquareUpper(scalar.chisq - metric.chisq, scalar.df - metric.df);
    expectClose(found[2]!.changeP!, p, 1e-5, "p of the change of chi-squared");
    // RMSEA rises by more than the limit, chi-squared by no more than chance.
    expect([scalar.rmsea - metric.rmsea > 0.015, p > 0.05]).toEqual([true, true]);
    expect(found.map(({ holds }) => holds)).toEqual([null, true, null]);
  });

  test("over arms at each wave, and over raters", () => {
    const study = studyOf(5, ["g1", "g2", "g3", "g4"], ["before"]);
    const employees = rows("cfa-four").map(({ group, answers }): Response => {
      return { wave: "before", rater: "employee", arm: group, answers };
    });
    const own = employees.slice(0, 90).map((response): Response => ({ ...response, rater: "self" }));
    const found = invariance(study, cellsOf([...employees, ...own]));
    expect(found.map(({ over, rater, wave }) => [over, rater, wave].join(" "))).toEqual(
      ["arm employee before", "rater  before"].flatMap((each) => [each, each, each]),
    );
    expectClose(found[2]!.chiSquared, level("cfa-four", "scalar").chisq, stoppingPoint, "chi-squared");
    expect(found[4]!.groups).toEqual([
      { group: "self", n: 90 },
      { group: "employee", n: 595 },
    ]);
  });

  test("a scale that does not measure the same is said not to", () => {
    const found = invariance(studyOf(6, [], ["g1", "g2"]), cellsOf(overWaves("cfa-misfit")));
    expect(found.map(({ holds }) => holds)).toEqual([null, false, false]);
  });

  test("intercepts that are equal do not hold on loadings that differ", () => {
    const four = overWaves("cfa-two");
    const at = (wave: string) => four.filter((response) => response.wave === wave);
    const meanAt = (wave: string, i: number) =>
      at(wave).reduce((sum, { answers }) => sum + answers[i]! / at(wave).length, 0);
    const turned = four.map((response, k) => ({
      ...response,
      answers: response.answers.map((answer, i) =>
        response.wave === "g1"
          ? answer
          : i === 3
            ? meanAt("g1", 3) + ((k * 7) % 5) - 2
            : answer! - meanAt("g2", i) + meanAt("g1", i),
      ),
    }));
    const found = invariance(two, cellsOf(turned));
    expect(found[2]!.changeCfi).toBeGreaterThan(-0.01);
    expect(found.map(({ holds }) => holds)).toEqual([null, false, false]);
  });

  test("the terminal calls no level held that could not be fitted", () => {
    const found = invariance(two, cellsOf(overWaves("cfa-two")));
    const lost = found.map((step) => (step.level === "scalar" ? { ...step, holds: null } : step));
    expect(invarianceTable(lost, "en")).toContain("metric");
    expect(invarianceTable(lost, "en")).not.toContain("scalar");
  });

  test("p is said to be too small", () => {
    expect(invariance(two, cellsOf(overWaves("cfa-two")))[1]!.note).toContain("p is too small");
  });
});

describe("leaders as clusters", () => {
  interface RScaled {
    readonly factors: Readonly<Record<"apart" | "together", number>>;
    readonly scaled: Readonly<Record<"chisq.scaled" | "pvalue.scaled", number>>;
  }
  const levels = (name: string) =>
    (expected("leader-items") as Record<string, { levels: Record<string, RScaled> }>)[name]!.levels;
  /** lavaan's second derivatives are differences. */
  const differences = 1e-5;

  test("over arms, as lavaan's MLR", () => {
    const study = studyOf(4, ["g1", "g2"], ["now"]);
    const responses = leaderItems("leaders-gaps").map(({ group, leader, answers }) => {
      return { wave: "now", rater: "employee" as const, arm: group, leader, answers };
    });
    const found = invariance(study, cellsOf(responses), leadersOf(study, responses));
    expect(found.map(({ clustered }) => clustered?.leaders)).toEqual([80, 80, 80]);
    for (const { level, clustered, note } of found) {
      const r = levels("leaders-gaps")[level]!.scaled;
      expectClose(clustered?.chiSquared, r["chisq.scaled"], differences, level);
      expectClose(clustered?.p, r["pvalue.scaled"], differences, level);
      expect(note).toContain("the one with leaders as clusters says what is more than chance");
    }
    expect(found.map(({ clustered }) => clustered?.changeP === null)).toEqual([true, false, false]);
  });

  test("over waves in which the same leaders are rated, and other raters' answers left aside", () => {
    const study = studyOf(3, [], ["g1", "g2"]);
    const employees = leaderItems("leaders-again").map(({ group, leader, answers }) => {
      return { wave: group, rater: "employee" as const, arm: "", leader, answers };
    });
    const own = employees.slice(0, 20).map((response) => ({ ...response, rater: "self" as const, answers: [1, 7, 4] }));
    const all = [...employees, ...own];
    const found = invariance(study, cellsOf(all), leadersOf(study, all)).filter(({ over }) => over === "wave");
    expect(found[0]!.clustered).toBeNull();
    expect(found[0]!.note).toContain("p is too small");
    for (const { level, clustered } of found.slice(1))
      expectClose(clustered?.scale, levels("leaders-again")[level]!.factors.together, differences, level);
  });

  test("what is more than chance is what clusters say", () => {
    const rows = overWaves("cfa-misfit").map((response, k) => ({ ...response, leader: `L${k % 150}` }));
    const copies = Array.from({ length: 8 }, () => rows).flat();
    const study = studyOf(6, [], ["g1", "g2"]);
    const few = overWaves("cfa-two").map((response, k) => ({ ...response, leader: `L${k}` }));
    const many = Array.from({ length: 12 }, () => few).flat();
    const [alone, together] = [invariance(two, cellsOf(many)), invariance(two, cellsOf(many), leadersOf(two, many))];
    // Twelve times the same answers: independent they would be proof, of one leader each they are not.
    expect(alone[2]!.changeP).toBeLessThan(0.001);
    expect(together[2]!.clustered!.changeP).toBeGreaterThan(0.05);
    expect([alone[2]!.holds, together[2]!.holds]).toEqual([false, null]);
    expect(invariance(study, cellsOf(copies), leadersOf(study, copies))[1]!.holds).toBe(false);
  });

  test("few leaders are said to be few, and one in a group gives no test", () => {
    const rows = leaderItems("leaders-whole").map(({ group, leader, answers }, k) => {
      return { wave: group, rater: "employee" as const, arm: "", leader: `${leader} ${k % 2}`, answers };
    });
    const few = rows.map((row, k) => ({ ...row, leader: `${k % 9}` }));
    expect(invariance(two, cellsOf(few), leadersOf(two, few))[2]!.note).toContain("Fewer than 50 leaders");
    const one = rows.map((row) => ({ ...row, leader: row.wave === "g1" ? "L" : row.leader }));
    const found = invariance(two, cellsOf(one), leadersOf(two, one));
    expect(found.map(({ status, clustered }) => [status, clustered])).toEqual(
      Array.from({ length: 3 }, () => ["estimated", null]),
    );
  });
});

describe("what is missing", () => {
  const four = overWaves("cfa-two");

  test("an item that one wave did not ask is left out by name, and costs no one", () => {
    const asked = four.map(({ answers, ...where }) => ({
      ...where,
      answers: where.wave === "g2" ? [...answers.slice(0, 3), null] : answers,
    }));
    const found = invariance(two, cellsOf(asked));
    const three = invariance(
      studyOf(3, [], ["g1", "g2"]),
      cellsOf(four.map(({ answers, ...where }) => ({ ...where, answers: answers.slice(0, 3) }))),
    );
    expect(found[1]!.note).toContain("left out: i4.");
    expect(found[0]!.note).toContain("tests nothing");
    // The RMSEA of a model without degrees of freedom is 0 by definition: a rise from there says nothing.
    expect(found.map(({ changeRmsea }) => changeRmsea !== null)).toEqual([false, false, true]);
    expect(found[1]).toMatchObject({ holds: found[1]!.changeCfi! >= -0.01 });
    expect(found.map(({ chiSquared, groups }) => ({ chiSquared, groups }))).toEqual(
      three.map(({ chiSquared, groups }) => ({ chiSquared, groups })),
    );
    expect(found[0]!.p).toBeNull();
  });

  test("respondents who skipped an item count with the others that they answered, as in lavaan", () => {
    const gaps = leaderItems("leaders-gaps").map(({ group, answers }): Response => {
      return { wave: group, rater: "employee", arm: "", answers };
    });
    const found = invariance(two, cellsOf(gaps));
    const some = gaps.filter(({ answers }) => answers.includes(null) && answers.some((answer) => answer !== null));
    expect(found[0]!.note).toContain(`${some.length} respondents without answers to all items count with those`);
    expect(found[0]!.groups.reduce((sum, { n }) => sum + n, 0)).toBe(gaps.length - 6);
    for (const step of found) {
      const r = withMissing["leaders-gaps"]!.levels[step.level]!.measures;
      expect([step.missing, step.status, step.df]).toEqual(["ml", "estimated", r.df]);
      expectClose(step.chiSquared, r.chisq, 1e-6, "chi-squared");
      expectClose(step.rmsea, r.rmsea, 1e-6, "RMSEA");
    }
    expect(invariance(two, cellsOf(four)).map(({ missing }) => missing)).toEqual(["none", "none", "none"]);
  });

  test("four short forms that cover every pair of items are enough, though nobody answered all", () => {
    const forms = four.map((response, k) => ({
      ...response,
      answers: response.answers.map((answer, i) => (i === k % 4 ? null : answer)),
    }));
    const found = invariance(two, cellsOf(forms));
    expect(found.map(({ status, missing }) => [status, missing])).toEqual(
      Array.from({ length: 3 }, () => ["estimated", "ml"]),
    );
    expect(Math.abs(found[2]!.cfi! - invariance(two, cellsOf(four))[2]!.cfi!)).toBeLessThan(0.02);
  });

  test("short and long questionnaires that share no item", () => {
    const forms = four.map((response, k) => ({
      ...response,
      answers: response.answers.map((answer, i) => ((k + i) % 2 === 0 ? null : answer)),
    }));
    const found = invariance(two, cellsOf(forms));
    expect(found.map(({ status, chiSquared }) => [status, chiSquared])).toEqual(
      Array.from({ length: 3 }, () => ["too-few-respondents", null]),
    );
  });

  test("an arm with fewer respondents than items is left out by name", () => {
    const third = four.slice(0, 3).map((response) => ({ ...response, wave: "g3" }));
    const found = invariance(studyOf(4, [], ["g1", "g2", "g3"]), cellsOf([...four, ...third]));
    expect(found[0]!.note).toContain("left out: g3.");
    expect(found[0]!.chiSquared).toBe(invariance(two, cellsOf(four))[0]!.chiSquared);
  });
});

describe("no comparison", () => {
  const four = overWaves("cfa-two");
  const statuses = (items: number, responses: readonly Response[]) => [
    ...new Set(invariance(studyOf(items, [], ["g1", "g2"]), cellsOf(responses)).map(({ status }) => status)),
  ];
  const changed = (change: (answers: readonly (number | null)[], wave: string) => readonly (number | null)[]) =>
    four.map((response) => ({ ...response, answers: change(response.answers, response.wave) }));

  test("two items", () => {
    expect(
      statuses(
        2,
        changed((answers) => answers.slice(0, 2)),
      ),
    ).toEqual(["too-few-items"]);
  });
  test("all answers alike in one wave", () => {
    const alike = changed((answers, wave) => (wave === "g2" ? [3, ...answers.slice(1)] : answers));
    expect(statuses(4, alike)).toEqual(["no-variation"]);
    expect(invariance(two, cellsOf(alike))[0]!.note).toContain("i1");
  });
  test("an item that repeats another", () => {
    expect(
      statuses(
        4,
        changed((answers) => [...answers.slice(0, 3), answers[0]!]),
      ),
    ).toEqual(["not-identified"]);
  });
  test("one respondent in a wave", () => {
    expect(statuses(4, [...four.slice(0, 260), four[260]!])).toEqual(["too-few-respondents"]);
  });
  test("one wave, one arm with answers, no answers", () => {
    const study = studyOf(4, ["a", "b"], ["g1"]);
    const one = four.slice(0, 260).map((response) => ({ ...response, arm: "a" }));
    expect(invariance(study, cellsOf(one))).toEqual([]);
    expect(invariance(study, [])).toEqual([]);
  });
  test("an indicator is nobody's answer", () => {
    expect(
      statuses(
        4,
        four.map((response) => ({ ...response, rater: "indicator" })),
      ),
    ).toEqual([]);
  });
});
