import { describe, expect, test } from "vitest";
import { ancovaModel } from "../../../src/estimation/model/effect-model.ts";
import { type ModelColumn, modelRows } from "../../../src/stats/moments/model-rows.ts";
import { clusterRobust } from "../../../src/stats/regression/cluster-robust.ts";
import { twoStageLeastSquares } from "../../../src/stats/regression/two-stage.ts";
import { type LeftSurvey, leftLeaders, leftStudy, leftSurveys, leftWaves } from "../../estimation/left-survey.ts";
import { expectClose, expected } from "../../oracle/read.ts";

interface RAnswer {
  readonly n: number;
  readonly estimate: readonly number[];
  readonly tests: Readonly<Record<"CR0" | "CR1" | "CR1S" | "CR2", { readonly se: number[]; readonly df: number[] }>>;
  readonly estimatr: { readonly se: readonly number[]; readonly df: readonly number[] };
  readonly first: readonly number[];
}
const r = expected("complier") as Readonly<Record<string, Readonly<Record<"after" | "later", RAnswer>>>>;

/** Two regressions in a row, with a weak first one in the survey `two`. */
const tolerance = 1e-11;

function twoStage(survey: LeftSurvey, wave: number) {
  const { study, design, cellsOf } = leftStudy(survey, {}, leftWaves);
  const outcome = study.plan.primary[0]!;
  const source = { study, design, cells: cellsOf(outcome, "complete")!, unadjusted: cellsOf(outcome, "all"), wave };
  const { model } = ancovaModel(source, "rows");
  const leaders = leftLeaders(survey);
  const trained = leaders.map(({ attended }) => Number(attended >= 2));
  const known = leaders.map(({ attended, arm }) => !Number.isNaN(attended) || arm === "control");
  const treated = survey.arms.slice(1);
  const takeUp = treated.map((arm): ModelColumn => {
    const values = Float64Array.from(model.cells.leader, (g) =>
      treated.length === 1 || leaders[g]!.arm === arm ? trained[g]! : 0,
    );
    return { name: `trained ${arm}`, kind: "numbers", values };
  });
  const cluster = model.cluster.map((leader) => (leader >= 0 && known[leader] ? leader : -1));
  return twoStageLeastSquares(modelRows({ ...model, cluster, columns: [...model.columns, ...takeUp] }), {
    endogenous: treated.map((arm) => `trained ${arm}`),
    instruments: treated.map((arm) => `arm ${arm}`),
  });
}

const unit = (columns: readonly string[], name: string) =>
  Float64Array.from(columns, (other) => Number(other === name));

describe.each(leftSurveys)("two-stage least squares on the survey $name", (survey) => {
  test.each([
    ["after", 1],
    ["later", 2],
  ] as const)("%s equals ivreg with clubSandwich, and iv_robust", (wave, index) => {
    const answer = r[survey.name]![wave];
    const { fit, first } = twoStage(survey, index);
    expect(fit.observations).toBe(answer.n);
    const arms = survey.arms.slice(1);
    for (const type of ["CR0", "CR1", "CR1S", "CR2"] as const) {
      const contrasts = arms.map((arm) => unit(fit.columns, `trained ${arm}`));
      clusterRobust(fit, type, contrasts).contrasts.forEach(({ estimate, variance, df }, k) => {
        expectClose(estimate, answer.estimate[k]!, tolerance, "estimate");
        expectClose(Math.sqrt(variance), answer.tests[type].se[k]!, tolerance, type);
        expectClose(df, answer.tests[type].df[k]!, tolerance, `df ${type}`);
        if (type !== "CR2") return;
        expectClose(Math.sqrt(variance), answer.estimatr.se[k]!, tolerance, "estimatr");
        expectClose(df, answer.estimatr.df[k]!, tolerance, "estimatr df");
      });
    }
    first.forEach((stage, k) => {
      const robust = clusterRobust(stage, "CR2", [unit(stage.columns, `arm ${arms[k]}`)]).contrasts[0]!;
      expectClose(robust.estimate ** 2 / robust.variance, answer.first[k]!, tolerance, "first stage");
    });
  });
});
