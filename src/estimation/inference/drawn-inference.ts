import { type RandomisedModel, randomisationTask, randomisationTest } from "../../stats/draws/randomisation-test.ts";
import { membersOf, wildBootstrap, wildTask } from "../../stats/draws/wild-bootstrap.ts";
import { modelRows } from "../../stats/moments/model-rows.ts";
import { ofClusters } from "../design/clusters.ts";
import type { Comparison } from "../design/comparisons.ts";
import type { Design } from "../design/design.ts";
import { drawsFor } from "../design/draws.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import { isArmColumn } from "../model/model-columns.ts";
import type { Infer } from "./inference.ts";

/**
 * Wild cluster bootstrap-t (Cameron, Gelbach & Miller 2008): CR1 standard error, p and interval from draws with the
 * seed of the study; df is null. `no-variation` where there is no standard error.
 */
export const wildBootstrapInference: Infer = async ({ source: { study }, fit, contrasts, draws }) => {
  const task = wildTask(fit, contrasts, {
    seed: study.seed,
    draws: drawsFor(fit),
    members: membersOf(fit),
    adjustment: 0,
  });
  const results = wildBootstrap(task, await draws(task), study.plan.confidence);
  return {
    effects: results.map((result) => {
      if (result === null) return "no-variation";
      const { estimate, se, statistic, p, low, high } = result;
      return { estimate, se, df: null, statistic, p, low, high, pRaw: null, randomPart: null };
    }),
    warnings: [{ code: "p-from-draws", names: [task.weights], count: task.draws }],
  };
};

/** The columns of a model that a re-draw of the arms leaves alone, and who might have been in which arm. */
export function randomisedModel(
  { source: { study }, effects }: FittedModel,
  comparisons: readonly Comparison[],
): RandomisedModel {
  const { design } = effects;
  const columns = effects.model.columns.filter(({ name }) => !isArmColumn(study, name));
  return {
    rows: modelRows({ ...effects.model, columns }),
    label: ofClusters(design, design.arm).map((arm) => comparisons.findIndex((comparison) => comparison.arm === arm)),
    block: ofClusters(design, design.block),
    arms: comparisons.length,
    carriers: effects.carriers,
  };
}

/** Whether a cluster holds leaders of several arms, which no re-draw gives it. */
export function isDivided(design: Design): boolean {
  const arms = ofClusters(design, design.arm);
  return design.arm.some((arm, leader) => arm >= 0 && arm !== arms[design.cluster[leader]!]);
}

/** Whether no arm's column was dropped: else its leaders would pass for the reference. */
export const isFullyIdentified = ({ source: { study }, fit }: FittedModel): boolean =>
  !fit.dropped.some(({ name }) => isArmColumn(study, name));

/**
 * Randomisation within blocks: CR1 standard error, p from re-drawn arms, no interval. Nothing for all arms where one
 * that has leaders is not identified, since its leaders would pass for the reference.
 */
export const randomisationInference: Infer = async (given) => {
  const { source, comparisons, fit, draws } = given;
  const { study } = source;
  if (isDivided(given.effects.design) || comparisons.length === 0 || !isFullyIdentified(given)) {
    return { effects: comparisons.map(() => "not-identified"), warnings: [] };
  }
  const task = randomisationTask(randomisedModel(given, comparisons), { seed: study.seed, draws: drawsFor(fit) });
  const results = randomisationTest(task, await draws(task));
  return {
    effects: results.map((result) => {
      if (result === null) return "not-identified";
      const { estimate, se, statistic, p, pRaw } = result;
      return { estimate, se, df: null, statistic, p, low: null, high: null, pRaw, randomPart: null };
    }),
    warnings: [{ code: "p-from-draws", names: ["labellings"], count: task.draws }],
  };
};
