import { canonical, type DecidingPlan } from "./plan-hash.ts";
import type { Estimator, Outcome, Plan, Rater } from "./study.ts";

/** What tells one estimate from another. */
export interface EstimateKey {
  readonly estimator: Estimator;
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
}

/** A setting of the plan; those of estimators that compare changes are read apart. */
type Setting =
  | "confidence"
  | "smallestEffectOfInterest"
  | "standardErrors"
  | "mixed"
  | "trainedFrom"
  | "blocks"
  | "classes"
  | "attendance"
  | "covariates"
  | "changeCovariates"
  | "changeBlocks";

const always: readonly Setting[] = ["confidence", "smallestEffectOfInterest"];

/** Settings of the plan that decide an estimator's numbers, beside those that decide all. */
const ofAncova: readonly Setting[] = ["blocks", "covariates"];
const settings: Readonly<Record<Estimator, readonly Setting[]>> = {
  ancova: ["standardErrors", ...ofAncova],
  "cluster-means": ["standardErrors", ...ofAncova],
  lin: ["standardErrors", ...ofAncova],
  mixed: ["mixed", ...ofAncova],
  "wild-bootstrap": [],
  randomisation: ["blocks"],
  "difference-in-differences": ["standardErrors", "changeCovariates", "changeBlocks"],
  "leader-fixed-effects": ["standardErrors", "changeCovariates"],
  "event-time": ["standardErrors", "changeCovariates"],
  "mixed-leader-wave": ["mixed", "changeCovariates", "changeBlocks"],
  "partially-nested": ["mixed", "classes", ...ofAncova],
  "class-clustered": ["standardErrors", "classes", ...ofAncova],
  panel: ["standardErrors", ...ofAncova],
  "sampling-weights": ["standardErrors", ...ofAncova],
  "inverse-probability": ["standardErrors", ...ofAncova],
  complier: ["standardErrors", "trainedFrom", "attendance", "classes", ...ofAncova],
};

/** Draws random numbers, about the model of the primary estimator. */
const drawn: readonly Estimator[] = ["wild-bootstrap", "randomisation"];
/** Which model an estimator is read from, rather than how precise its numbers are. */
const ofModel: readonly Setting[] = ["blocks", "covariates", "changeCovariates", "changeBlocks"];
/** Fits all waves at once; the others fit the baseline and the wave of the estimate. */
const overAllWaves: readonly Estimator[] = ["event-time"];

function settingsOf({ estimator: primary }: Plan, estimator: Estimator): readonly Setting[] {
  const own = drawn.includes(estimator)
    ? [...settings[estimator], ...settings[primary].filter((setting) => ofModel.includes(setting))]
    : settings[estimator];
  return [...always, ...own];
}

const columnIn = ({ roster }: DecidingPlan, name: string): string | null => roster?.columns[name] ?? null;

/** The plan's covariates with their definitions; only these, and in their order, are in a model. */
const covariatesOf = (deciding: DecidingPlan) =>
  deciding.plan.covariates.map((one) => ({
    ...deciding.covariates.find(({ id }) => id === one),
    column: columnIn(deciding, one),
  }));

function settingValue(deciding: DecidingPlan, setting: Setting): unknown {
  const { plan } = deciding;
  if (setting === "covariates") return covariatesOf(deciding);
  if (setting === "changeCovariates") return plan.differenceInDifferences.covariates ? covariatesOf(deciding) : [];
  if (setting === "changeBlocks") return plan.differenceInDifferences.blocks && columnIn(deciding, "block");
  if (setting === "blocks") return columnIn(deciding, "block");
  if (setting === "classes") return columnIn(deciding, "class");
  return setting === "attendance" ? (deciding.attendance ?? columnIn(deciding, "attended")) : plan[setting];
}

/** A scale with all that it is made of. */
function scalesBehind(id: string, scales: DecidingPlan["scales"]): DecidingPlan["scales"] {
  return scales
    .filter((scale) => scale.id === id)
    .flatMap((scale) => {
      if (scale.kind === "items") return [scale];
      const parts = scale.kind === "scales" ? scale.of : [scale.minuend.scale, scale.subtrahend.scale];
      return [scale, ...parts.flatMap((part) => scalesBehind(part, scales))];
    });
}

