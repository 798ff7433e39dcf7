import {
  type Component,
  type MixedModel,
  type MixedModelSpec,
  mixedModel,
  mixedModelOffZero,
} from "../../stats/mixed/model.ts";
import type { RandomEffects } from "../../stats/mixed/moments.ts";
import { controlArm, isByUnit } from "../design/design.ts";
import type { NotEstimable, Warning } from "../design/status.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import { type RandomEffect, randomPart } from "../model/random-part.ts";
import { type FittedContrasts, type Infer, type Inference, type InferJointly, numbersOf } from "./inference.ts";

interface RandomNames {
  readonly inner: RandomEffect;
  readonly outer: RandomEffect;
}

const none = ({ contrasts }: FittedContrasts, status: NotEstimable): Inference => ({
  effects: contrasts.map(() => status),
  warnings: [],
});

/** The random part of a fitted model with its names, or why there is none. */
type RandomStructure = (
  fitted: FittedModel,
) => { readonly effects: RandomEffects; readonly names: RandomNames } | NotEstimable;

const atZero = ({ inner, outer }: MixedModel): readonly Component[] => [
  ...(inner.variance === 0 ? (["inner"] as const) : []),
  ...(outer?.variance === 0 ? (["outer"] as const) : []),
];

/** The model that the test is made with where a variance was estimated as zero; null where none was. */
function offZero(spec: MixedModelSpec, zero: readonly Component[]): MixedModel | null {
  const model = zero.length === 0 ? null : mixedModelOffZero(spec, zero);
  return model?.status === "estimated" ? model : null;
}

const variancesAtZero = (zero: readonly Component[], names: RandomNames): Warning => ({
  code: "variance-at-zero",
  names: zero.map((component) => names[component]),
  count: zero.length,
});

/** Kenward and Roger's degrees of freedom are those of REML, whatever the plan maximises, as in pbkrtest. */
const inferWith =
  (structure: RandomStructure): Infer =>
  (given) => {
    const { source, rows, fit, contrasts } = given;
    const { confidence, mixed } = source.study.plan;
    const random = structure(given);
    if (typeof random === "string") return none(given, random);
    const plan = { ...mixed, likelihood: mixed.df === "kenward-roger" ? "REML" : mixed.likelihood } as const;
    const spec = { fit, counts: rows.counts, effects: random.effects, likelihood: plan.likelihood, contrasts };
    const model = mixedModel(spec);
    if (model.status !== "estimated") {
      return none(given, model.status === "components-confounded" ? "not-identified" : model.status);
    }
    const part = randomPart(model, plan, random.names);
    const zero = atZero(model);
    const careful = offZero(spec, zero);
    if (zero.length > 0 && careful === null) return none(given, "not-identified");
    return {
      effects: model.contrasts.map(({ estimate, satterthwaite, kenwardRoger }, k) => {
        const usual = plan.df === "satterthwaite" ? satterthwaite : kenwardRoger;
        const { variance, df } = careful?.contrasts[k]?.kenwardRoger ?? usual;
        const numbers = df === null ? "not-identified" : numbersOf({ estimate, variance, df }, confidence);
        return typeof numbers === "string" ? numbers : { ...numbers, randomPart: part };
      }),
      warnings: careful === null ? [] : [variancesAtZero(zero, random.names)],
    };
  };

/** Kenward and Roger's F by REML, whatever the plan maximises and where its degrees of freedom come from. */
const jointlyWith =
  (structure: RandomStructure): InferJointly =>
  (fitted, contrasts) => {
    const random = structure(fitted);
    if (typeof random === "string") return null;
    const { fit, rows } = fitted;
    const spec = { fit, counts: rows.counts, effects: random.effects, likelihood: "REML", contrasts } as const;
    const model = mixedModel(spec);
    if (model.status !== "estimated") return null;
    const zero = atZero(model);
    return (zero.length === 0 ? model : offZero(spec, zero))?.joint ?? null;
  };

const estimatorOf = (structure: RandomStructure) => ({
  infer: inferWith(structure),
  inferJointly: jointlyWith(structure),
});

/** Random intercept per leader, lme4's `(1 | leader)`; where whole units were given to arms also per unit, `(1 | unit / leader)`. */
export const leaderIntercepts = estimatorOf(({ effects: { design } }) => ({
  effects: isByUnit(design)
    ? { inner: "cell", outer: Int32Array.from({ length: design.clusters }, (_, unit) => unit) }
    : { inner: "cluster", outer: null },
  names: { inner: "leader", outer: "unit" },
}));

/** Random intercepts per leader and per wave of a leader, lme4's `(1 | leader / wave)`. */
export const leaderWaveIntercepts = estimatorOf(({ effects: { design } }) =>
  isByUnit(design)
    ? "not-by-unit"
    : {
        effects: { inner: "cell", outer: Int32Array.from(design.leaders, (_, leader) => leader) },
        names: { inner: "leader-wave", outer: "leader" },
      },
);

/** Classes of the trained leaders that are in the model; −1 for leaders of the control arm, who were in none. */
function trainedClasses({ source: { study, design }, effects }: FittedModel): Int32Array {
  const measured = new Set(effects.model.cluster);
  const control = controlArm(study);
  return design.class.map((one, leader) => (design.arm[leader] === control || !measured.has(leader) ? -1 : one));
}

/**
 * Partially nested trial (Roberts & Roberts 2005; Lohr, Schochet & Sanders 2014): random intercept per leader in all
 * arms, and per class in the arms that are trained in classes; lme4's `(1 | leader) + (0 + trained | class)`.
 */
export const partiallyNested = estimatorOf((fitted) => {
  if (isByUnit(fitted.effects.design)) return "not-by-unit";
  const outer = trainedClasses(fitted);
  const classes = outer.filter((one) => one >= 0);
  if (new Set(classes).size === classes.length) return "no-classes";
  return { effects: { inner: "cluster", outer }, names: { inner: "leader", outer: "class" } };
});
