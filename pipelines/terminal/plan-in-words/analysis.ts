import type { Language } from "../../../src/errors.ts";
import { lines, outcomeIn, placeholder, type Say, units } from "./facts.ts";

export const estimatorText =
  (language: Language): Say =>
  ({ study, enrolment }) => {
    const { estimator, standardErrors } = study.plan;
    const satterthwaite = standardErrors === "CR2" || standardErrors === "CR3";
    const clusters = units(enrolment, language);
    if (estimator === "mixed")
      return language === "da"
        ? `${estimator}, ${study.plan.mixed.likelihood}, frihedsgrader: ${study.plan.mixed.df}. Efter den tildelte arm (intention to treat).`
        : `${estimator}, ${study.plan.mixed.likelihood}, degrees of freedom: ${study.plan.mixed.df}. By the assigned arm (intention to treat).`;
    return language === "da"
      ? `${estimator}, standardfejl ${standardErrors} klynget på ${clusters}, ${satterthwaite ? "Satterthwaites frihedsgrader" : "klynger − 1 frihedsgrader"}. Efter den tildelte arm (intention to treat).`
      : `${estimator}, standard errors ${standardErrors} clustered by ${clusters}, ${satterthwaite ? "Satterthwaite degrees of freedom" : "clusters − 1 degrees of freedom"}. By the assigned arm (intention to treat).`;
  };

export const inferenceText =
  (language: Language): Say =>
  ({ study }) => {
    const { confidence, multiplicity, smallestEffectOfInterest } = study.plan;
    const da = language === "da";
    const percent = Number((100 * confidence).toFixed(4));
    const smallest = smallestEffectOfInterest ?? placeholder(language, da ? "hvis der er en" : "if there is one");
    return da
      ? `Tosidet; ${percent} %-intervaller. Justering over de primære udfald og arme ved sidste måling: ${multiplicity}. Mindste effekt af interesse: ${smallest}.`
      : `Two-sided; ${percent} % intervals. Adjustment over primary outcomes and arms at the last wave: ${multiplicity}. Smallest effect of interest: ${smallest}.`;
  };

export const exploratoryText =
  (language: Language): Say =>
  ({ study }) => {
    const da = language === "da";
    const chains = study.plan.mediation.map(
      ({ mediator, outcome }) => `${outcomeIn(study, mediator, language)} → ${outcomeIn(study, outcome, language)}`,
    );
    return lines([
      ...(chains.length === 0 ? [] : [`${da ? "virkningskæder" : "chains of effects"}: ${chains.join("; ")}`]),
      da
        ? "sekundære udfald og alt, som planen ikke nævner"
        : "secondary outcomes, and everything that the plan does not name",
      placeholder(
        language,
        da ? "undergrupper og andre udforskende analyser" : "subgroups and other exploratory analyses",
      ),
    ]);
  };

export const missingText = (language: Language): string =>
  language === "da"
    ? "Ledere uden baseline får de andres gennemsnit og en indikator; svar uden alle kovariater udelades og tælles. Frafald af ledere og medarbejdernes svar vises pr. arm og testes; Lees grænser, hvor ledere er gået tabt, og værste-fald-grænser for medarbejdere, der ikke svarede."
    : "Leaders without a baseline get the others' mean and an indicator; answers without all covariates are left out and counted. Attrition of leaders and response of employees are shown by arm and tested; Lee bounds where leaders were lost, and worst-case bounds for employees who did not answer.";

export const exclusionText =
  (language: Language): Say =>
  ({ study }) => {
    const da = language === "da";
    const needed = da
      ? "Skalaer uden nok besvarede spørgsmål har ingen score; rækker, der ikke kan læses, står i karantæne med grund."
      : "Scales with too few answered items have no score; rows that cannot be read are quarantined with a reason.";
    const where = Object.entries(study.roster?.where ?? {}).map(([column, value]) => `${column} = ${value}`);
    return where.length === 0
      ? needed
      : `${needed} ${da ? "Kun ledere med" : "Only leaders with"} ${where.join(", ")}.`;
  };
