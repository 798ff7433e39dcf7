import { describe, expect, test } from "vitest";
import { ancovaModel } from "../../src/estimation/effect-model.ts";
import { leastSquares } from "../../src/stats/least-squares.ts";
import { modelRows } from "../../src/stats/model-rows.ts";
import { eachSignDraw, everySignVector } from "../../src/stats/random-streams.ts";
import { wildBootstrap, wildStatistics } from "../../src/stats/wild-bootstrap.ts";
import { oracleStudy, surveys } from "../estimation/oracle-survey.ts";
import { expectClose, expected } from "../oracle/read.ts";

const r = expected("wild") as {
  readonly signs: readonly (readonly number[])[];
  readonly zero: readonly number[];
  readonly seven: readonly number[];
  readonly eight: { readonly p: number; readonly shares: readonly { readonly null: number; readonly p: number }[] };
};

/** Every draw is a regression of its own in R. */
const drawByDraw = 1e-10;

function fitted(index: number, effect: string) {
  const plan = { covariates: ["x1", "x2"] };
  const { study, design, cellsOf } = oracleStudy(surveys[index]!, { baseline: true, blocks: false, plan });
  const outcome = study.plan.primary[0]!;
  const source = { study, design, cells: cellsOf(outcome, "complete")!, unadjusted: cellsOf(outcome, "all"), wave: 1 };
  const fit = leastSquares(modelRows(ancovaModel(source, "rows").model));
  return { fit, contrast: Float64Array.from(fit.columns, (column) => Number(column === effect)) };
}

function allSigns(clusters: number): readonly Float64Array[] {
  const signs: Float64Array[] = [];
  everySignVector(clusters, (vector) => signs.push(vector.slice()));
  return signs;
}

describe("with the signs that R had", () => {
  const signs = r.signs.map((row) => Float64Array.from(row));
  const { fit, contrast } = fitted(0, "arm b");

  test.each(["zero", "seven"] as const)("every draw equals a regression of its own, null %s", (name) => {
    const statistics = wildStatistics(fit, contrast, name === "zero" ? 0 : 7, signs);
    for (const [k, statistic] of statistics.entries()) expectClose(statistic, r[name][k]!, drawByDraw, `draw ${k}`);
  });
});

describe("eight leaders: every sign vector", () => {
  const { fit, contrast } = fitted(1, "arm a");
  const options = { seed: 1, draws: 999, confidence: 0.95 };
  const bootstrap = wildBootstrap(fit, contrast, options)!;

  const share = (value: number): number => {
    const statistics = wildStatistics(fit, contrast, value, allSigns(8));
    const observed = Math.abs(statistics[0]!) * (1 - 1e-9);
    return statistics.filter((statistic) => Math.abs(statistic) >= observed).length / statistics.length;
  };

  test("p equals the share in R", () => {
    expect([bootstrap.draws, bootstrap.p]).toEqual([256, r.eight.p]);
    for (const { null: value, p } of r.eight.shares) expect(share(value)).toBe(p);
  });

  test("the interval holds what is not rejected", () => {
    expect(share(bootstrap.low! + 1e-6)).toBeGreaterThan(0.05);
    expect(share(bootstrap.low! - 1e-6)).toBeLessThanOrEqual(0.05);
    expect(share(bootstrap.high! - 1e-6)).toBeGreaterThan(0.05);
    expect(share(bootstrap.high! + 1e-6)).toBeLessThanOrEqual(0.05);
  });

  test("where 256 sign vectors cannot reject at the level, the interval has no end", () => {
    const wide = wildBootstrap(fit, contrast, { ...options, confidence: 0.999 })!;
    expect([wide.low, wide.high]).toEqual([null, null]);
  });
});

test("draws depend on the seed and nothing else, and signs are fair", () => {
  const { fit, contrast } = fitted(0, "arm b");
  const options = { seed: 7, draws: 2000, confidence: 0.95 };
  expect(wildBootstrap(fit, contrast, options)).toEqual(wildBootstrap(fit, contrast, options));
  expect(wildBootstrap(fit, contrast, { ...options, seed: 8 })?.p).not.toBe(wildBootstrap(fit, contrast, options)?.p);
  const sums = new Float64Array(60);
  const products = new Float64Array(60);
  eachSignDraw(3, 4096, 60, (signs) => {
    for (let g = 0; g < 60; g++) {
      sums[g]! += signs[g]!;
      products[g]! += signs[g]! * signs[(g + 1) % 60]!;
    }
  });
  // Five standard deviations of a sum of 4,096 signs.
  for (const value of [...sums, ...products]) expect(Math.abs(value)).toBeLessThan(5 * 64);
});
