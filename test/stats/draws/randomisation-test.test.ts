import { describe, expect, test } from "vitest";
import { ancovaModel, differenceModel, withinLeaderModel } from "../../../src/estimation/model/effect-model.ts";
import { isArmColumn } from "../../../src/estimation/model/model-columns.ts";
import { drawBlocks } from "../../../src/stats/draws/draw-task.ts";
import { drawWorkspace, labellingStatistics, numbersPerDraw } from "../../../src/stats/draws/randomisation-draws.ts";
import {
  type RandomisedModel,
  randomisationTask,
  randomisationTest,
} from "../../../src/stats/draws/randomisation-test.ts";
import { modelRows } from "../../../src/stats/moments/model-rows.ts";
import { oracleStudy, surveys } from "../../estimation/oracle-survey.ts";
import { expectClose, expected } from "../../oracle/read.ts";

interface OracleSet {
  readonly name: string;
  readonly arms: readonly string[];
  readonly model: "ancova" | "difference" | "within";
  readonly blocks: "given" | "uneven" | "none";
  readonly leaders: readonly string[];
  readonly labellings: readonly {
    readonly arm: readonly string[];
    readonly estimate: readonly number[];
    readonly t: readonly number[];
  }[];
}

const { sets } = expected("randomisation") as { readonly sets: readonly OracleSet[] };

/** Every labelling is a regression of its own in R. */
const drawByDraw = 1e-10;

const builders = {
  ancova: (source: Parameters<typeof ancovaModel>[0]) => ancovaModel(source, "rows"),
  difference: differenceModel,
  within: withinLeaderModel,
};

/** Blocks of 17, 5, 8 and 10 leaders. */
const unevenBlock = (leader: string): number => [17, 22, 30, 40].findIndex((last) => Number(leader.slice(1)) <= last);

function modelOf({ name, model, blocks }: OracleSet) {
  const survey = surveys.find((one) => one.name === name)!;
  const plan = { covariates: ["x1", "x2"] };
  const { study, design: given, cellsOf } = oracleStudy(survey, { baseline: true, blocks: blocks !== "none", plan });
  const uneven = { block: Int32Array.from(given.leaders, unevenBlock), blocks: ["u1", "u2", "u3", "u4"] };
  const design = blocks === "uneven" ? { ...given, ...uneven } : given;
  const outcome = study.plan.primary[0]!;
  const source = { study, design, cells: cellsOf(outcome, "complete")!, unadjusted: cellsOf(outcome, "all"), wave: 1 };
  const effects = builders[model](source);
  const columns = effects.model.columns.filter((column) => !isArmColumn(study, column.name));
  const randomised: RandomisedModel = {
    rows: modelRows({ ...effects.model, columns }),
    label: design.arm.map((arm) => arm - 1),
    block: design.block,
    arms: survey.arms.length - 1,
    carriers: effects.carriers,
  };
  return { design, randomised };
}

const run = (model: RandomisedModel, seed: number, draws: number) => {
  const task = randomisationTask(model, { seed, draws });
  return randomisationTest(task, drawBlocks(task));
};

test.each(sets)("$name, $model, blocks $blocks: every labelling equals a regression of its own", (set) => {
  const { design, randomised } = modelOf(set);
  const task = randomisationTask(randomised, { seed: 1, draws: 1 });
  const numbers = new Float64Array(numbersPerDraw(task));
  for (const [k, { arm, estimate, t }] of set.labellings.entries()) {
    const places = new Map(set.leaders.map((leader, place) => [leader, set.arms.indexOf(arm[place]!) - 1]));
    const label = Int32Array.from(design.leaders, (leader) => places.get(leader) ?? -1);
    labellingStatistics(task, label, drawWorkspace(task), numbers, 0);
    const wanted = [estimate, t].flat();
    for (const [at, value] of numbers.entries()) expectClose(value, wanted[at]!, drawByDraw, `${k}: ${at}`);
  }
});

describe("forty leaders, blocks of unequal size", () => {
  const set = sets.find(({ blocks }) => blocks === "uneven")!;
  const { randomised } = modelOf(set);

  test("p depends on the seed and nothing else, and orders the arms as their t does", () => {
    const once = run(randomised, 5, 1500);
    expect(run(randomised, 5, 1500)).toEqual(once);
    expect(run(randomised, 6, 1500)).not.toEqual(once);
    const [a, b, c] = once;
    expect(a!.p).toBeGreaterThan(b!.p);
    expect(b!.p).toBeGreaterThan(c!.p);
    expect(b!.pRaw).toBeGreaterThan(c!.pRaw);
    expect(a!.statistic).toBeCloseTo(set.labellings[0]!.t[0]! * Math.sqrt(37 / 38), 10);
  });

  test("without an effect the raw and the studentised p are spread evenly", () => {
    const { members, blockStart } = randomisationTask(randomised, { seed: 1, draws: 1 });
    const shares: Record<"p" | "pRaw", number[]> = { p: [], pRaw: [] };
    for (let turn = 1; turn <= 60; turn++) {
      // The outcome has an effect; labels turned round inside their blocks have none.
      const label = randomised.label.slice();
      for (let b = 0; b + 1 < blockStart.length; b++) {
        const own = members.subarray(blockStart[b], blockStart[b + 1]);
        for (const [k, g] of own.entries()) label[g] = randomised.label[own[(k * 7 + turn * 3) % own.length]!]!;
      }
      const [first] = run({ ...randomised, label }, turn, 99);
      if (first) for (const key of ["p", "pRaw"] as const) shares[key].push(first[key]);
    }
    for (const values of Object.values(shares)) {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      // Four standard deviations of the mean of sixty even shares.
      expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 60));
    }
  });

  test("where blocks leave nothing to re-draw every labelling is the data, and p is one", () => {
    const alone = { ...randomised, block: randomised.block.map((_, g) => g) };
    for (const arm of run(alone, 5, 99)) expect([arm?.p, arm?.pRaw]).toEqual([1, 1]);
  });

  test("an arm that a fixed column spans is not identified", () => {
    const confounded = { ...randomised, label: randomised.block.map((block) => block - 1), arms: 3 };
    expect(run(confounded, 5, 9)).toEqual([null, null, null]);
  });
});
