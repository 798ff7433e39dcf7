import type { Estimator, Outcome, Study } from "../study/study.ts";
import { controlArm } from "./design/design.ts";
import { noteOf } from "./design/notes.ts";
import type { Estimate } from "./inference/estimate.ts";
import { estimatorEntries } from "./inference/estimators.ts";
import type { ComparedEffect } from "./inference/fit-effects.ts";
import { equivalence, minimumDetectable } from "./inference/precision.ts";
import type { ArmSupport } from "./model/arm-support.ts";
import { randomSentence } from "./model/random-part.ts";

/** What all estimates of one outcome, wave and estimator have in common. */
export interface Frame {
  readonly study: Study;
  readonly outcome: Outcome;
  readonly estimator: Estimator;
  readonly wave: number;
  readonly sd: number | null;
  readonly leaders: number;
  readonly respondents: number;
  /** By index in `study.arms`; empty where nothing was fitted. */
  readonly byArm: readonly ArmSupport[];
}

const nobody: ArmSupport = { leaders: 0, respondents: 0 };

function seTypeOf({ study, estimator }: Frame): Estimate["seType"] {
  const type = estimatorEntries[estimator].standardErrors;
  return type === "plan" ? study.plan.standardErrors : type;
}

const unitOf = ({ instrument }: Study, scale: string | undefined): Estimate["unit"] =>
  instrument.scales.find(({ id }) => id === scale)?.index === false ? "raw" : "index";

const idOf = ({ study, outcome, estimator, wave }: Frame, { arm, reference }: ComparedEffect): string => {
  const against = reference === controlArm(study) || reference < 0 ? "" : `-${study.arms[reference]!.id}`;
  return [
    estimator,
    outcome.scale,
    outcome.rater ?? "difference",
    study.arms[arm]!.id + against,
    study.waves[wave]!.id,
  ].join(":");
};

/** The margin of equivalence; null for an outcome in another unit than the first primary one, which the plan means. */
function marginOf({ study, outcome }: Frame): number | null {
  const { smallestEffectOfInterest, primary } = study.plan;
  return unitOf(study, outcome.scale) === unitOf(study, primary[0]?.scale) ? smallestEffectOfInterest : null;
}

function numbersIn(frame: Frame, { numbers }: ComparedEffect) {
  const { study, sd } = frame;
  const { confidence } = study.plan;
  return {
    estimate: numbers?.estimate ?? null,
    se: numbers?.se ?? null,
    df: numbers?.df ?? null,
    statistic: numbers?.statistic ?? null,
    p: numbers?.p ?? null,
    pAdjusted: null,
    low: numbers?.low ?? null,
    high: numbers?.high ?? null,
    adjusted: null,
    standardised: numbers !== null && sd !== null && sd > 0 ? numbers.estimate / sd : null,
    minimumDetectable: numbers && minimumDetectable(numbers, confidence),
    equivalence: numbers && equivalence(numbers, marginOf(frame), confidence),
    pRaw: numbers?.pRaw ?? null,
    randomPart: numbers?.randomPart ?? null,
  };
}

function noteIn({ status, warnings, numbers }: ComparedEffect): string {
  const random = numbers?.randomPart ?? null;
  return [random === null ? "" : randomSentence(random), noteOf(status, warnings, numbers?.details ?? [])]
    .filter(Boolean)
    .join(" ");
}

/**
 * The row of `spejl estimate --json` for one arm against another: numbers in the unit of the outcome, all null with a
 * status where the effect has none.
 */
export function estimateRow(frame: Frame, effect: ComparedEffect): Estimate {
  const { study, outcome, estimator, wave, sd, leaders, respondents, byArm } = frame;
  const { status, warnings } = effect;
  const details = effect.numbers?.details ?? [];
  return {
    id: idOf(frame, effect),
    estimator,
    outcome: outcome.scale,
    rater: outcome.rater,
    wave: study.waves[wave]!.id,
    arm: study.arms[effect.arm]!.id,
    reference: study.arms[effect.reference]?.id ?? "",
    unit: unitOf(study, outcome.scale),
    sd,
    ...numbersIn(frame, effect),
    leaders,
    respondents,
    support: { arm: byArm[effect.arm] ?? nobody, reference: byArm[effect.reference] ?? nobody },
    seType: effect.numbers === null ? null : seTypeOf(frame),
    status,
    planned: null,
    note: noteIn(effect),
    warnings,
    details,
  };
}
