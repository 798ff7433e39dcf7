import { describe, expect, test } from "vitest";
import { balance } from "../../../src/estimation/trial/balance.ts";
import { balanceTest } from "../../../src/estimation/trial/balance-test.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { unitRoster, unitSurvey } from "../unit-survey.ts";

interface RTest {
  readonly p: number;
}
const r = expected("balance") as {
  readonly htz: { readonly baseline: RTest; readonly x1: RTest; readonly employees: RTest };
  readonly d2: { readonly blocked: number; readonly one: number };
};
/** Cluster-robust numbers agree with clubSandwich to here. */
const tolerance = 1e-10;

const covariates = ["x1"];
const { study, design, cellsOf } = unitSurvey({ covariates });

test("each characteristic is tested over units within blocks as clubSandwich's HTZ has it", () => {
  const rows = balance(study, design, unitRoster, cellsOf);
  const wanted = { "outcome:employee": r.htz.baseline, x1: r.htz.x1, employees: r.htz.employees };
  expect(new Set(rows.map(({ covariate }) => covariate))).toEqual(new Set(Object.keys(wanted)));
  for (const { covariate, p } of rows) {
    expectClose(p, wanted[covariate as keyof typeof wanted].p, tolerance, covariate);
  }
});

describe("all characteristics at once", () => {
  test("have the d² of their definition, in blocks and in one", () => {
    const found = balanceTest(study, design, unitRoster, cellsOf)!;
    expectClose(found.statistic, r.d2.blocked, tolerance, "blocked");
    expect(found).toMatchObject({ df: 6, draws: 9999, status: "estimated" });
    expect(found.covariates).toEqual(["outcome:employee", "x1", "employees"]);
    const alone = { ...design, block: design.block.map(() => -1) };
    expectClose(balanceTest(study, alone, unitRoster, cellsOf)!.statistic, r.d2.one, tolerance, "one block");
  });

  test("are drawn over units: leaders drawn one by one would look less alike", () => {
    const byUnit = balanceTest(study, design, unitRoster, cellsOf)!;
    const leaders = { ...design, cluster: Int32Array.from(design.leaders.keys()), clusters: design.leaders.length };
    const byLeader = balanceTest(study, leaders, unitRoster, cellsOf)!;
    expect(byUnit.p!).not.toBe(byLeader.p!);
    expect(balanceTest({ ...study, seed: 2 }, design, unitRoster, cellsOf)!.p).not.toBe(byUnit.p);
  });

  test("without a control arm, without data or without variation say so", () => {
    const plain = { ...study, arms: study.arms.map((arm) => ({ ...arm, control: false })) };
    expect(balanceTest(plain, design, unitRoster, cellsOf)).toBeNull();
    expect(balanceTest(study, design, [], () => null)).toMatchObject({ status: "no-data", p: null, covariates: [] });
    const alike = unitRoster.map((row) => ({ ...row, employees: 8 }));
    expect(balanceTest(study, design, alike, () => null)).toMatchObject({ status: "no-variation", p: null });
  });
});
