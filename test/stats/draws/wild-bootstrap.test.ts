import { describe, expect, test } from "vitest";
import { ancovaModel } from "../../../src/estimation/model/effect-model.ts";
import { drawBlocks } from "../../../src/stats/draws/draw-task.ts";
import { blockStream, fillBytes, webbWeight } from "../../../src/stats/draws/random-streams.ts";
import {
  membersOf,
  weightsFor,
  wildBootstrap,
  wildStatistics,
  wildTask,
} from "../../../src/stats/draws/wild-bootstrap.ts";
import { wildUnder } from "../../../src/stats/draws/wild-draws.ts";
import { modelRows } from "../../../src/stats/moments/model-rows.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";
import { oracleStudy, surveys } from "../../estimation/oracle-survey.ts";
import { expectClose, expected } from "../../oracle/read.ts";

const r = expected("wild") as {
  readonly sets: readonly {
    readonly name: string;
    readonly leaders: readonly string[];
    readonly weights: readonly (readonly number[])[];
    readonly null: number;
    readonly observed: number;
    readonly zero: readonly number[];
    readonly shifted: readonly number[];
  }[];
  readonly eight: { readonly p: number; readonly shares: readonly { readonly null: number; readonly p: number }[] };
};

/** Every draw is a regression of its own in R. */
const drawByDraw = 1e-10;

function fitted(name: string) {
  const survey = surveys.find((one) => one.name === name)!;
  const plan = { covariates: ["x1", "x2"] };
  const { study, design, cellsOf } = oracleStudy(survey, { baseline: true, blocks: name === "pairs", plan });
  const outcome = study.plan.primary[0]!;
  const source = { study, design, cells: cellsOf(outcome, "complete")!, unadjusted: cellsOf(outcome, "all"), wave: 1 };
  const fit = leastSquares(modelRows(ancovaModel(source, "rows").model));
  const effect = `arm ${survey.arms.at(-1)}`;
  return { design, fit, contrast: Float64Array.from(fit.columns, (column) => Number(column === effect)) };
}

const taskOf = ({ fit, contrast }: ReturnType<typeof fitted>, seed: number, draws: number) =>
  wildTask(fit, [contrast], { seed, draws, members: membersOf(fit), adjustment: 0 });

const bootstrap = (model: ReturnType<typeof fitted>, seed: number, draws: number, confidence = 0.95) => {
  const task = taskOf(model, seed, draws);
  return wildBootstrap(task, drawBlocks(task), confidence)[0]!;
};

describe.each(r.sets)("$name: with the signs and the Webb weights that R had", (set) => {
  const model = fitted(set.name);
  const task = taskOf(model, 1, 99);
  const places = model.design.leaders.map((leader) => set.leaders.indexOf(leader));
  const weights = set.weights.map((row) => Float64Array.from(places, (place) => row[place] ?? 0));

  test.each(["zero", "shifted"] as const)("every draw equals a regression of its own, null %s", (name) => {
    const value = name === "zero" ? 0 : set.null;
    const { observed, drawn } = wildStatistics(
      { ...task, draws: weights.length },
      [wildUnder(task, weights)],
      0,
      value,
    );
    if (name === "zero") expectClose(observed, set.observed, drawByDraw, "observed");
    for (const [k, statistic] of drawn.entries()) expectClose(statistic, set[name][k]!, drawByDraw, `draw ${k}`);
  });
});

describe("eight leaders: every sign vector", () => {
  const model = fitted("eight");
  const task = taskOf(model, 1, 999);
  const blocks = drawBlocks(task);
  const result = bootstrap(model, 1, 999);

  const share = (value: number): number => {
    const { observed, drawn } = wildStatistics(task, blocks, 0, value);
    return drawn.filter((statistic) => Math.abs(statistic) >= Math.abs(observed!) * (1 - 1e-9)).length / drawn.length;
  };

  test("p equals the share in R", () => {
    expect([result.weights, result.draws, result.p]).toEqual(["every", 256, r.eight.p]);
    for (const { null: value, p } of r.eight.shares) expect(share(value)).toBe(p);
  });

  test("the interval holds what is not rejected", () => {
    expect(share(result.low! + 1e-6)).toBeGreaterThan(0.05);
    expect(share(result.low! - 1e-6)).toBeLessThanOrEqual(0.05);
    expect(share(result.high! - 1e-6)).toBeGreaterThan(0.05);
    expect(share(result.high! + 1e-6)).toBeLessThanOrEqual(0.05);
  });

  test("where 256 sign vectors cannot reject at the level, the interval has no end", () => {
    const wide = bootstrap(model, 1, 999, 0.999);
    expect([wide.low, wide.high]).toEqual([null, null]);
  });

  test("fewer draws than sign vectors are drawn from Webb's points, and say much the same", () => {
    const webb = bootstrap(model, 1, 200);
    expect([webb.weights, webb.draws]).toEqual(["webb", 200]);
    // Five standard deviations of a share of 200 draws.
    expect(Math.abs(webb.p - result.p)).toBeLessThan(5 * Math.sqrt(0.25 / 200));
  });
});

test("weights are enumerated, then Webb's, then signs", () => {
  expect([weightsFor(13, 9999), weightsFor(14, 9999), weightsFor(11, 999), weightsFor(12, 999)]).toEqual([
    "every",
    "rademacher",
    "webb",
    "rademacher",
  ]);
});

test("signs looked up by bytes are the signs one by one", () => {
  const model = fitted("forty");
  const task = taskOf(model, 7, 300);
  const stream = blockStream(7, 0);
  const signs = Array.from({ length: 300 }, () => new Float64Array(task.clusters));
  for (let first = 0; first < task.clusters; first += 8) {
    const bytes = new Uint8Array(300);
    fillBytes(stream, bytes);
    for (const [draw, vector] of signs.entries()) {
      for (let g = first; g < Math.min(first + 8, task.clusters); g++)
        vector[g] = (bytes[draw]! >> (g - first)) & 1 ? 1 : -1;
    }
  }
  const oneByOne = wildUnder(task, signs);
  // Sums of forty terms in another order.
  for (const [k, value] of drawBlocks(task)[0]!.entries()) expect(value).toBeCloseTo(oneByOne[k]!, 9);
});

test("draws depend on the seed and nothing else", () => {
  const model = fitted("forty");
  expect(bootstrap(model, 7, 2000)).toEqual(bootstrap(model, 7, 2000));
  expect(bootstrap(model, 8, 2000).p).not.toBe(bootstrap(model, 7, 2000).p);
});

test("signs are fair and independent, Webb's weights have mean zero and variance one", () => {
  const stream = blockStream(3, 1);
  const bytes = new Uint8Array(60_000);
  fillBytes(stream, bytes);
  const bit = (k: number): number => ((bytes[k >> 3]! >> (k & 7)) & 1 ? 1 : -1);
  for (const lag of [0, 1, 7, 8, 24, 32]) {
    let sum = 0;
    for (let k = 0; k + lag < 480_000; k++) sum += lag === 0 ? bit(k) : bit(k) * bit(k + lag);
    // Five standard deviations of a sum of so many signs.
    expect(Math.abs(sum), `lag ${lag}`).toBeLessThan(5 * Math.sqrt(480_000));
  }
  const weights = Array.from({ length: 60_000 }, () => webbWeight(stream));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean(weights))).toBeLessThan(5 / Math.sqrt(60_000));
  // The squares are 0.5, 1 and 1.5: a variance of 1/6.
  expect(Math.abs(mean(weights.map((weight) => weight ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(1 / 6 / 60_000));
});
