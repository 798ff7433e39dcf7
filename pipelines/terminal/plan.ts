import type { Language } from "../../src/errors.ts";
import type { Outcome, Plan } from "../../src/study/study.ts";
import type { PlanState } from "../design/plan.ts";

const words = {
  plan: { da: "Analyseplan", en: "Analysis plan" },
  primary: { da: "primære udfald", en: "primary outcomes" },
  secondary: { da: "sekundære udfald", en: "secondary outcomes" },
  arms: { da: "arme", en: "arms" },
  against: { da: "mod", en: "against" },
  waves: { da: "målinger", en: "waves" },
  baseline: { da: "baseline", en: "baseline" },
  estimator: { da: "metode", en: "estimator" },
  beside: { da: "ved siden af", en: "beside it" },
  mixed: { da: "blandede modeller", en: "mixed models" },
  chains: { da: "virkningskæder", en: "chains of effects" },
  covariates: { da: "kovariater", en: "covariates" },
  subgroups: { da: "undergrupper", en: "subgroups" },
  curve: { da: "specifikationskurve", en: "specification curve" },
  yes: { da: "ja", en: "yes" },
  multiplicity: { da: "flere sammenligninger", en: "multiple comparisons" },
  interval: { da: "interval", en: "interval" },
  smallest: { da: "mindste effekt af interesse", en: "smallest effect of interest" },
  seed: { da: "frø", en: "seed" },
  hash: { da: "hash", en: "hash" },
  none: { da: "ingen", en: "none" },
  open: {
    da: "Planen er ikke låst. Lås den med `spejl plan lock`, før opfølgningen er målt.",
    en: "The plan is not locked. Lock it with `spejl plan lock` before the follow-up is measured.",
  },
  locked: { da: "Låst", en: "Locked" },
  before: { da: "før opfølgningen var indlæst", en: "before any follow-up was ingested" },
  after: { da: "efter at svar var indlæst fra", en: "after responses had been ingested from" },
  lying: { da: "leverancer lå i mappen fra", en: "deliveries lay in the folder from" },
  same: { da: "Planen er, som den blev låst.", en: "The plan is as it was locked." },
  changed: { da: "Ændret siden låsningen:", en: "Changed since it was locked:" },
  asPlanned: { da: "estimater som planlagt", en: "estimates as planned" },
  deviation: { da: "afvigelser", en: "deviations" },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

type Word = keyof typeof words;

const listed = (names: readonly string[], none: string): string => (names.length > 0 ? names.join(", ") : none);
const outcomeText = ({ rater, scale }: Outcome): string => (rater === null ? scale : `${rater} ${scale}`);
const chainText = ({ mediator, outcome }: Plan["mediation"][number]): string =>
  `${outcomeText(mediator)} → ${outcomeText(outcome)}`;
const valueText = (value: unknown): string => (value === null ? "–" : JSON.stringify(value));

const lockText = (state: PlanState, say: (word: Word) => string): readonly string[] => {
  if (state.locked === null || state.estimates === null) return [say("open")];
  const moment = `${state.locked.slice(0, 16).replace("T", " ")} UTC`;
  const known = state.lockedAfter.length > 0 ? `${say("after")} ${state.lockedAfter.join(", ")}` : say("before");
  const lying = state.delivered.filter((wave) => !state.lockedAfter.includes(wave));
  const found = lying.length > 0 ? `; ${say("lying")} ${lying.join(", ")}` : "";
  const { asPlanned, deviation } = state.estimates;
  const differences = state.differences.map(
    ({ path, locked, now }) => `  ${path}: ${valueText(locked)} → ${valueText(now)}`,
  );
  return [
    `${say("locked")} ${moment}, ${known}${found}.`,
    ...(differences.length > 0
      ? [say("changed"), ...differences, `${asPlanned} ${say("asPlanned")}, ${deviation} ${say("deviation")}.`]
      : [say("same")]),
  ];
};

/** The plan in words: what is compared, by what means, and whether it is as it was locked. */
export const planText = (state: PlanState, language: Language): string => {
  const say = (word: Word): string => words[word][language];
  const { plan, arms, waves, seed } = state.plan;
  const control = arms.find((arm) => arm.control)?.id;
  const others = arms.filter((arm) => !arm.control).map(({ id }) => id);
  const percent = `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(100 * plan.confidence)} %`;
  const lines: readonly (readonly [Word, string])[] = [
    ["primary", listed(plan.primary.map(outcomeText), say("none"))],
    ["secondary", listed(plan.secondary.map(outcomeText), say("none"))],
    ["arms", control ? `${others.join(", ")} ${say("against")} ${control}` : say("none")],
    ["waves", waves.map(({ id, baseline }) => (baseline ? `${id} (${say("baseline")})` : id)).join(", ")],
    ["estimator", `${plan.estimator}, ${plan.standardErrors}`],
    ["beside", listed(plan.robustness, say("none"))],
    ["mixed", `${plan.mixed.df === "kenward-roger" ? "REML" : plan.mixed.likelihood}, ${plan.mixed.df}`],
    ["chains", listed(plan.mediation.map(chainText), say("none"))],
    ["covariates", listed(plan.covariates, say("none"))],
    ["subgroups", listed(plan.subgroups ?? [], say("none"))],
    ["curve", plan.specificationCurve ? say("yes") : say("none")],
    ["multiplicity", plan.multiplicity],
    ["interval", percent],
    ["smallest", plan.smallestEffectOfInterest === null ? say("none") : String(plan.smallestEffectOfInterest)],
    ["seed", String(seed)],
    ["hash", state.hash],
  ];
  const width = Math.max(...lines.map(([word]) => say(word).length));
  return [
    `${say("plan")}: ${state.study}`,
    ...lines.map(([word, text]) => `  ${say(word).padEnd(width)}  ${text}`),
    ...lockText(state, say),
  ].join("\n");
};
