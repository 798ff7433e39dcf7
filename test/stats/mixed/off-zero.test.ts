import { expect, test } from "vitest";
import { ancovaModel } from "../../../src/estimation/model/effect-model.ts";
import { type MixedModel, type MixedModelSpec, mixedModel, mixedModelOffZero } from "../../../src/stats/mixed/model.ts";
import { modelRows } from "../../../src/stats/moments/model-rows.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";
import { oracleStudy } from "../../estimation/oracle-survey.ts";
import { expectClose, expected } from "../../oracle/read.ts";

const r = expected("off-zero") as {
  readonly plain_variance: number;
  readonly residual: number;
  readonly leader: number;
  readonly estimate: number;
  readonly se: number;
};

/** R's search has no derivatives; it stops where the deviance is flat to 16 digits, the variances to half as many. */
const stoppingPoint = 1e-6;

function specOf(name: string, arms: readonly string[], wave: string): MixedModelSpec {
  const { study, design, cellsOf } = oracleStudy({ name, arms, wave }, { baseline: true, blocks: false, plan: {} });
  const cells = cellsOf(study.plan.primary[0]!, "all")!;
  const rows = modelRows(ancovaModel({ study, design, cells, unadjusted: cells, wave: 1 }, "rows").model);
  const fit = leastSquares(rows);
  const contrasts = [Float64Array.from(fit.columns, (column) => Number(column === "arm a"))];
  return { fit, counts: rows.counts, effects: { inner: "cluster", outer: null }, likelihood: "REML", contrasts };
}

const pairs = specOf("pairs", ["control", "a"], "later");

test("where REML finds no variance between leaders, log σ keeps it off zero as in R", () => {
  const plain = mixedModel(pairs) as MixedModel;
  const off = mixedModelOffZero(pairs, ["inner"]) as MixedModel;
  expect([plain.inner.variance, r.plain_variance]).toEqual([0, 0]);
  expectClose(off.residual.variance, r.residual, stoppingPoint, "residual");
  expectClose(off.inner.variance, r.leader, stoppingPoint, "leader");
  expectClose(off.contrasts[0]!.estimate, r.estimate, stoppingPoint, "estimate");
  expectClose(Math.sqrt(off.contrasts[0]!.satterthwaite.variance), r.se, stoppingPoint, "se");
});

test("its test is more careful than that at zero", () => {
  const plain = (mixedModel(pairs) as MixedModel).contrasts[0]!;
  const off = (mixedModelOffZero(pairs, ["inner"]) as MixedModel).contrasts[0]!;
  expect(off.kenwardRoger.variance).toBeGreaterThan(plain.satterthwaite.variance);
  expect(off.kenwardRoger.df).toBeLessThan(plain.satterthwaite.df! / 2);
});

test("with no component named it is REML", () => {
  const forty = specOf("forty", ["control", "a", "b", "c"], "after");
  expect(mixedModelOffZero({ ...forty, likelihood: "ML" }, [])).toEqual(mixedModel(forty));
});
