import type { Language } from "../../../src/errors.ts";
import type { Study } from "../../../src/study/study.ts";
import { lines, outcomeIn, placeholder, type Say, units } from "./facts.ts";

/** Which arm counts. Where nobody drew, no analysis is one by intention to treat. */
function byArm({ arms, allocation }: Study, language: Language): string {
  if (arms.length === 0) return "";
  const da = language === "da";
  if (!allocation?.randomised) return da ? " Efter den arm, lederen fik." : " By the arm that the leader was given.";
  return da ? " Efter den tildelte arm (intention to treat)." : " By the assigned arm (intention to treat).";
}

export const estimatorText =
  (language: Language): Say =>
  ({ study, enrolment }) => {
    const { estimator, standardErrors } = study.plan;
    const satterthwaite = standardErrors === "CR2" || standardErrors === "CR3";
    const clusters = units(enrolment, language);
    const arm = byArm(study, language);
    if (estimator === "mixed")
      return language === "da"
        ? `${estimator}, ${study.plan.mixed.likelihood}, frihedsgrader: ${study.plan.mixed.df}.${arm}`
        : `${estimator}, ${study.plan.mixed.likelihood}, degrees of freedom: ${study.plan.mixed.df}.${arm}`;
    return language === "da"
      ? `${estimator}, standardfejl ${standardErrors} klynget på ${clusters}, ${satterthwaite ? "Satterthwaites frihedsgrader" : "klynger − 1 frihedsgrader"}.${arm}`
      : `${estimator}, standard errors ${standardErrors} clustered by ${clusters}, ${satterthwaite ? "Satterthwaite degrees of freedom" : "clusters − 1 degrees of freedom"}.${arm}`;
  };

const curveText = {
  da: "Specifikationskurve: effekten på hvert primært udfald under alle planens mindste kvadraters valg, med én p-værdi for deres median fra lodtrækning om igen.",
  en: "Specification curve: the effect on each primary outcome under all of the plan's least-squares choices, with one p of their median from arms drawn again.",
} as const;

/** What the plan names beside its own estimator. */
export const besideText =
  (language: Language): Say =>
  ({ study }) => {
    const da = language === "da";
    const { robustness, subgroups = [], specificationCurve } = study.plan;
    const names = study.covariates
      .filter(({ id }) => subgroups.includes(id))
      .map(({ id, name }) => `${name[language]} (${id})`);
    return [
      `${da ? "Ved siden af" : "Beside it"}: ${robustness.length === 0 ? (da ? "intet" : "nothing") : robustness.join(", ")}.`,
      ...(names.length === 0
        ? []
        : [
            da
              ? `Undergrupper: ${names.join("; ")}. Effekter på de primære udfald i hver gruppe, med én samlet test af hvert samspil (Holm over planens test).`
              : `Subgroups: ${names.join("; ")}. Effects on the primary outcomes in each group, with one joint test of each interaction (Holm over the plan's tests).`,
          ]),
      ...(specificationCurve ? [curveText[language]] : []),
    ].join("\n\n");
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
      placeholder(language, da ? "andre udforskende analyser" : "other exploratory analyses"),
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
