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

type Setting = Exclude<keyof Plan, "primary" | "secondary" | "estimator" | "robustness" | "multiplicity" | "mediation">;

const always: readonly Setting[] = ["confidence", "smallestEffectOfInterest"];

/** Settings of the plan that decide an estimator's numbers, beside those that decide all. */
const settings: Readonly<Record<Estimator, readonly Setting[]>> = {
  ancova: ["standardErrors", "covariates"],
  "cluster-means": ["standardErrors", "covariates"],
  mixed: ["mixed", "covariates"],
  "wild-bootstrap": [],
  randomisation: [],
  "difference-in-differences": ["standardErrors", "differenceInDifferences"],
  "leader-fixed-effects": ["standardErrors", "differenceInDifferences"],
  "event-time": ["standardErrors", "differenceInDifferences"],
  "mixed-leader-wave": ["mixed", "differenceInDifferences"],
  "partially-nested": ["mixed", "covariates"],
  panel: ["standardErrors", "covariates"],
  "sampling-weights": ["standardErrors", "covariates"],
  "inverse-probability": ["standardErrors", "covariates"],
  complier: ["standardErrors", "covariates", "trainedFrom"],
};

/** Draws random numbers, about the model of the primary estimator. */
const drawn: readonly Estimator[] = ["wild-bootstrap", "randomisation"];
/** Which model an estimator is read from, rather than how precise its numbers are. */
const ofModel: readonly Setting[] = ["covariates", "differenceInDifferences"];
/** Fits all waves at once; the others fit the baseline and the wave of the estimate. */
const overAllWaves: readonly Estimator[] = ["event-time", "mixed-leader-wave"];

/** The settings of one estimator; those that compare changes have covariates only where the plan says so. */
function settingsOf(plan: Plan, estimator: Estimator): readonly Setting[] {
  const named = drawn.includes(estimator)
    ? settings[plan.estimator].filter((setting) => ofModel.includes(setting))
    : settings[estimator];
  const adjusted = named.includes("differenceInDifferences") && plan.differenceInDifferences.covariates;
  return [...always, ...named, ...(adjusted ? (["covariates"] as const) : [])];
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
  const own = settingsOf(plan, key.estimator);
  const usesAll = overAllWaves.includes(key.estimator);
  return {
    ...Object.fromEntries(own.map((setting) => [setting, plan[setting]])),
    "covariates.values": own.includes("covariates")
      ? deciding.covariates.filter(({ id }) => plan.covariates.includes(id))
      : null,
    arms,
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
