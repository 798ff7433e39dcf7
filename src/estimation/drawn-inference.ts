import { modelRows } from "../stats/model-rows.ts";
import type { Infer, Question } from "./inference.ts";

/** Fewer draws where each costs more: by then p comes close to the robust one anyway. */
const drawsFor = ({ effects, fit }: Question): number =>
  effects.design.leaders.length * fit.coefficients.length <= 40_000 ? 4999 : 999;

/** Wild cluster bootstrap-t: CR1 standard error, p and interval from the draws, the seed of the study. */
export const wildBootstrapInference: Infer = async (question) => {
  const { source, fit, contrasts, draws } = question;
  const { seed, plan } = source.study;
  const options = { seed, draws: drawsFor(question), confidence: plan.confidence };
  const results = await draws.wildBootstrap(fit, contrasts, options);
  return {
    effects: results.map((result) => {
      if (result === null) return "not-identified";
      const { estimate, se, statistic, p, low, high } = result;
      return { estimate, se, df: null, statistic, p, low, high, pRaw: null };
    }),
    warnings: [],
  };
};

/**
 * Randomisation within blocks: CR1 standard error, p from re-drawn arms, no interval. Nothing for all arms where one
 * that has leaders is not identified, since its leaders would pass for the reference.
 */
export const randomisationInference: Infer = async (question) => {
  const { source, effects, comparisons, fit, draws } = question;
  const { study } = source;
  if (comparisons.length === 0 || fit.dropped.some(({ name }) => effects.effectColumn.includes(name))) {
    return { effects: comparisons.map(() => "not-identified"), warnings: [] };
  }
  const columns = effects.model.columns.filter(({ name }) => !effects.effectColumn.includes(name));
  const model = {
    rows: modelRows({ ...effects.model, columns }),
    label: effects.design.arm.map((arm) => comparisons.findIndex((comparison) => comparison.arm === arm)),
    block: effects.design.block,
    arms: comparisons.length,
  };
  const results = await draws.randomisation(model, { seed: study.seed, draws: drawsFor(question) });
  return {
    effects: results.map(
      (result) => (result && { ...result, df: null, low: null, high: null, pRaw: null }) ?? "not-identified",
    ),
    warnings: [],
  };
};
