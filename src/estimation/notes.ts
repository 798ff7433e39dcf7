import type { Status, Warning } from "./status.ts";

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const warningSentence: Readonly<Record<Warning["code"], (warning: Warning) => string>> = {
  "df-below-4": () => "Fewer than 4 degrees of freedom.",
  "arm-below-12-leaders": ({ names, count }) => `Only ${plural(count, "leader")} in ${names.join(", ")}.`,
  "column-dropped": ({ names }) => `Left out of the model: ${names.join(", ")}.`,
  "leverage-one": ({ count }) => `${plural(count, "leader")} alone determined a coefficient.`,
  "baseline-imputed": ({ count }) => `Baseline of ${plural(count, "leader")} set to the mean, with an indicator.`,
  "covariate-after-training": ({ names }) => `Measured after training: ${names.join(", ")}.`,
  "p-from-draws": ({ names, count }) => {
    const of = names.includes("every") ? "all " : "";
    return `p from ${of}${count.toLocaleString("en-GB")} draws${names.includes("webb") ? " of Webb weights" : ""}.`;
  },
  "rows-dropped": ({ count }) => `${plural(count, "respondent")} without all covariates left out.`,
};

const statusSentence: Readonly<Record<Status, string>> = {
  estimated: "",
  "no-baseline-wave": "There is no baseline wave.",
  "no-follow-up-wave": "There is no wave after the baseline.",
  "no-control-arm": "There is no control arm.",
  "arm-empty": "No leader of this arm or of the reference was measured.",
  "too-few-leaders": "Fewer than two leaders in this arm or in the reference.",
  "no-variation": "The outcome does not vary beyond what the model explains.",
  "not-identified": "The data cannot tell the arm, or its uncertainty, apart from the rest of the model.",
  "no-classes": "No class holds two measured leaders of a trained arm.",
  "not-built-yet": "This estimator is not built yet.",
  "no-data": "There are no answers.",
};

/** What the status and the warnings say, in English sentences. */
export const noteOf = (status: Status, warnings: readonly Warning[]): string =>
  [statusSentence[status], ...warnings.map((warning) => warningSentence[warning.code](warning))]
    .filter((sentence) => sentence !== "")
    .join(" ");
