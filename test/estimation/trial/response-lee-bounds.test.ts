import { describe, expect, test } from "vitest";
import type { Design } from "../../../src/estimation/design/design.ts";
import type { ResponseCount } from "../../../src/estimation/design/presence.ts";
import type { ScoreCountsOf } from "../../../src/estimation/design/score-counts.ts";
import { type ResponseLeeBound, responseLeeBounds } from "../../../src/estimation/trial/response-lee-bounds.ts";
import type { Study } from "../../../src/study/study.ts";
import type { RosterRow } from "../../../src/tables/roster.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";
import { madeDesign, madeStudy } from "../made-study.ts";

type RBound = Readonly<Record<"low" | "high" | "low_se" | "high_se" | "df" | "interval_low" | "interval_high", number>>;
type RBounds = Readonly<Record<"unit" | "leader", Readonly<Record<"a" | "b", RBound>>>>;
const r = expected("employees-lee") as Readonly<Record<"fine" | "steps", RBounds>>;

/** Sums over hundreds of answers. */
const tolerance = 1e-12;
/** R's standard errors are from numerical derivatives of four points, which are rounded to here. */
const ofDerivatives = 1e-10;

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

/** One answer: who is rated, in which wave by its index, the score. */
interface Scored {
  readonly leader: string;
  readonly wave: number;
  readonly y: number;
}

