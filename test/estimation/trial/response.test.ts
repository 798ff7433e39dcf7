import { describe, expect, test } from "vitest";
import type { Design } from "../../../src/estimation/design/design.ts";
import type { ResponseCount } from "../../../src/estimation/design/presence.ts";
import { respondsUnevenly, response } from "../../../src/estimation/trial/response.ts";
import { responseBounds } from "../../../src/estimation/trial/response-bounds.ts";
import type { Study } from "../../../src/study/study.ts";
import type { RosterRow } from "../../../src/tables/roster.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";
import { type Answer, cellsOfAnswers, madeDesign, madeStudy } from "../made-study.ts";

interface RBound {
  readonly estimate: number;
  readonly se: number;
}
const r = expected("units") as {
  readonly response: { readonly p: number } & { readonly [K in "estimate" | "low" | "high"]: readonly number[] };
  readonly bounds: Readonly<Record<"a" | "b", { readonly low: RBound; readonly high: RBound }>>;
};

/** Cluster-robust numbers agree with clubSandwich to here. */
const tolerance = 1e-10;

const rowOf = (leader: string, arm: string, rest: Partial<RosterRow>): RosterRow => ({
  leader,
  arm,
  roster_arm: arm,
  allocation_unit: null,
  block: null,
  class: null,
  sparring_group: null,
  employees: null,
  attended: null,
  from_date: null,
  to_date: null,
  ...rest,
});

const counted = (leader: string, wave: string, n: number): ResponseCount =>
  ({ leader, wave, rater: "employee", n }) as never;

describe("employees of units that R was given too", () => {
  const rows = input("units");
  const people = [...new Map(rows.map((row) => [row.leader!, row])).values()];
  const study = madeStudy({ arms: ["control", "a", "b"], waves: ["before", "after"], baseline: "before" });
  const design = madeDesign(
    study,
    people.map((row) => ({ leader: row.leader!, arm: row.arm!, block: row.block!, unit: row.unit! })),
  );
  const roster = people.map((row, k) => rowOf(row.leader!, row.arm!, { employees: 10 + (k % 3) }));
  const answers = rows.map(
    (row): Answer => ({ leader: row.leader!, wave: row.wave!, y: Number(row.y), covariates: {} }),
  );
  const responses = people.flatMap(({ leader }) =>
    ["before", "after"].map((wave) =>
      counted(leader!, wave, answers.filter((one) => one.leader === leader && one.wave === wave).length),
    ),
  );

  test("answer as often as clubSandwich says, tested over units", () => {
    const found = response(study, design, roster, responses).filter(({ wave }) => wave === "after");
    expect(found.map(({ arm }) => arm)).toEqual(["control", "a", "b"]);
    expect(found.every(({ leaders, withoutHeadcount }) => leaders > 0 && withoutHeadcount === 0)).toBe(true);
    found.slice(1).forEach(({ difference, p }, k) => {
      expectClose(p, r.response.p, tolerance, "p");
      expectClose(difference?.estimate, r.response.estimate[k]!, tolerance, "difference");
      expectClose(difference?.low, r.response.low[k]!, 1e-9, "low");
      expectClose(difference?.high, r.response.high[k]!, 1e-9, "high");
    });
  });

  test("leave the effect between the bounds that filling in their rows gives", () => {
    const found = responseBounds(study, design, cellsOfAnswers(study, design, answers), roster, responses);
    expect(found.map(({ arm, status }) => [arm, status])).toEqual([
      ["a", "estimated"],
      ["b", "estimated"],
    ]);
    for (const { arm, low, high, lowSe, highSe, interval } of found) {
      const wanted = r.bounds[arm as "a" | "b"];
      expectClose(low, wanted.low.estimate, tolerance, "low");
      expectClose(high, wanted.high.estimate, tolerance, "high");
      expectClose(lowSe, wanted.low.se, tolerance, "se of low");
      expectClose(highSe, wanted.high.se, tolerance, "se of high");
      expect(interval!.low < low! && interval!.high > high!).toBe(true);
    }
  });

  test("whose leaders have no headcount are counted apart and bound nothing", () => {
    const unknown = roster.map((row) => ({ ...row, employees: null }));
    const found = response(study, design, unknown, responses).filter(({ wave }) => wave === "after");
    for (const { invited, share, p, status, withoutHeadcount } of found) {
      expect({ invited, share, p, status }).toEqual({ invited: 0, share: null, p: null, status: "no-data" });
      expect(withoutHeadcount).toBeGreaterThan(0);
    }
    const bounds = responseBounds(study, design, cellsOfAnswers(study, design, answers), unknown, responses);
    expect(bounds.map(({ status }) => status)).toEqual(["no-data", "no-data"]);
  });
});

describe("a few leaders", () => {
  const study: Study = madeStudy({ arms: ["control", "a"], waves: ["after"], baseline: null });
  const ids = ["c1", "c2", "a1", "a2"];
  const design: Design = madeDesign(
    study,
    ids.map((leader) => ({ leader, arm: leader.startsWith("c") ? "control" : "a", block: "" })),
  );
  const roster = (employees: number) =>
    ids.map((leader) => rowOf(leader, leader.startsWith("c") ? "control" : "a", { employees }));
  const at = (answered: readonly number[]) => ids.map((leader, k) => counted(leader, "after", answered[k]!));

  test("whose teams answer equally often within arms are tested on employees: 18 of 20 against 6 of 20", () => {
    const found = response(study, design, roster(10), at([9, 9, 3, 3]));
    // Pearson's chi-square of the table: 40 · (18 · 14 − 6 · 2)² / (20 · 20 · 24 · 16) = 15.
    for (const { p } of found) expectClose(p, 0.000107511177, 1e-6, "p");
    expect(found[1]!.difference).toEqual({ estimate: -0.6000000000000001, low: null, high: null });
    expect(respondsUnevenly(found, "employee", "after", 0.95)).toBe(true);
    expect(respondsUnevenly(found, "self", "after", 0.95)).toBe(false);
  });

  test("who all answer differ in nothing, and no more answer than there are", () => {
    const found = response(study, design, roster(10), at([10, 10, 10, 14]));
    expect(
      found.map(({ invited, answered, share, p, beyondHeadcount }) => [invited, answered, share, p, beyondHeadcount]),
    ).toEqual([
      [20, 20, 1, 1, 0],
      [24, 24, 1, 1, 1],
    ]);
  });

  test("who left before the wave are not invited", () => {
    const left = roster(10).map((row) => (row.leader === "a2" ? { ...row, to_date: "2009-12-31" } : row));
    expect(response(study, design, left, at([5, 7, 6, 0]))[1]).toMatchObject({ leaders: 1, invited: 10, answered: 6 });
  });
});
