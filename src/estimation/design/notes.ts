import type { Detail, Status, Warning } from "./status.ts";

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const warningSentence: Readonly<Record<Warning["code"], (warning: Warning) => string>> = {
  "df-below-4": () => "Fewer than 4 degrees of freedom.",
  "arm-below-12-units": ({ names, count }) => `Only ${plural(count, "unit")} in ${names.join(", ")}.`,
  "arm-below-12-leaders": ({ names, count }) => `Only ${plural(count, "leader")} in ${names.join(", ")}.`,
  "column-dropped": ({ names }) => `Left out of the model: ${names.join(", ")}.`,
  "leverage-one": ({ count }) => `${plural(count, "leader")} alone determined a coefficient.`,
  "baseline-imputed": ({ count }) => `Baseline of ${plural(count, "leader")} set to the mean, with an indicator.`,
  "covariate-after-training": ({ names }) => `Measured after training: ${names.join(", ")}.`,
  "p-from-draws": ({ names, count }) => {
    const of = names.includes("every") ? "all " : "";
    return `p from ${of}${count.toLocaleString("en-GB")} draws${names.includes("webb") ? " of Webb weights" : ""}.`;
  },
  "weights-alike": () => "All answers have the same weight: there is nothing to weight.",
  "not-randomised": () => "Arms were not drawn by chance: a difference between arms, not an effect of the training.",
  "response-differs": ({ names }) =>
    `Employees of different arms did not answer equally often at ${names.join(", ")}: the difference may be one of who answered.`,
  "rows-dropped": ({ count }) => `${plural(count, "respondent")} without all covariates left out.`,
  "weak-instrument": ({ names }) =>
    `Assignment hardly moves who is trained in ${names.join(", ")} (first-stage F below 10): estimate and interval are unreliable.`,
  "take-up-unknown": ({ count }) => `${plural(count, "leader")} without a number of sessions left out.`,
  "take-up-assumed": ({ count }) =>
    `${plural(count, "control leader")} without a number of sessions counted as untrained.`,
  "take-up-unplaced": ({ count }) =>
    `${plural(count, "control leader")} attended sessions of an unknown arm and counted as untrained.`,
  "variance-at-zero": ({ names }) =>
    `No variance of ${names.join(", ")} was found, which does not show that there is none: standard error and test allow for some (Kenward–Roger).`,
  "surely-measured": ({ count }) =>
    `${plural(count, "leader")} of whom the model is sure that they were measured weighted by one.`,
};

/** Why there is no number, in one English sentence each; empty for `estimated`. */
export const statusSentence: Readonly<Record<Status, string>> = {
  estimated: "",
  "no-baseline-wave": "There is no baseline wave.",
  "no-follow-up-wave": "There is no wave after the baseline.",
  "no-control-arm": "There is no control arm.",
  "arm-empty": "No leader of this arm or of the reference was measured.",
  "too-few-leaders": "Fewer than two leaders in this arm or in the reference.",
  "too-few-units": "Fewer than two units in this arm or in the reference.",
  "not-by-unit": "Whole units were given to arms, and this estimator has no component for them.",
  "no-variation": "The outcome does not vary beyond what the model explains.",
  "not-identified": "The data cannot tell the arm, or its uncertainty, apart from the rest of the model.",
  "no-classes": "No class holds two measured leaders of a trained arm.",
  "no-replication": "There is one value per leader and wave: a mixed model needs several to tell leaders from chance.",
  "no-panel": "No respondent is known to have answered at the baseline and at this wave under the same leader.",
  "no-weights": "The outcome has one value per leader and wave: there is no answer to weight.",
  "too-few-items": "One factor needs at least three items that every group was asked.",
  "too-few-respondents": "Fewer than two groups have more respondents to any two items than items.",
  "not-converged": "The answers have no best fit.",
  "not-built-yet": "This estimator is not built yet.",
  "no-take-up": "The roster does not say who attended, or nobody attended.",
  "no-data": "There are no answers.",
};

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const detailSentence: Readonly<Record<Detail["code"], (value: number) => string>> = {
  "first-stage-f": (value) => `First-stage F ${value.toFixed(1)}.`,
  sessions: (value) => `Leaders of the arm attended ${value.toFixed(1)} sessions on average.`,
  trained: (value) => `${percent(value)} of them count as trained.`,
  "trained-reference": (value) => `${percent(value)} of the reference.`,
  "leaders-lost": (value) => `${plural(value, "randomised leader")} not measured.`,
  "effective-leaders": (value) => `The weighted leaders are worth ${value.toFixed(1)} equally weighted ones.`,
  "largest-weight": (value) => `The largest weight is ${value.toFixed(1)} times the mean; weights count as known.`,
};

/** A warning as an English sentence. */
export const sentenceOf = (warning: Warning): string => warningSentence[warning.code](warning);

/** What the status, the numbers beside an estimate and the warnings say, in English sentences. */
export const noteOf = (status: Status, warnings: readonly Warning[], details: readonly Detail[]): string =>
  [
    statusSentence[status],
    ...details.map(({ code, value }) => detailSentence[code](value)),
    ...warnings.map(sentenceOf),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
