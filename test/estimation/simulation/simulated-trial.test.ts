import { describe, expect, it } from "vitest";
import { observedDesign } from "../../../src/estimation/simulation/observed-design.ts";
import { analyseAsPlanned, simulateTrial } from "../../../src/estimation/simulation/simulate-trial.ts";
import { drawCells, type Trial, trialDesign, trialStudy } from "../../../src/estimation/simulation/simulated-trial.ts";
import { drawChiSquare, drawGamma, drawNormal } from "../../../src/stats/draws/random-draws.ts";
import { blockStream } from "../../../src/stats/draws/random-streams.ts";
import { clusterPrecision, powerFor } from "../../../src/stats/trial/cluster-power.ts";

const trial: Trial = {
  leaders: [400, 400],
  respondents: 7.5,
  sizeVariation: 0.4,
  icc: 0.2,
  explainedBetween: 0.35,
  explainedWithin: 0,
  baseline: true,
  effect: 0,
};
const plan = { robustness: [], confidence: 0.95, seed: 1 };

describe("random draws", () => {
  const stream = blockStream(7, 0);
  const draws = 40_000;
  const cases: readonly (readonly [string, () => number, number, number])[] = [
    ["normal", () => drawNormal(stream), 0, 1],
    ["gamma 0.4", () => drawGamma(stream, 0.4), 0.4, 0.4],
    ["gamma 6.5", () => drawGamma(stream, 6.5), 6.5, 6.5],
    ["χ² on 1", () => drawChiSquare(stream, 1), 1, 2],
    ["χ² on 9", () => drawChiSquare(stream, 9), 9, 18],
  ];
  it.each(cases)("%s has its mean and variance", (_, draw, mean, variance) => {
    const values = Array.from({ length: draws }, draw);
    const found = values.reduce((sum, value) => sum + value, 0) / draws;
    const spread = values.reduce((sum, value) => sum + (value - found) ** 2, 0) / (draws - 1);
    // Five standard errors of the mean; the variance of a skewed draw is known to a few percent.
    expect(Math.abs(found - mean)).toBeLessThan(5 * Math.sqrt(variance / draws));
    expect(Math.abs(spread / variance - 1)).toBeLessThan(0.08);
  });
});

describe("a drawn trial", () => {
  it("has the ICC, sizes and sd that it was drawn with", () => {
    const design = trialDesign(trial);
    const cells = drawCells({ ...trial, baseline: false }, design, blockStream(3, 0));
    const observed = observedDesign(trialStudy({ ...trial, baseline: false }, plan), design, cells);
    expect(observed.icc).toBeCloseTo(0.2, 1);
    expect(observed.respondents).toBeCloseTo(7.5, 0);
    expect(observed.sizeVariation).toBeCloseTo(0.4, 1);
    expect(observed.sd).toBeCloseTo(1, 1);
    expect(observed.explainedBetween).toBeNull();
    expect(observed.attrition).toBeNull();
  });

  it("is the same for the same seed", () => {
    const design = trialDesign(trial);
    expect(drawCells(trial, design, blockStream(3, 1))).toEqual(drawCells(trial, design, blockStream(3, 1)));
  });

  it("knows leaders who are lost, and what a baseline explains, from the cells alone", () => {
    const study = trialStudy(trial, plan);
    const design = trialDesign(trial);
    const stream = blockStream(11, 0);
    const cells = drawCells({ ...trial, respondents: 400, sizeVariation: 0 }, design, stream);
    // Both waves as large, so that the baseline means are as good as the levels: R² is then what was drawn.
    const leaders = design.leaders.length;
    const scale = Math.sqrt(trial.icc);
    for (let g = 0; g < leaders; g++) {
      const mean = cells.sums[leaders + g]! * scale;
      cells.n[leaders + g] = 400;
      cells.sums[leaders + g] = 400 * mean;
      cells.products[leaders + g] = 400 * mean * mean + 399 * 0.8;
    }
    const lost = new Set([0, 5, 9, 401]);
    for (const g of lost) cells.n[g] = 0;
    const observed = observedDesign(study, design, cells);
    expect(observed.attrition).toBeCloseTo(lost.size / leaders, 12);
    expect(observed.explainedBetween!.estimate).toBeCloseTo(0.35, 1);
    expect(observed.explainedBetween!.low).toBeGreaterThan(0.28);
    expect(observed.explainedBetween!.high).toBeLessThan(0.42);
  });

  it("does not take the luck of twenty leaders for what a baseline explains", () => {
    const small = { ...trial, leaders: [10, 10], respondents: 8, sizeVariation: 0.3, icc: 0.15, explainedBetween: 0.5 };
    const stream = blockStream(12, 0);
    const design = trialDesign(small);
    const studies = 400;
    let above = 0;
    for (let k = 0; k < studies; k++) {
      const share = observedDesign(trialStudy(small, plan), design, drawCells(small, design, stream)).explainedBetween;
      if (share !== null && share.low > small.explainedBetween) above++;
    }
    // The lower end of an 80 % interval: a tenth, and four standard errors.
    expect(above / studies).toBeLessThan(0.1 + 4 * Math.sqrt(0.09 / studies));
    expect(above).toBeGreaterThan(0);
  });
});

describe("simulated power", () => {
  const design = { ...trial, leaders: [30, 30] as const, respondents: 8, sizeVariation: 0 };
  const run = (effect: number, replications: number) =>
    simulateTrial(
      { ...design, effect },
      { robustness: [], confidence: 0.95, replications },
      { stream: blockStream(5, 0), analyse: analyseAsPlanned },
      () => undefined,
    );

  it("is near the formula, and repeats itself", async () => {
    const effect = 0.35;
    const [found] = await run(effect, 800);
    const formula = clusterPrecision({ ...design, clusters: [30, 30], covariates: 1 })!;
    // Four Monte-Carlo standard errors, and two points for the slope that the formula takes as known.
    const room = 4 * found!.rejected.se + 0.02;
    expect(Math.abs(found!.rejected.rate - powerFor(effect, formula, 0.05))).toBeLessThan(room);
    expect(Math.abs(found!.biasInErrors!)).toBeLessThan(4);
    expect(await run(effect, 50)).toEqual(await run(effect, 50));
  });

  it("counts a trial that cannot be estimated as one that finds nothing", async () => {
    const [found] = await simulateTrial(
      { ...design, leaders: [1, 3], effect: 5 },
      { robustness: [], confidence: 0.95, replications: 5 },
      { stream: blockStream(5, 0), analyse: analyseAsPlanned },
      () => undefined,
    );
    expect(found).toMatchObject({ estimated: 0, rejected: { rate: 0 }, biasInErrors: null, meanDf: null });
  });
});
