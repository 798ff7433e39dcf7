import { mixedModel } from "../stats/mixed-model.ts";
import { type Infer, numbersOf } from "./inference.ts";

/** Random intercept per leader, likelihood and degrees of freedom as the plan says. */
export const mixedInference: Infer = ({ source, rows, fit, contrasts }) => {
  const { confidence, mixed } = source.study.plan;
  const likelihood = mixed.df === "kenward-roger" ? "REML" : mixed.likelihood;
  const effects = { inner: "cluster", outer: null } as const;
  const model = mixedModel({ fit, behind: rows.behind, effects, likelihood, contrasts });
  return {
    effects: contrasts.map((_, k) => {
      if (model.status !== "estimated") return model.status === "no-variation" ? "no-variation" : "not-identified";
      const { estimate, satterthwaite, kenwardRoger } = model.contrasts[k]!;
      const precision = mixed.df === "satterthwaite" ? satterthwaite : kenwardRoger;
      return numbersOf(estimate, precision.variance, precision.df, confidence);
    }),
    warnings: [],
  };
};
