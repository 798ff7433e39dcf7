import { expect, test } from "vitest";
import type { CellsOf } from "../../../src/estimation/design/cells-of.ts";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import type { Warning } from "../../../src/estimation/design/status.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import { mediation } from "../../../src/estimation/inference/mediation.ts";
import { estimators, type Plan } from "../../../src/study/study.ts";
import { leftStudy, leftSurveys, leftWaves } from "../left-survey.ts";

const both = { scale: "outcome", rater: "employee" } as const;
const plan: Partial<Plan> = {
  robustness: estimators.slice(1),
  covariates: ["x1", "x2"],
  differenceInDifferences: { blocks: true, covariates: true },
  mediation: [{ mediator: { scale: "mediator", rater: "employee" }, outcome: both }],
};

const codesOf = (warnings: readonly Warning[]) => warnings.map(({ code, count }) => `${code} ${count}`);

/** Everything that is estimated where the first covariate has this name. */
async function withCovariate(name: string, other: Partial<Plan> = {}) {
  const { study, design, cellsOf } = leftStudy(leftSurveys[0]!, { ...plan, ...other }, leftWaves);
  const renamed: CellsOf = (outcome, rows) => {
    const cells = cellsOf(outcome, rows);
    return cells && { ...cells, columns: cells.columns.map((column) => (column === "x1" ? name : column)) };
  };
  const covariates = study.covariates.map((one) => ({ ...one, id: one.id === "x1" ? name : one.id }));
  const own = { ...study, covariates, plan: { ...study.plan, covariates: [name, "x2"] } };
  const { estimates, contrasts, jointTests } = await estimateEffects(own, design, renamed, drawHere);
  const rows = [...estimates, ...contrasts].map(({ warnings, note: _, ...row }) => ({
    ...row,
    codes: codesOf(warnings),
  }));
  return { rows, jointTests, chains: mediation(own, design, renamed) };
}

const plain = await withCovariate("x1");

test.each([
  "baseline",
  "wave",
  "mediator",
  "(intercept)",
  "baseline missing",
  "mediator before",
  "arm a",
  "arm a × wave",
  "trained a",
  "wave later",
  "outcome",
])("a covariate that is called %s is a covariate", async (name) => {
  const named = await withCovariate(name);
  expect(plain.rows.filter(({ status }) => status === "estimated").length).toBeGreaterThan(20);
  expect(plain.chains.every(({ status }) => status === "estimated")).toBe(true);
  expect(named).toEqual(plain);
});

test("and so it is where the arms are drawn again under difference-in-differences", async () => {
  const drawn = { estimator: "difference-in-differences", robustness: ["randomisation"] } as const;
  expect(await withCovariate("wave", drawn)).toEqual(await withCovariate("x1", drawn));
});

test("a covariate left out of a model is named by the study's own word", async () => {
  const { study, design, cellsOf } = leftStudy(leftSurveys[0]!, { covariates: ["x1", "x2"] }, leftWaves);
  const constant: CellsOf = (outcome, rows) => {
    const cells = cellsOf(outcome, rows);
    if (cells === null || cells.columns.length < 3) return cells;
    const [m, size] = [3, 6];
    const twice = (at: number) => at % m === 1;
    return {
      ...cells,
      sums: cells.sums.map((value, at) => (twice(at) ? cells.sums[at - 1]! : value)),
      products: cells.products.map((value, at) => {
        const from = { 1: 0, 3: 0, 4: 2 }[at % size];
        return from === undefined ? value : cells.products[at - (at % size) + from]!;
      }),
    };
  };
  const { estimates } = await estimateEffects(study, design, constant, drawHere);
  expect(estimates[0]!.warnings).toContainEqual({ code: "column-dropped", names: ["x2"], count: 1 });
});
