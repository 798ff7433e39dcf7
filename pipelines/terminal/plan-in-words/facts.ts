import type { Language } from "../../../src/errors.ts";
import type { Outcome, Study } from "../../../src/study/study.ts";
import type { Enrolment } from "../../design/enrolment.ts";
import type { PlanState } from "../../design/plan.ts";

/** What a plan is told from. */
export interface PlanFacts {
  readonly study: Study;
  readonly state: PlanState;
  readonly enrolment: Enrolment;
}

/** What can be said of a plan, by heading of no registry in particular. */
export type Topic =
  | "title"
  | "lock"
  | "questions"
  | "design"
  | "arms"
  | "allocation"
  | "level"
  | "clustered"
  | "size"
  | "arm-sizes"
  | "collection"
  | "existing"
  | "primary"
  | "secondary"
  | "scoring"
  | "covariates"
  | "estimator"
  | "beside"
  | "inference"
  | "missing"
  | "exclusion"
  | "exploratory"
  | "period";

/** What a plan says of a topic. */
export type Say = (facts: PlanFacts) => string;

export const lines = (entries: readonly string[]): string => entries.map((entry) => `- ${entry}`).join("\n");

export const raters = {
  da: {
    self: "lederens eget svar",
    employee: "medarbejdernes svar",
    superior: "overordnedes svar",
    indicator: "indikator",
  },
  en: {
    self: "the leader's own answer",
    employee: "employees' answers",
    superior: "superiors' answers",
    indicator: "indicator",
  },
} as const;

/** A placeholder that a reader cannot miss. */
export const placeholder = (language: Language, what: string): string =>
  language === "da" ? `[udfyldes: ${what}]` : `[to be filled in: ${what}]`;

export const outcomeIn = (study: Study, { scale, rater }: Outcome, language: Language): string => {
  const name = study.instrument.scales.find(({ id }) => id === scale)?.name[language] ?? scale;
  return rater === null ? name : `${name} (${raters[language][rater]})`;
};

/** Whether leaders are given to arms one by one, as far as the study says. */
export const byLeader = ({ by }: Enrolment): boolean => by === null || by === "leader";

/** What arms are given to. */
export const units = (enrolment: Enrolment, language: Language): string => {
  const { by } = enrolment;
  if (byLeader(enrolment)) return language === "da" ? "ledere" : "leaders";
  return language === "da" ? `hele enheder (${by})` : `whole units (${by})`;
};
