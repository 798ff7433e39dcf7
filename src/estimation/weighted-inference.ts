import { isWeighted } from "../stats/moments.ts";
import { weightedClusterRobust } from "../stats/weighted-cluster-robust.ts";
import { degreesOfFreedom, type Infer, numbersOf } from "./inference.ts";

/** Cluster-robust standard errors of the plan's type under sampling weights. */
export const weightedInference: Infer = ({ source, effects, fit, contrasts }) => {
  const { cells } = effects.model;
  if (!isWeighted(cells)) return { effects: contrasts.map(() => "no-weights" as const), warnings: [] };
  const { standardErrors, confidence } = source.study.plan;
  const robust = weightedClusterRobust(effects.model, cells, fit, standardErrors, contrasts);
  return {
    effects: robust.contrasts.map((contrast) => {
      const df = degreesOfFreedom(standardErrors, contrast, robust.clusters);
      return numbersOf(contrast.estimate, contrast.variance, df, confidence);
    }),
    warnings: robust.leverageOne > 0 ? [{ code: "leverage-one", names: [], count: robust.leverageOne }] : [],
  };
};
