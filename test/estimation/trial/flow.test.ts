import fc from "fast-check";
import { expect, test } from "vitest";
import type { ResponseCount } from "../../../src/estimation/design/presence.ts";
import { attrition } from "../../../src/estimation/trial/attrition.ts";
import { flow } from "../../../src/estimation/trial/flow.ts";
import type { RosterRow } from "../../../src/tables/roster.ts";
import { madeDesign, madeStudy } from "../made-study.ts";

const study = madeStudy({ arms: ["control", "a"], waves: ["before", "after"], baseline: "before" });

const leaderRow = (leader: string, arm: string | null, rest: Partial<RosterRow> = {}): RosterRow => ({
  leader,
  arm,
  block: null,
  class: null,
  sparring_group: null,
  employees: 10,
  attended: null,
  from_date: null,
  roster_arm: arm,
  allocation_unit: null,
  to_date: null,
  ...rest,
});

const count = (leader: string, wave: string, n: number, rater = "employee"): ResponseCount => ({
  leader,
  wave,
  rater,
  n,
});

const roster = [
  leaderRow("l1", "control"),
  leaderRow("l2", "control", { to_date: "2010-06-01" }),
  leaderRow("l3", "a", { from_date: "2010-06-01" }),
  leaderRow("l4", "a"),
];
const design = madeDesign(
  study,
  roster.map(({ leader, arm }) => ({ leader, arm: arm ?? "", block: "" })),
);

test("every leader is in one place of every wave", () => {
  const responses = [
    count("l1", "before", 7),
    count("l1", "after", 2),
    count("l4", "before", 5),
    count("l4", "before", 1, "self"),
  ];
  const [control, a] = flow({ study, design, roster, responses, analysed: null });
  expect(control).toEqual({
    arm: "control",
    randomised: { leaders: 2, employees: 20 },
    waves: [
      { wave: "before", moved: 0, unanswered: 1, underThreshold: 0, measured: 1, employees: 7 },
      { wave: "after", moved: 1, unanswered: 0, underThreshold: 1, measured: 0, employees: 2 },
    ],
    takeUp: null,
    analysed: { leaders: 0, employees: 0 },
    largest: { waves: { before: 7, after: 2 }, analysed: 0 },
  });
  expect(a?.waves[0]).toEqual({
    wave: "before",
    moved: 1,
    unanswered: 0,
    underThreshold: 0,
    measured: 1,
    employees: 5,
  });
});

test("a leader with answers has not moved, whatever the roster says", () => {
  const [control] = flow({ study, design, roster, responses: [count("l2", "after", 9)], analysed: null });
  expect(control?.waves[1]).toMatchObject({ moved: 0, measured: 1 });
});

test("sessions are described by arm, of the leaders whose sessions are known", () => {
  const attended = [
    leaderRow("l1", "control", { attended: 0 }),
    leaderRow("l2", "control"),
    leaderRow("l3", "a", { attended: 4 }),
    leaderRow("l4", "a", { attended: 1 }),
  ];
  const from = { ...study, plan: { ...study.plan, trainedFrom: 2 } };
  const [control, a] = flow({ study: from, design, roster: attended, responses: [], analysed: null });
  expect(control?.takeUp).toEqual({ known: 1, trained: 0, sessions: 0 });
  expect(a?.takeUp).toEqual({ known: 2, trained: 1, sessions: 2.5 });
});

test("one missing head count leaves the number of employees unknown", () => {
  const unknown = [leaderRow("l1", "control"), leaderRow("l2", "control", { employees: null })];
  expect(flow({ study, design, roster: unknown, responses: [], analysed: null })[0]?.randomised.employees).toBeNull();
});

test("a study without arms has one flow of everyone", () => {
  const plain = madeStudy({ arms: [], waves: ["only"], baseline: null });
  const rows = [leaderRow("l1", null), leaderRow("l2", null)];
  const all = flow({
    study: plain,
    design: madeDesign(plain, []),
    roster: rows,
    responses: [count("l1", "only", 6)],
    analysed: null,
  });
  expect(all).toMatchObject([{ arm: null, randomised: { leaders: 2 }, waves: [{ measured: 1, unanswered: 1 }] }]);
});

const date = fc.constantFrom(null, "2009-01-01", "2010-01-15", "2010-06-01", "2011-01-15", "2012-01-01");
const person = fc.record({
  arm: fc.constantFrom("control", "a"),
  from: date,
  to: date,
  before: fc.nat(9),
  after: fc.nat(9),
});

test("randomised is the sum of what became of the leaders, in every wave", () => {
  fc.assert(
    fc.property(fc.array(person, { maxLength: 30 }), (people) => {
      const rows = people.map((one, k) => leaderRow(`l${k}`, one.arm, { from_date: one.from, to_date: one.to }));
      const responses = people.flatMap((one, k) => [
        count(`l${k}`, "before", one.before),
        count(`l${k}`, "after", one.after),
      ]);
      for (const arm of flow({ study, design, roster: rows, responses, analysed: null })) {
        for (const { moved, unanswered, underThreshold, measured } of arm.waves) {
          expect(moved + unanswered + underThreshold + measured).toBe(arm.randomised.leaders);
        }
      }
    }),
  );
});

const designOf = (rows: readonly RosterRow[]) =>
  madeDesign(
    study,
    rows.map(({ leader, arm }) => ({ leader, arm: arm ?? "", block: "" })),
  );

test("attrition counts leaders without an employee answer at the follow-up", () => {
  const responses = [
    count("l1", "after", 3),
    count("l2", "after", 1),
    count("l3", "after", 4, "self"),
    count("l4", "before", 8),
  ];
  const rows = attrition(study, designOf(roster), roster, responses);
  expect(rows.map(({ arm, wave, leaders, lost, share }) => [arm, wave, leaders, lost, share])).toEqual([
    ["control", "after", 2, 0, 0],
    ["a", "after", 2, 2, 1],
  ]);
  // Of the six ways to lose two of four leaders, two are as lopsided as this.
  for (const row of rows) expect(row.p).toBeCloseTo(1 / 3, 12);
});

test("an arm without leaders has no share, and one arm has no test", () => {
  const rows = attrition(study, designOf([leaderRow("l1", "control")]), [leaderRow("l1", "control")], []);
  expect(rows).toMatchObject([
    { arm: "control", share: 1, p: null, status: "estimated" },
    { arm: "a", share: null, p: null, status: "arm-empty" },
  ]);
});
