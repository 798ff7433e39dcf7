import { describe, expect, test } from "vitest";
import { mediation } from "../../../src/estimation/inference/mediation.ts";
import { normalPairs, productInterval } from "../../../src/stats/draws/product-interval.ts";
import type { Plan } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { type LeftSurvey, leftStudy, leftSurveys, leftWaves } from "../left-survey.ts";

interface Chain {
  readonly leaders: number;
  readonly a: { readonly estimate: readonly number[]; readonly se: readonly number[] };
  readonly b: { readonly estimate: number; readonly se: number };
  readonly direct: { readonly estimate: readonly number[]; readonly se: readonly number[] };
}
const r = expected("mediation") as {
  readonly chains: Readonly<Record<string, Readonly<Record<"after" | "later", Chain>>>>;
};

/** Two covariates more than an ANCOVA, of which one is close to the outcome. */
const tolerance = 1e-11;
const plan: Partial<Plan> = {
  mediation: [{ mediator: { scale: "mediator", rater: "employee" }, outcome: { scale: "outcome", rater: "employee" } }],
};

function chainsOf(survey: LeftSurvey, waves: readonly string[]) {
  const { study, design, cellsOf } = leftStudy(survey, plan, waves);
  return { study, rows: mediation(study, design, cellsOf) };
}

describe.each(leftSurveys)("the chain of effects of the survey $name", (survey) => {
  test.each([
    ["after", ["before", "after"]],
    ["later", leftWaves],
  ] as const)("%s equals R", (wave, waves) => {
    const answer = r.chains[survey.name]![wave];
    const { study, rows } = chainsOf(survey, waves);
    expect(rows.map(({ arm }) => arm)).toEqual(survey.arms.slice(1));
    rows.forEach((row, k) => {
      expect([row.status, row.mediatorWave, row.wave, row.leaders]).toEqual([
        "estimated",
        "after",
        wave,
        answer.leaders,
      ]);
      expectClose(row.armOnMediator, answer.a.estimate[k]!, tolerance, "a");
      expectClose(row.armOnMediatorSe, answer.a.se[k]!, tolerance, "se of a");
      expectClose(row.mediatorOnOutcome, answer.b.estimate, tolerance, "b");
      expectClose(row.mediatorOnOutcomeSe, answer.b.se, tolerance, "se of b");
      expectClose(row.direct, answer.direct.estimate[k]!, tolerance, "direct");
      expectClose(row.directSe, answer.direct.se[k]!, tolerance, "se of direct");
      expectClose(row.indirect, answer.a.estimate[k]! * answer.b.estimate, tolerance, "indirect");
      const a = { estimate: answer.a.estimate[k]!, se: answer.a.se[k]! };
      const { low, high } = productInterval(a, answer.b, normalPairs(study.seed, 5000), 0.95);
      expectClose(row.low, low, 1e-9, "low");
      expectClose(row.high, high, 1e-9, "high");
      expect(row.note).toContain("Exploratory");
      expect(row.note.includes("same wave")).toBe(wave === "after");
    });
  });
});

describe("a chain", () => {
  const three = leftSurveys[0]!;

  test("with arms swapped turns a, the product and the direct effect, and nothing else", () => {
    const { study, design, cellsOf } = leftStudy(leftSurveys[1]!, plan, leftWaves);
    const [one] = mediation(study, design, cellsOf);
    const swapped = { ...design, arm: design.arm.map((arm) => 1 - arm) };
    const [other] = mediation(study, swapped, cellsOf);
    expectClose(other?.indirect, -one!.indirect!, 1e-10);
    expectClose(other?.direct, -one!.direct!, 1e-9);
    expectClose(other?.mediatorOnOutcome, one!.mediatorOnOutcome!, 1e-10);
    expectClose(other?.low, -one!.high!, 1e-9);
    expectClose(other?.high, -one!.low!, 1e-9);
  });

  test("without data, in an arm that lost everyone, without a control arm, without arms: a reason or no row", () => {
    const { study, design, cellsOf } = leftStudy(three, plan, leftWaves);
    const statuses = (rows: ReturnType<typeof mediation>) => rows.map(({ status }) => status);
    expect(statuses(mediation(study, design, () => null))).toEqual(["no-data", "no-data"]);
    const emptied = { ...design, arm: design.arm.map((arm) => (arm === 2 ? -1 : arm)) };
    expect(statuses(mediation(study, emptied, cellsOf))).toEqual(["estimated", "arm-empty"]);
    const treated = { ...study, arms: study.arms.slice(1) };
    expect(statuses(mediation(treated, design, cellsOf))).toEqual(["no-control-arm", "no-control-arm"]);
    expect(mediation({ ...study, arms: [] }, design, cellsOf)).toEqual([]);
    expect(mediation({ ...study, plan: { ...study.plan, mediation: [] } }, design, cellsOf)).toEqual([]);
  });

  test("to an outcome that is the same for all has no numbers made of rounding", () => {
    const { study, design, cellsOf } = leftStudy(three, plan, leftWaves);
    const alike = mediation(study, design, (outcome, rows) => {
      const cells = cellsOf(outcome, rows);
      if (cells === null || outcome.scale === "mediator") return cells;
      const m = cells.columns.length;
      const size = (m * (m + 1)) / 2;
      const third = 1 / 3;
      const sum = (c: number, column: number): number => cells.sums[c * m + column]!;
      return {
        ...cells,
        sums: cells.sums.map((value, k) => (k % m === m - 1 ? third * cells.n[Math.floor(k / m)]! : value)),
        products: cells.products.map((product, k) => {
          const c = Math.floor(k / size);
          if (k % size === size - 1) return third * third * cells.n[c]!;
          return m === 3 && [2, 4].includes(k % size) ? third * sum(c, k % size === 2 ? 0 : 1) : product;
        }),
      };
    });
    expect(alike.map(({ status, mediatorOnOutcomeSe, low }) => [status, mediatorOnOutcomeSe, low])).toEqual(
      Array(2).fill(["no-variation", null, null]),
    );
  });

  test("of which both ends come from the same raters says so", () => {
    const { study, design, cellsOf } = leftStudy(three, plan, leftWaves);
    expect(mediation(study, design, cellsOf)[0]?.note).toContain("same raters");
    const [chain] = study.plan.mediation;
    const own = { ...chain!, mediator: { scale: "mediator", rater: "self" } as const };
    const other = mediation({ ...study, plan: { ...study.plan, mediation: [own] } }, design, cellsOf);
    expect(other[0]?.note).not.toContain("same raters");
  });

  test("whose mediator is the same for all leaders is not identified", () => {
    const { study, design, cellsOf } = leftStudy(three, plan, leftWaves);
    const alike = mediation(study, design, (outcome, rows) => {
      const cells = cellsOf(outcome, rows);
      if (cells === null || outcome.scale === "outcome") return cells;
      const m = cells.columns.length;
      const size = (m * (m + 1)) / 2;
      return {
        ...cells,
        sums: cells.sums.map((sum, k) => (k % m === m - 1 ? 0 : sum)),
        products: cells.products.map((product, k) =>
          k % size === size - 1 || (m === 3 && [2, 4].includes(k % size)) ? 0 : product,
        ),
      };
    });
    expect(alike.map(({ status, indirect }) => [status, indirect])).toEqual(Array(2).fill(["not-identified", null]));
    expect(alike[0]?.note).toContain("cannot tell");
  });
});
