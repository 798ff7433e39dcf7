import { expect, test } from "vitest";
import { ancovaModel } from "../../src/estimation/effect-model.ts";
import { modelRows } from "../../src/stats/model-rows.ts";
import { labellingStatistics, type RandomisedModel, randomisationTest } from "../../src/stats/randomisation-test.ts";
import { oracleStudy, surveys } from "../estimation/oracle-survey.ts";
import { expectClose, expected } from "../oracle/read.ts";

const r = expected("randomisation") as {
  readonly leaders: readonly string[];
  readonly labellings: readonly {
    readonly arm: readonly string[];
    readonly estimate: readonly number[];
    readonly t: readonly number[];
  }[];
};

/** Every labelling is a regression of its own in R. */
const drawByDraw = 1e-10;

const arms = ["control", "a", "b", "c"];
const { study, design, cellsOf } = oracleStudy(surveys[0]!, {
  baseline: true,
  blocks: true,
  plan: { covariates: ["x1", "x2"] },
});
const outcome = study.plan.primary[0]!;
const source = { study, design, cells: cellsOf(outcome, "complete")!, unadjusted: cellsOf(outcome, "all"), wave: 1 };
const effects = ancovaModel(source, "rows");
const columns = effects.model.columns.filter((column) => !effects.effectColumn.includes(column.name));
const model: RandomisedModel = {
  rows: modelRows({ ...effects.model, columns }),
  label: design.arm.map((arm) => arm - 1),
  block: design.block,
  arms: 3,
};

test("every labelling equals a regression of its own", () => {
  const labels = r.labellings.map(({ arm }) => {
    const of = new Map(r.leaders.map((leader, k) => [leader, arms.indexOf(arm[k]!) - 1]));
    return Int32Array.from(design.leaders, (leader) => of.get(leader) ?? -1);
  });
  for (const [k, statistics] of labellingStatistics(model, labels).entries()) {
    for (let arm = 0; arm < 3; arm++) {
      expectClose(statistics.estimate[arm], r.labellings[k]!.estimate[arm]!, drawByDraw, `estimate ${k}`);
      expectClose(statistics.t[arm], r.labellings[k]!.t[arm]!, drawByDraw, `t ${k}`);
    }
  }
});

test("p depends on the seed and nothing else, and orders the arms as their t does", () => {
  const once = randomisationTest(model, { seed: 5, draws: 1500 });
  expect(randomisationTest(model, { seed: 5, draws: 1500 })).toEqual(once);
  expect(randomisationTest(model, { seed: 6, draws: 1500 })).not.toEqual(once);
  const [a, b, c] = once;
  expect(a!.p).toBeGreaterThan(b!.p);
  expect(b!.p).toBeGreaterThan(c!.p);
  expect(a!.statistic).toBeCloseTo(r.labellings[0]!.t[0]! * Math.sqrt(37 / 38), 10);
});

test("where blocks leave nothing to re-draw every labelling is the data, and p is one", () => {
  const alone = { ...model, block: design.block.map((_, g) => g) };
  expect(randomisationTest(alone, { seed: 5, draws: 99 }).map((arm) => arm?.p)).toEqual([1, 1, 1]);
});

test("an arm that a fixed column spans is not identified", () => {
  const confounded = { ...model, label: design.block.map((block) => block - 1), arms: 4 };
  expect(randomisationTest(confounded, { seed: 5, draws: 9 })).toEqual([null, null, null, null]);
});
