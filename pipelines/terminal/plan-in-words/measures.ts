import type { Language } from "../../../src/errors.ts";
import type { Outcome, Study } from "../../../src/study/study.ts";
import { lines, outcomeIn, placeholder, type Say } from "./facts.ts";

export const outcomes = (study: Study, list: readonly Outcome[], language: Language): string =>
  list.length === 0
    ? language === "da"
      ? "Ingen."
      : "None."
    : lines(list.map((outcome) => outcomeIn(study, outcome, language)));

export const scoringText =
  (language: Language): Say =>
  ({ study }) => {
    const da = language === "da";
    const named = new Set([...study.plan.primary, ...study.plan.secondary].map(({ scale }) => scale));
    const own = study.instrument.scales.filter(({ id }) => named.has(id));
    if (own.length === 0) return placeholder(language, da ? "mål" : "measures");
    return lines(
      own.map((scale) => {
        const range = scale.index ? "0–100" : `${scale.low}–${scale.high}`;
        const needs = Math.round(100 * scale.answered);
        const head = `${scale.name[language]} (${scale.id})`;
        if (scale.kind === "difference")
          return `${head}: ${outcomeIn(study, scale.minuend, language)} − ${outcomeIn(study, scale.subtrahend, language)}`;
        if (scale.kind === "scales")
          return `${head}: ${da ? "gennemsnit af" : "mean of"} ${scale.of.join(", ")}; ${range}`;
        const items = scale.items.map(({ id, reversed }) => (reversed ? `${id} (${da ? "vendt" : "reversed"})` : id));
        return da
          ? `${head}: gennemsnit af ${items.join(", ")}; ${range}; mindst ${needs} % af de stillede spørgsmål besvaret`
          : `${head}: mean of ${items.join(", ")}; ${range}; at least ${needs} % of the items asked must be answered`;
      }),
    );
  };

/** What the model of the plan's estimator holds beside the arms. */
export const covariatesText =
  (language: Language): Say =>
  ({ study }) => {
    const da = language === "da";
    const { estimator, differenceInDifferences: changes, covariates } = study.plan;
    const ofChange = estimator === "difference-in-differences" || estimator === "leader-fixed-effects";
    const blocks = ofChange ? estimator === "difference-in-differences" && changes.blocks : true;
    const all = [
      ...(study.waves.some(({ baseline }) => baseline) && !ofChange
        ? [da ? "lederens gennemsnit ved baseline" : "the leader's mean at the baseline"]
        : []),
      ...(blocks && study.roster?.columns.block !== undefined ? [da ? "blokke" : "blocks"] : []),
      ...study.covariates
        .filter(({ id }) => covariates.includes(id) && (!ofChange || changes.covariates))
        .map(({ id, name }) => `${name[language]} (${id})`),
    ];
    return `${da ? "Kovariater" : "Covariates"}: ${all.length === 0 ? (da ? "ingen" : "none") : all.join("; ")}.`;
  };
