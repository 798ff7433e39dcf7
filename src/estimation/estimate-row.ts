import type { Estimator, Outcome, Study } from "../study/study.ts";
import { controlArm } from "./design.ts";
import type { Estimate } from "./estimate.ts";
import { estimatorEntries } from "./estimators.ts";
import type { ComparedEffect } from "./fit-effects.ts";
import { noteOf } from "./notes.ts";
import { equivalence, minimumDetectable } from "./precision.ts";
import { randomSentence } from "./random-part.ts";

/** What all estimates of one outcome, wave and estimator have in common. */
export interface Frame {
  readonly study: Study;
  readonly outcome: Outcome;
  readonly estimator: Estimator;
  readonly wave: number;
  readonly sd: number | null;
  readonly leaders: number;
  readonly respondents: number;
}

function seTypeOf({ study, estimator }: Frame): Estimate["seType"] {
  const type = estimatorEntries[estimator]?.standardErrors ?? null;
  return type === "plan" ? study.plan.standardErrors : type;
}

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

function numbersIn({ study, sd }: Frame, { numbers }: ComparedEffect) {
  const { confidence, smallestEffectOfInterest } = study.plan;
  return {
    estimate: numbers?.estimate ?? null,
    se: numbers?.se ?? null,
    df: numbers?.df ?? null,
    statistic: numbers?.statistic ?? null,
    p: numbers?.p ?? null,
    pAdjusted: null,
    low: numbers?.low ?? null,
    high: numbers?.high ?? null,
    standardised: numbers !== null && sd !== null && sd > 0 ? numbers.estimate / sd : null,
    minimumDetectable: numbers && minimumDetectable(numbers, confidence),
    equivalence: numbers && equivalence(numbers, smallestEffectOfInterest, confidence),
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

/** The row of `spejl estimate --json` for one arm against another. */
export function estimateRow(frame: Frame, effect: ComparedEffect): Estimate {
  const { study, outcome, estimator, wave, sd, leaders, respondents } = frame;
  const { status, warnings } = effect;
  const details = effect.numbers?.details ?? [];
  const scale = study.instrument.scales.find(({ id }) => id === outcome.scale);
  return {
    id: idOf(frame, effect),
    estimator,
    outcome: outcome.scale,
    rater: outcome.rater,
    wave: study.waves[wave]!.id,
    arm: study.arms[effect.arm]!.id,
    reference: study.arms[effect.reference]?.id ?? "",
    unit: scale?.index === false ? "raw" : "index",
    sd,
    ...numbersIn(frame, effect),
    leaders,
    respondents,
    seType: effect.numbers === null ? null : seTypeOf(frame),
    status,
    planned: null,
    note: noteIn(effect),
    warnings,
    details,
  };
}