/** What the adjusted p rests on: null for an estimate outside the family of primary outcomes. */
function familyOf({ plan, seed, arms, waves }: DecidingPlan, key: EstimateKey, isIts: (outcome: Outcome) => boolean) {
  const inFamily =
    key.estimator === plan.estimator &&
    key.wave === waves.at(-1)?.id &&
    arms.some(({ id, control }) => control && id === key.reference) &&
    plan.primary.some(isIts);
  const { multiplicity, primary } = plan;
  return inFamily ? { multiplicity, primary, seed: multiplicity === "romano-wolf" ? seed : null } : null;
}

/** Everything in a plan that decides one estimate; null where the plan does not have that estimate. */
function decidingParts(deciding: DecidingPlan, key: EstimateKey): Readonly<Record<string, unknown>> | null {
  const { plan, arms, waves } = deciding;
  const isIts = ({ scale, rater }: Outcome): boolean => scale === key.outcome && rater === key.rater;
  const named =
    [...plan.primary, ...plan.secondary].some(isIts) &&
    [plan.estimator, ...plan.robustness].includes(key.estimator) &&
    [key.arm, key.reference].every((arm) => arms.some(({ id }) => id === arm)) &&
    waves.some(({ id }) => id === key.wave);
  if (!named) return null;
  const usesAll = overAllWaves.includes(key.estimator);
  return {
    ...Object.fromEntries(
      settingsOf(plan, key.estimator).map((setting) => [setting, settingValue(deciding, setting) ?? null]),
    ),
    arms,
    allocation: deciding.allocation ?? null,
    leaders: [columnIn(deciding, "leader"), columnIn(deciding, "arm"), deciding.roster?.where ?? null],
    waves: waves.filter(({ id, baseline }) => usesAll || baseline || id === key.wave),
    scales: scalesBehind(key.outcome, deciding.scales),
    missing: deciding.missing,
    drawn: drawn.includes(key.estimator) ? { seed: deciding.seed, about: plan.estimator } : null,
    family: familyOf(deciding, key, isIts),
  };
}

/**
 * An estimate is as planned when everything that decides this very number is as it was locked: its outcome's scales,
 * arms, its waves, the settings its estimator uses, and the family its p is adjusted in. What decides only other
 * estimates does not count against it.
 */
export function plannedAs(locked: DecidingPlan, now: DecidingPlan, key: EstimateKey): "as-planned" | "deviation" {
  const before = decidingParts(locked, key);
  return before !== null && canonical(before) === canonical(decidingParts(now, key)) ? "as-planned" : "deviation";
}

/** A plan as subgroups read it: their model is the ANCOVA with CR2, whatever the primary estimator. */
const ofSubgroups = (deciding: DecidingPlan): DecidingPlan => ({
  ...deciding,
  plan: { ...deciding.plan, estimator: "ancova", standardErrors: "CR2" },
});

const definitionOf = ({ covariates }: DecidingPlan, covariate: string) =>
  covariates.find(({ id }) => id === covariate) ?? null;

/** The same of an effect by subgroup: its test is one of a family, which must be that of the lock. */
export function subgroupPlannedAs(
  locked: DecidingPlan,
  now: DecidingPlan,
  key: Omit<EstimateKey, "estimator">,
  covariate: string,
): "as-planned" | "deviation" {
  const family = ({ plan: { subgroups, primary } }: DecidingPlan) => canonical([subgroups ?? [], primary]);
  const same =
    family(locked) === family(now) &&
    canonical([definitionOf(locked, covariate), columnIn(locked, covariate)]) ===
      canonical([definitionOf(now, covariate), columnIn(now, covariate)]);
  return same ? plannedAs(ofSubgroups(locked), ofSubgroups(now), { ...key, estimator: "ancova" }) : "deviation";
}

/** The same of a specification curve: each of its estimators must be as planned, and the choices those of the lock. */
export function curvePlannedAs(
  locked: DecidingPlan,
  now: DecidingPlan,
  key: Omit<EstimateKey, "estimator">,
): "as-planned" | "deviation" {
  const choices = ({ plan }: DecidingPlan) => [plan.specificationCurve ?? false, plan.estimator, ...plan.robustness];
  const { estimator, robustness } = now.plan;
  const same =
    canonical(choices(locked)) === canonical(choices(now)) &&
    locked.seed === now.seed &&
    [estimator, ...robustness].every((one) => plannedAs(locked, now, { ...key, estimator: one }) === "as-planned");
  return same ? "as-planned" : "deviation";
}
