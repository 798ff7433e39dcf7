import { randomIntercept } from "../stats/mixed-model.ts";
import { type Infer, numbersOf } from "./inference.ts";

/** Random intercept per leader, degrees of freedom by Satterthwaite. */
export const mixedInference: Infer = ({ source, rows, fit, contrasts }) => {
  const model = randomIntercept(fit, rows.behind, contrasts);
  return {
    effects: contrasts.map((_, k) => {
      const contrast = model?.contrasts[k];
      if (!contrast) return "not-identified";
      const { variance, df } = contrast.satterthwaite;
      return numbersOf(contrast.estimate, variance, df, source.study.plan.confidence);
    }),
    warnings: [],
  };
};
