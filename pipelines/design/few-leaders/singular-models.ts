import { drawHere } from "../../../src/estimation/design/draws.ts";
import { clusterRobustInference, type FittedContrasts } from "../../../src/estimation/inference/inference.ts";
import { leaderIntercepts } from "../../../src/estimation/inference/mixed-inference.ts";
import { fittedModels } from "../../../src/estimation/model/fitted-models.ts";
import { ancova } from "../../../src/estimation/model/model-specs.ts";
import { drawCells, type Trial, trialDesign, trialStudy } from "../../../src/estimation/simulation/simulated-trial.ts";
import { tTwoTail } from "../../../src/stats/distribution/distributions.ts";
import { blockStream } from "../../../src/stats/draws/random-streams.ts";
import { type MixedModel, mixedModel } from "../../../src/stats/mixed/model.ts";
import type { Cells } from "../../../src/stats/moments/moments.ts";
import { rateOf, type Table } from "./table.ts";

const trialOf = (leaders: number, icc: number, respondents: number): Trial => ({
  leaders: [leaders, leaders],
  respondents,
  sizeVariation: 0.3,
  icc,
  explainedBetween: 0.3,
  explainedWithin: 0,
  baseline: true,
  effect: 0,
});

const settings = [
  { leaders: 6, icc: 0, respondents: 8 },
  { leaders: 6, icc: 0.05, respondents: 8 },
  { leaders: 6, icc: 0.1, respondents: 8 },
  { leaders: 6, icc: 0.1, respondents: 20 },
  { leaders: 8, icc: 0.1, respondents: 8 },
  { leaders: 12, icc: 0.05, respondents: 8 },
] as const;

/** p of one drawn trial by the row's test, by Satterthwaite at the REML variances (as lmerTest), and by CR2. */
async function testsOf(trial: Trial, cells: Cells) {
  const design = trialDesign(trial);
  const study = trialStudy(trial, { robustness: [], confidence: 0.95, seed: 1 });
  const model = fittedModels(study, design, () => cells)(ancova, 1);
  if (typeof model === "string") return null;
  const contrast = Float64Array.from(model.fit.columns, (name) => Number(model.effects.effectColumn.includes(name)));
  const given: FittedContrasts = {
    ...model,
    comparisons: [{ arm: 1, reference: 0 }],
    contrasts: [contrast],
    draws: drawHere,
  };
  const plain = mixedModel({
    fit: model.fit,
    counts: model.rows.counts,
    effects: { inner: "cluster", outer: null },
    likelihood: "REML",
    contrasts: [contrast],
  }) as MixedModel;
  const { estimate, satterthwaite } = plain.contrasts[0]!;
  const row = (await leaderIntercepts.infer(given)).effects[0]!;
  const robust = (await clusterRobustInference(given)).effects[0]!;
  return {
    singular: plain.inner.variance === 0,
    row: typeof row === "string" ? 1 : row.p,
    satterthwaite: tTwoTail(estimate / Math.sqrt(satterthwaite.variance), satterthwaite.df ?? Number.NaN),
    robust: typeof robust === "string" ? 1 : robust.p,
  };
}

/** The mixed model's test where the leaders' variance is estimated as zero, and over all drawn trials. */
export const singularModels: Table = {
  id: "singular-models",
  title: "Mixed models without variance between leaders",
  lead: (replications) =>
    `How often a true null is rejected at 5 % by the mixed model of the report, first over all drawn trials, then over those in which REML finds no variance between leaders; there beside it Satterthwaite's test at the zero (lmerTest) and CR2. That REML finds none is a finding about the same leaders who are compared, so no test is exact within these trials; with many respondents it is rare. ${replications} drawn trials a row.`,
  columns: ["leaders per arm", "ICC", "respondents", "all", "found none", "of these: report", "Satterthwaite", "CR2"],
  replications: 6000,
  run: async function* (replications, seed) {
    for (const [k, { leaders, icc, respondents }] of settings.entries()) {
      const trial = trialOf(leaders, icc, respondents);
      const stream = blockStream(seed, 2000 + k);
      const count = { all: 0, singular: 0, row: 0, satterthwaite: 0, robust: 0 };
      for (let made = 0; made < replications; made++) {
        const tests = await testsOf(trial, drawCells(trial, trialDesign(trial), stream));
        if (tests === null) continue;
        count.all += Number(tests.row < 0.05);
        if (!tests.singular) continue;
        count.singular++;
        for (const test of ["row", "satterthwaite", "robust"] as const) count[test] += Number(tests[test] < 0.05);
      }
      const within = (test: "row" | "satterthwaite" | "robust") => rateOf(count[test], count.singular);
      yield {
        values: [String(leaders), String(icc), String(respondents)],
        rates: [
          rateOf(count.all, replications),
          rateOf(count.singular, replications),
          within("row"),
          within("satterthwaite"),
          within("robust"),
        ],
      };
    }
  },
};
