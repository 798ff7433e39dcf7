import { mixedModel } from "../../stats/mixed/model.ts";
import type { RandomEffects } from "../../stats/mixed/moments.ts";
import { controlArm, isByUnit } from "../design/design.ts";
import type { NotEstimable } from "../design/status.ts";
import { type RandomEffect, randomPart } from "../model/random-part.ts";
import { type FittedContrasts, type Infer, type Inference, numbersOf } from "./inference.ts";

interface RandomNames {
  readonly inner: RandomEffect;
  readonly outer: RandomEffect;
}

const none = ({ contrasts }: FittedContrasts, status: NotEstimable): Inference => ({
  effects: contrasts.map(() => status),
  warnings: [],
});

/** Kenward and Roger's degrees of freedom are those of REML, whatever the plan maximises, as in pbkrtest. */
function inferWith(given: FittedContrasts, effects: RandomEffects, names: RandomNames): Inference {
  const { source, rows, fit, contrasts } = given;
  const { confidence, mixed } = source.study.plan;
  const plan = { ...mixed, likelihood: mixed.df === "kenward-roger" ? "REML" : mixed.likelihood } as const;
  const model = mixedModel({ fit, counts: rows.counts, effects, likelihood: plan.likelihood, contrasts });
  if (model.status !== "estimated") {
    return none(given, model.status === "no-variation" ? "no-variation" : "not-identified");
  }
  const part = randomPart(model, plan, names);
  return {
    effects: model.contrasts.map(({ estimate, satterthwaite, kenwardRoger }) => {
      const { variance, df } = plan.df === "satterthwaite" ? satterthwaite : kenwardRoger;
      const numbers = df === null ? "not-identified" : numbersOf({ estimate, variance, df }, confidence);
      return typeof numbers === "string" ? numbers : { ...numbers, randomPart: part };
    }),
    warnings: [],
  };
}

/** Random intercept per leader, lme4's `(1 | leader)`, and where whole units were given to arms per unit, `(1 | unit / leader)`. */
export const leaderInference: Infer = (given) => {
  const { design } = given.effects;
  if (!isByUnit(design)) return inferWith(given, { inner: "cluster", outer: null }, { inner: "leader", outer: "unit" });
  const outer = Int32Array.from({ length: design.clusters }, (_, unit) => unit);
  return inferWith(given, { inner: "cell", outer }, { inner: "leader", outer: "unit" });
};

/** Random intercepts per leader and per wave of a leader, lme4's `(1 | leader / wave)`. */
export const leaderWaveInference: Infer = (given) => {
  if (isByUnit(given.effects.design)) return none(given, "not-by-unit");
  const outer = Int32Array.from(given.source.design.leaders, (_, leader) => leader);
  return inferWith(given, { inner: "cell", outer }, { inner: "leader-wave", outer: "leader" });
};

/** Classes of the trained leaders that are in the model; −1 for leaders of the control arm, who were in none. */
function trainedClasses({ source: { study, design }, effects }: FittedContrasts): Int32Array {
  const measured = new Set(effects.model.cluster);
  const control = controlArm(study);
  return design.class.map((one, leader) => (design.arm[leader] === control || !measured.has(leader) ? -1 : one));
}

/**
 * Partially nested trial (Roberts & Roberts 2005; Lohr, Schochet & Sanders 2014): random intercept per leader in all
 * arms, and per class in the arms that are trained in classes; lme4's `(1 | leader) + (0 + trained | class)`.
 */
export const partiallyNestedInference: Infer = (given) => {
  if (isByUnit(given.effects.design)) return none(given, "not-by-unit");
  const outer = trainedClasses(given);
  const classes = outer.filter((one) => one >= 0);
  if (new Set(classes).size === classes.length) return none(given, "no-classes");
  return inferWith(given, { inner: "cluster", outer }, { inner: "leader", outer: "class" });
};
