import { expect, test } from "vitest";
import { balance } from "../../../src/estimation/trial/balance.ts";
import type { RosterRow } from "../../../src/tables/roster.ts";
import { type Answer, cellsOfAnswers, madeDesign, madeStudy } from "../made-study.ts";

const study = madeStudy({
  arms: ["control", "a"],
  waves: ["before", "after"],
  baseline: "before",
  plan: { covariates: ["tenure"] },
});
const answer = (leader: string, y: number, tenure: number, wave = "before"): Answer => ({
  leader,
  wave,
  y,
  covariates: { tenure },
});
const answers = [
  answer("l1", 40, 1),
  answer("l1", 60, 3),
  answer("l2", 70, 5),
  answer("l3", 30, 2),
  answer("l4", 10, 8),
  answer("l4", 99, 40, "after"),
];
const assigned = ["l1", "l2", "l3", "l4"].map((leader, k) => ({ leader, arm: k < 2 ? "control" : "a", block: "" }));
const design = madeDesign(study, assigned);
const roster = assigned.map(
  ({ leader, arm }, k): RosterRow => ({
    leader,
    arm,
    block: null,
    class: null,
    sparring_group: null,
    employees: [8, 12, 10, 10][k]!,
    attended: null,
    from_date: null,
    roster_arm: arm,
    allocation_unit: null,
    to_date: null,
  }),
);

test("leaders' means and head counts by leader, covariates by respondent, at the baseline only", () => {
  const rows = balance(study, design, roster, cellsOfAnswers(study, design, answers));
  expect(rows.map((row) => [row.covariate, row.mean, row.referenceMean])).toEqual([
    ["outcome:employee", 20, 60],
    ["tenure", 5, 3],
    ["employees", 10, 10],
  ]);
  // Leader means 50 and 70 against 30 and 10: pooled sd √200.
  expect(rows[0]?.sd).toBeCloseTo(Math.sqrt(200), 12);
  expect(rows[0]?.standardisedDifference).toBeCloseTo(-40 / Math.sqrt(200), 12);
  // Tenures 1, 3, 5 against 2, 8: (8 + 18) / 3.
  expect(rows[1]?.standardisedDifference).toBeCloseTo(2 / Math.sqrt(26 / 3), 12);
  expect(rows.every((row) => row.status === "estimated")).toBe(true);
});

test("an arm without data, and a variable that does not vary, say so", () => {
  const only = balance(
    study,
    design,
    roster,
    cellsOfAnswers(study, design, [answer("l1", 40, 1), answer("l2", 50, 1)]),
  );
  expect(only.map((row) => row.status)).toEqual(["no-data", "no-data", "estimated"]);
  const alike = ["l1", "l2", "l3", "l4"].map((leader) => answer(leader, 40, 1));
  const same = balance(study, design, [], cellsOfAnswers(study, design, alike));
  expect(same.map((row) => [row.status, row.mean, row.sd])).toEqual([
    ["no-variation", 40, null],
    ["no-variation", 1, null],
  ]);
});

test("without a baseline wave outcomes cannot be compared, and without arms nothing", () => {
  const late = madeStudy({ arms: ["control", "a"], waves: ["before"], baseline: null });
  expect(balance(late, design, [], cellsOfAnswers(late, design, answers))).toMatchObject([
    { status: "no-baseline-wave" },
  ]);
  const adjusted = madeStudy({
    arms: ["control", "a"],
    waves: ["after"],
    baseline: null,
    plan: { covariates: ["tenure"] },
  });
  expect(balance(adjusted, design, roster, cellsOfAnswers(adjusted, design, answers))).toMatchObject([
    { status: "no-baseline-wave", mean: null },
    { covariate: "tenure", status: "no-baseline-wave", mean: null },
    { covariate: "employees", status: "estimated" },
  ]);
  const plain = madeStudy({ arms: [], waves: ["before"], baseline: null });
  expect(balance(plain, design, roster, cellsOfAnswers(plain, design, answers))).toEqual([]);
});
