import type { Language } from "../../../src/errors.ts";
import type { Study } from "../../../src/study/study.ts";
import { besideText, estimatorText, exclusionText, exploratoryText, inferenceText, missingText } from "./analysis.ts";
import { type PlanFacts, placeholder, type Say, type Topic, units } from "./facts.ts";
import { existingText, lockText } from "./lock.ts";
import { covariatesText, outcomes, scoringText } from "./measures.ts";
import { allocationText, armNames, armSizes, collectionText, designText, sizeText } from "./trial.ts";

const followUps = (study: Study): readonly string[] => {
  const baseline = study.waves.findIndex((wave) => wave.baseline);
  return study.waves.slice(baseline + 1).map(({ id }) => id);
};

const told = (language: Language): Readonly<Record<Topic, Say>> => {
  const da = language === "da";
  return {
    title: ({ study }) => study.title[language],
    lock: lockText(language),
    questions: ({ study }) => {
      const compared = da
        ? "Hver arm sammenlignes med kontrolarmen ved"
        : "Each arm is compared with the control arm at";
      const hypotheses = placeholder(
        language,
        da ? "hypoteserne og deres retning" : "the hypotheses and their direction",
      );
      return `${outcomes(study, study.plan.primary, language)}\n\n${compared} ${followUps(study).join(", ")}.\n\n${hypotheses}`;
    },
    design: designText(language),
    arms: ({ study }) => armNames(study, language),
    allocation: allocationText(language),
    level: ({ enrolment }) => units(enrolment, language),
    clustered: ({ enrolment }) =>
      `${da ? "Ja: medarbejdere svarer om deres leder, og arme gives til" : "Yes: employees answer about their leader, and arms are given to"} ${units(enrolment, language)}.`,
    size: sizeText(language),
    "arm-sizes": armSizes(language),
    collection: collectionText(language),
    existing: existingText(language),
    primary: ({ study }) =>
      `${da ? "Primære udfald" : "Primary outcomes"}:\n\n${outcomes(study, study.plan.primary, language)}`,
    secondary: ({ study }) =>
      `${da ? "Sekundære udfald" : "Secondary outcomes"}:\n\n${outcomes(study, study.plan.secondary, language)}`,
    scoring: scoringText(language),
    covariates: covariatesText(language),
    estimator: estimatorText(language),
    beside: besideText(language),
    inference: inferenceText(language),
    missing: () => missingText(language),
    exclusion: exclusionText(language),
    exploratory: exploratoryText(language),
    period: ({ study }) => `${study.waves[0]?.from ?? ""} – ${study.waves.at(-1)?.to ?? ""}`,
  };
};

/** What the study's folder says of a topic, as Markdown. */
export const tellTopic = (topic: Topic, facts: PlanFacts, language: Language): string => told(language)[topic](facts);
