import { expect, test } from "vitest";
import { ancovaModel } from "../../../src/estimation/model/effect-model.ts";
import { type MixedModel, mixedModel } from "../../../src/stats/mixed/model.ts";
import { modelRows } from "../../../src/stats/moments/model-rows.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";
import { oracleStudy } from "../../estimation/oracle-survey.ts";
import { expectClose } from "../../oracle/read.ts";

const { study, design, cellsOf } = oracleStudy(
  { name: "forty", arms: ["control", "a", "b", "c"], wave: "after" },
  { baseline: true, blocks: false, plan: {} },
);
const outcome = study.plan.primary[0]!;
const cells = cellsOf(outcome, "all")!;
const { model } = ancovaModel({ study, design, cells, unadjusted: cells, wave: 1 }, "rows");
const rows = modelRows(model);
const fit = leastSquares(rows);
const contrastOf = (weights: Readonly<Record<string, number>>) =>
  Float64Array.from(fit.columns, (column) => weights[column] ?? 0);
const fitted = (...contrasts: readonly Float64Array[]) =>
  mixedModel({
    ...{ fit, counts: rows.counts, effects: { inner: "cluster", outer: null }, likelihood: "REML" },
    contrasts,
  }) as MixedModel;

const a = contrastOf({ "arm a": 1 });
const b = contrastOf({ "arm b": 1 });

test("of one contrast F is Kenward and Roger's t², on their degrees of freedom", () => {
  const { joint, contrasts } = fitted(a);
  const { estimate, kenwardRoger } = contrasts[0]!;
  expectClose(joint?.f, estimate ** 2 / kenwardRoger.variance, 1e-10, "F");
  expectClose(joint?.df2, kenwardRoger.df, 1e-10, "df");
});

test("F is of the hypothesis, not of how it is written", () => {
  const one = fitted(a, b).joint!;
  const other = fitted(contrastOf({ "arm a": 2, "arm b": -1 }), contrastOf({ "arm b": 3 })).joint!;
  for (const part of ["f", "df1", "df2", "p"] as const) expectClose(other[part], one[part], 1e-10, part);
});

test("contrasts that depend on each other, and none at all, have no test", () => {
  expect(fitted(a, b, contrastOf({ "arm a": 1, "arm b": -1 })).joint).toBeNull();
  expect(fitted().joint).toBeNull();
});
