import type { Analysis } from "../../src/estimation/analysis.ts";
import type { ScaleMeasurement } from "../../src/estimation/measurement/measurement.ts";
import { readPlanLock } from "../../src/store/plan-lock-file.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import type { Study } from "../../src/study/study.ts";
import { type Progress, runStage, type StageRun } from "../stage.ts";

/** The stage before, and how reliable the scales are. */
export interface EstimateFrom {
  readonly key: string;
  readonly measured: readonly ScaleMeasurement[];
}

/** Runs the plan on the moments: effects with their uncertainty, flow, balance, attrition, intended and perceived. */
export const estimate = async (
  vault: Vault,
  study: Study,
  { key, measured }: EstimateFrom,
  progress: Progress,
): Promise<StageRun<Analysis>> => {
  const lock = await readPlanLock(study.folder);
  const inputs = [key, study.arms, study.waves, study.plan, study.figure, study.disclosure, study.covariates];
  return runStage(vault, "estimate", [...inputs, study.seed, lock], async () => {
    // A run where nothing changed is spared the code of estimators.
    const { analyseStudy } = await import("./analyse.ts");
    return analyseStudy(vault, study, measured, lock, progress);
  });
};
