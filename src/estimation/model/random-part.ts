import type { Likelihood } from "../../stats/mixed/evaluation.ts";
import type { MixedModel } from "../../stats/mixed/model.ts";
import type { Plan } from "../../study/study.ts";

/** What a random effect belongs to; `residual` is what respondents to the same leader in the same wave differ by. */
export type RandomEffect = "residual" | "leader" | "leader-wave" | "class" | "unit";

/** The random part of a mixed model, and how its estimates were made. */
export interface RandomPart {
  readonly likelihood: Likelihood;
  readonly degreesOfFreedom: Plan["mixed"]["df"];
  /** −2 log likelihood, restricted under REML. */
  readonly deviance: number;
  readonly components: readonly {
    readonly of: RandomEffect;
    readonly variance: number;
    /** Part of all variance (intraclass correlation) with its standard error; that is null at the bound of zero. */
    readonly share: number;
    readonly shareSe: number | null;
  }[];
}

/**
 * Names the variance components of a fitted model, in squared units of the outcome, and says how they were estimated.
 */
export function randomPart(
  model: MixedModel,
  plan: Plan["mixed"],
  names: { readonly inner: RandomEffect; readonly outer: RandomEffect },
): RandomPart {
  const { deviance, residual, inner, outer } = model;
  return {
    likelihood: plan.likelihood,
    degreesOfFreedom: plan.df,
    deviance,
    components: [
      { of: "residual", ...residual },
      { of: names.inner, ...inner },
      ...(outer === null ? [] : [{ of: names.outer, ...outer }]),
    ],
  };
}

const placed: Readonly<Record<RandomEffect, string>> = {
  residual: "within leaders",
  leader: "between leaders",
  "leader-wave": "between the waves of a leader",
  class: "between classes",
  unit: "between units",
};

/** Method and shares of variance in one English sentence. */
export function randomSentence({ likelihood, degreesOfFreedom, components }: RandomPart): string {
  const method = degreesOfFreedom === "satterthwaite" ? "Satterthwaite" : "Kenward–Roger";
  const shares = components
    .filter(({ of }) => of !== "residual")
    .map(({ of, variance, share }) => `${variance === 0 ? "none" : `${(100 * share).toFixed(1)}%`} ${placed[of]}`);
  return `${likelihood}, ${method} degrees of freedom; of the variance ${shares.join(", ")}.`;
}