const scoresOf =
  (design: Design, answers: readonly Scored[]): ScoreCountsOf =>
  (_, wave) => {
    const counts = new Map<string, number>();
    for (const { leader, y } of answers.filter((one) => one.wave === wave)) {
      const key = `${design.leaders.indexOf(leader)} ${y}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const entries = [...counts].map(([key, n]) => [...key.split(" ").map(Number), n]);
    const column = (k: number) => entries.map((entry) => entry[k]!);
    return {
      leader: Int32Array.from(column(0)),
      score: Float64Array.from(column(1)),
      n: Float64Array.from(column(2)),
    };
  };

describe("employees of units that R was given row by row", () => {
  const rows = input("units").filter(({ wave }) => wave === "after");
  const people = [...new Map(input("units").map((row) => [row.leader!, row])).values()];
  const study = madeStudy({ arms: ["control", "a", "b"], waves: ["before", "after"], baseline: "before" });
  const assigned = people.map((row) => ({ leader: row.leader!, arm: row.arm!, block: row.block! }));
  const roster = people.map((row, k) => rowOf(row.leader!, row.arm!, { employees: 10 + (k % 3) }));
  const designs = {
    unit: madeDesign(
      study,
      people.map((row) => ({ leader: row.leader!, arm: row.arm!, block: row.block!, unit: row.unit! })),
    ),
    leader: madeDesign(study, assigned),
  };
  const rounded = { fine: (y: number) => y, steps: (y: number) => 5 * Math.floor(y / 5) };

  test.each([
    ["fine", "unit"],
    ["fine", "leader"],
    ["steps", "unit"],
    ["steps", "leader"],
  ] as const)("with %s scores and arms given by %s have R's bounds", (scores, by) => {
    const design = designs[by];
    const answers = rows.map((row) => ({ leader: row.leader!, wave: 1, y: rounded[scores](Number(row.y)) }));
    const responses = people.map(({ leader }) =>
      counted(leader!, "after", answers.filter((one) => one.leader === leader).length),
    );
    const found = responseLeeBounds(study, design, scoresOf(design, answers), roster, responses);
    expect(found.map(({ arm, status }) => [arm, status])).toEqual([
      ["a", "estimated"],
      ["b", "estimated"],
    ]);
    for (const { arm, low, high, lowSe, highSe, interval, trimmed } of found) {
      const wanted = r[scores][by][arm as "a" | "b"];
      expectClose(low, wanted.low, tolerance, "low");
      expectClose(high, wanted.high, tolerance, "high");
      expectClose(lowSe, wanted.low_se, ofDerivatives, "se of low");
      expectClose(highSe, wanted.high_se, ofDerivatives, "se of high");
      expectClose(interval?.low, wanted.interval_low, ofDerivatives, "interval");
      expectClose(interval?.high, wanted.interval_high, ofDerivatives, "interval");
      expect(trimmed).toBeGreaterThan(0);
    }
  });
});

const waves = ["after"] as const;
const study: Study = madeStudy({ arms: ["control", "a"], waves, baseline: null });
const ids = ["c1", "c2", "c3", "a1", "a2", "a3"];
const designOf = (unit: (leader: string) => string): Design =>
  madeDesign(
    study,
    ids.map((leader) => ({ leader, arm: leader.startsWith("c") ? "control" : "a", block: "", unit: unit(leader) })),
  );
const byLeader = designOf((leader) => leader);

/** Bounds of six leaders by the scores of each one's employees and their headcount. */
function boundsOf(
  scores: Readonly<Record<string, readonly number[]>>,
  employees: number | null | Readonly<Record<string, number | null>>,
  { design = byLeader, of = study }: { readonly design?: Design; readonly of?: Study } = {},
): ResponseLeeBound {
  const answers = Object.entries(scores).flatMap(([leader, own]) => own.map((y) => ({ leader, wave: 0, y })));
  const headcount = (leader: string) => (typeof employees === "object" && employees ? employees[leader]! : employees);
  const roster = ids.map((leader) =>
    rowOf(leader, leader.startsWith("c") ? "control" : "a", { employees: headcount(leader) }),
  );
  const responses = ids.map((leader) => counted(leader, "after", scores[leader]?.length ?? 0));
  return responseLeeBounds(of, design, scoresOf(design, answers), roster, responses)[0]!;
}

const all = { c1: [10, 20, 30, 40], c2: [20, 30, 40, 50], c3: [0, 10, 20, 30] };
const some = { a1: [60], a2: [40, 50], a3: [50] };

describe("bounds by hand", () => {
  test("the arm that answers more is trimmed over all its employees, and not in every team", () => {
    // 12 of 12 against 4 of 12: the control arm's four highest are 40, 40, 50 and one of three at 30, its lowest 0, 10, 10, 20.
    const found = boundsOf({ ...all, ...some }, 4);
    expect(found).toMatchObject({ status: "estimated", trimmedArm: "control" });
    expect(found.trimmed).toBeCloseTo(2 / 3, 12);
    expect(found.low).toBeCloseTo(50 - (50 + 40 + 40 + 30) / 4, 12);
    expect(found.high).toBeCloseTo(50 - (0 + 10 + 10 + 20) / 4, 12);
    expect(found.interval!.low).toBeLessThan(found.low!);
    expect(found.interval!.high).toBeGreaterThan(found.high!);
  });

  test("an employee at the edge goes in part", () => {
    const found = boundsOf(
      { ...all, a1: [60], a2: [40, 50], a3: [50, 50] },
      { c1: 4, c2: 4, c3: 4, a1: 5, a2: 6, a3: 5 },
    );
    // 12 of 12 against 5 of 16: 12 · 5/16 = 3.75 of the control arm's scores are kept.
    expect(found.low).toBeCloseTo(50 - (50 + 40 + 40 + 0.75 * 30) / 3.75, 12);
    expect(found.high).toBeCloseTo(50 - (0 + 10 + 10 + 0.75 * 20) / 3.75, 12);
  });

  test("the other arm is trimmed where it answers more, and the signs turn", () => {
    const mirror = (scores: Readonly<Record<string, readonly number[]>>) =>
      Object.fromEntries(
        Object.entries(scores).map(([id, own]) => [id.startsWith("c") ? `a${id[1]}` : `c${id[1]}`, own]),
      );
    const [one, turned] = [boundsOf({ ...all, ...some }, 4), boundsOf(mirror({ ...all, ...some }), 4)];
    expect(turned.trimmedArm).toBe("a");
    expect(turned.low).toBeCloseTo(-one.high!, 12);
    expect(turned.high).toBeCloseTo(-one.low!, 12);
    expect(turned.lowSe).toBeCloseTo(one.highSe!, 12);
    expect(turned.interval!.high).toBeCloseTo(-one.interval!.low, 9);
  });

  test("equal response leaves the difference in means, with its t interval", () => {
    const found = boundsOf(
      { ...all, a1: [60, 20], a2: [40, 50, 10, 30], a3: [50, 70] },
      { c1: 6, c2: 6, c3: 6, a1: 4, a2: 4, a3: 4 },
    );
    const difference = 330 / 8 - 300 / 12;
    expect(found).toMatchObject({ trimmedArm: null, trimmed: 0 });
    expect(found.low).toBeCloseTo(difference, 12);
    expect(found.high).toBeCloseTo(difference, 12);
    // Two degrees of freedom of three leaders an arm.
    expect(found.interval!.high - found.high!).toBeCloseTo(4.302652729911275 * found.highSe!, 6);
  });
});

describe("what is counted", () => {
  test("a leader without headcount is left out with its answers", () => {
    const without = boundsOf({ ...all, ...some }, { c1: 4, c2: 4, c3: null, a1: 4, a2: 4, a3: 4 });
    const alone = boundsOf({ c1: all.c1, c2: all.c2, ...some }, { c1: 4, c2: 4, c3: null, a1: 4, a2: 4, a3: 4 });
    expect([without.low, without.high]).toEqual([alone.low, alone.high]);
    expect(without.employees!.reference).toEqual({
      leaders: 2,
      withoutHeadcount: 1,
      beyondHeadcount: 0,
      invited: 8,
      answered: 8,
      largest: 4,
    });
  });

  test("a leader in no unit is left out where arms were given to units", () => {
    const design = { ...byLeader, cluster: byLeader.cluster.map((unit, leader) => (leader === 2 ? -1 : unit)) };
    const found = boundsOf({ ...all, ...some }, 4, { design });
    expect(found.employees!.reference).toMatchObject({ leaders: 2, invited: 8, answered: 8 });
    expect(found.low).toBe(boundsOf({ c1: all.c1, c2: all.c2, ...some }, 4, { design }).low);
  });

  test("a leader with more answers than headcount has as many employees as answered", () => {
    const found = boundsOf({ ...all, ...some }, { c1: 3, c2: 4, c3: 4, a1: 4, a2: 4, a3: 4 });
    expect(found.employees!.reference).toMatchObject({ beyondHeadcount: 1, invited: 12, answered: 12 });
    expect(found.low).toBe(boundsOf({ ...all, ...some }, 4).low);
  });

  test("teams that did not answer at all count among the invited", () => {
    const found = boundsOf({ ...all, a1: [60], a2: [40, 50, 50] }, 4);
    expect(found.employees!.arm).toMatchObject({ leaders: 3, invited: 12, answered: 4 });
    expect(found.low).toBeCloseTo(50 - 40, 12);
  });
});

describe("without numbers", () => {
  test("there is a reason", () => {
    expect(boundsOf({ ...all, ...some }, null)).toMatchObject({ status: "no-data", low: null, interval: null });
    expect(boundsOf(all, 4)).toMatchObject({ status: "arm-empty", trimmed: null });
    expect(boundsOf({}, 4).status).toBe("arm-empty");
    const one = { ...byLeader, arm: byLeader.arm.map((arm, leader) => (leader > 3 ? -1 : arm)) };
    expect(boundsOf({ ...all, ...some }, 4, { design: one }).status).toBe("too-few-leaders");
    const lone = { ...byLeader, arm: byLeader.arm.map((arm, leader) => (leader < 2 ? -1 : arm)) };
    expect(boundsOf({ ...all, ...some }, 4, { design: lone }).status).toBe("too-few-leaders");
    const unknown = { c1: null, c2: null, c3: null, a1: 4, a2: 4, a3: 4 };
    expect(boundsOf({ ...all, ...some }, unknown).status).toBe("no-data");
    const none = { ...byLeader, arm: byLeader.arm.map((arm) => (arm === 1 ? -1 : arm)) };
    expect(boundsOf({ ...all, ...some }, 4, { design: none }).status).toBe("arm-empty");
    expect(boundsOf({ ...all, ...some }, 4, { of: { ...study, arms: study.arms.slice(1) } }).status).toBe(
      "no-control-arm",
    );
    const gap: Study = { ...study, plan: { ...study.plan, primary: [{ scale: "gap", rater: null }] } };
    expect(boundsOf({ ...all, ...some }, 4, { of: gap })).toMatchObject({ status: "not-identified", employees: null });
    const own: Study = { ...study, plan: { ...study.plan, primary: [{ scale: "outcome", rater: "self" }] } };
    expect(boundsOf({ ...all, ...some }, 4, { of: own })).toBeUndefined();
    expect(responseLeeBounds({ ...study, arms: [] }, byLeader, () => null, [], [])).toEqual([]);
  });

  test("an arm of one unit, all answers alike or a single employee left have bounds without an interval", () => {
    const oneUnit = designOf((leader) => (leader.startsWith("a") ? "u" : leader));
    expect(boundsOf({ ...all, ...some }, 4, { design: oneUnit })).toMatchObject({ lowSe: null, interval: null });
    const alike = { c1: [0.1, 0.1], c2: [0.1], c3: [0.1, 0.1, 0.1], a1: [0.1, 0.1], a2: [0.1], a3: [] };
    const same = boundsOf(alike, 4);
    expect(same.low).toBeCloseTo(0, 12);
    expect([same.lowSe, same.highSe, same.interval]).toEqual([0, 0, null]);
    const last = boundsOf({ ...all, a1: [60] }, 4);
    expect(last).toMatchObject({ status: "estimated", lowSe: null, highSe: null, interval: null });
    expect([last.low, last.high]).toEqual([10, 60]);
  });
});
