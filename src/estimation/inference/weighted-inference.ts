import { isWeighted, type WeightedCells } from "../../stats/moments/moments.ts";
import { weightedClusterRobust } from "../../stats/regression/weighted-cluster-robust.ts";
import { degreesOfFreedom, type Infer, numbersOf } from "./inference.ts";

/** Σw² · n = (Σw)² in every cell and one mean weight throughout: nobody counts more than another. */
function alike({ n: weight, plain, squared }: WeightedCells): boolean {
  const mean = weight[0]! / plain.n[0]!;
  return weight.every(
    (sum, c) =>
      Math.abs(sum / plain.n[c]! - mean) <= 1e-9 * mean &&
      Math.abs((squared.n[c]! * plain.n[c]!) / (sum * sum) - 1) <= 1e-9,
  );
}

/**
 * Cluster-robust standard errors of the plan's type under sampling weights, as estimatr's `lm_robust(weights,
 * clusters)`. `no-weights` for cells without any; warns where all weights are alike.
 */
export const weightedInference: Infer = ({ source, effects, fit, contrasts }) => {
  const { cells } = effects.model;
  if (!isWeighted(cells)) return { effects: contrasts.map(() => "no-weights" as const), warnings: [] };
  const { standardErrors, confidence } = source.study.plan;
  const robust = weightedClusterRobust(effects.model, cells, fit, standardErrors, contrasts);
  return {
    effects: robust.contrasts.map((contrast) => {
      const df = degreesOfFreedom(standardErrors, contrast, robust.clusters);
      return numbersOf({ ...contrast, df }, confidence);
    }),
    warnings: [
      ...(robust.leverageOne > 0 ? [{ code: "leverage-one", names: [], count: robust.leverageOne } as const] : []),
      ...(alike(cells) ? [{ code: "weights-alike", names: [], count: 0 } as const] : []),
    ],
  };
};
