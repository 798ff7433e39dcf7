import type { Language } from "../../src/errors.ts";
import type { Outcome, Plan } from "../../src/study/study.ts";
import type { PlanState } from "../design/plan.ts";
import { say, type Word } from "./words.ts";

const listed = (names: readonly string[], none: string): string => (names.length > 0 ? names.join(", ") : none);
const plannedText = ({ rater, scale }: Outcome): string => (rater === null ? scale : `${rater} ${scale}`);
const chainText = ({ mediator, outcome }: Plan["mediation"][number]): string =>
  `${plannedText(mediator)} → ${plannedText(outcome)}`;
const valueText = (value: unknown): string => (value === null ? "–" : JSON.stringify(value));

const lockText = (state: PlanState, language: Language): readonly string[] => {
  if (state.locked === null || state.estimates === null) return [say("open", language)];
  const moment = `${state.locked.slice(0, 16).replace("T", " ")} UTC`;
  const known =
    state.lockedAfter.length > 0
      ? `${say("after", language)} ${state.lockedAfter.join(", ")}`
      : say("before", language);
  const lying = state.delivered.filter((wave) => !state.lockedAfter.includes(wave));
  const found = lying.length > 0 ? `; ${say("lying", language)} ${lying.join(", ")}` : "";
  const { asPlanned, deviation } = state.estimates;
  const differences = state.differences.map(
    ({ path, locked, now }) => `  ${path}: ${valueText(locked)} → ${valueText(now)}`,
  );
  return [
    `${say("locked", language)} ${moment}, ${known}${found}.`,
    ...(differences.length > 0
      ? [
          say("changed", language),
          ...differences,
          `${asPlanned} ${say("estimatesAsPlanned", language)}, ${deviation} ${say("deviations", language)}.`,
        ]
      : [say("same", language)]),
  ];
};

/** The plan in words: what is compared, by what means, and whether it is as it was locked. */
export const planText = (state: PlanState, language: Language): string => {
  const { plan, arms, waves, seed } = state.plan;
  const control = arms.find((arm) => arm.control)?.id;
  const others = arms.filter((arm) => !arm.control).map(({ id }) => id);
  const percent = `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(100 * plan.confidence)} %`;
  const lines: readonly (readonly [Word, string])[] = [
    ["primary", listed(plan.primary.map(plannedText), say("none", language))],
    ["secondary", listed(plan.secondary.map(plannedText), say("none", language))],
    ["arms", control ? `${others.join(", ")} ${say("against", language)} ${control}` : say("none", language)],
    ["waves", waves.map(({ id, baseline }) => (baseline ? `${id} (${say("baseline", language)})` : id)).join(", ")],
    ["estimator", `${plan.estimator}, ${plan.standardErrors}`],
    ["beside", listed(plan.robustness, say("none", language))],
    ["mixedModels", `${plan.mixed.df === "kenward-roger" ? "REML" : plan.mixed.likelihood}, ${plan.mixed.df}`],
    ["chains", listed(plan.mediation.map(chainText), say("none", language))],
    ["covariates", listed(plan.covariates, say("none", language))],
    ["subgroups", listed(plan.subgroups ?? [], say("none", language))],
    ["specificationCurve", say(plan.specificationCurve ? "yes" : "none", language)],
    ["multiplicity", plan.multiplicity],
    ["interval", percent],
    [
      "smallest",
      plan.smallestEffectOfInterest === null ? say("none", language) : String(plan.smallestEffectOfInterest),
    ],
    ["seed", String(seed)],
    ["hash", state.hash],
  ];
  const width = Math.max(...lines.map(([word]) => say(word, language).length));
  return [
    `${say("analysisPlan", language)}: ${state.study}`,
    ...lines.map(([word, text]) => `  ${say(word, language).padEnd(width)}  ${text}`),
    ...lockText(state, language),
  ].join("\n");
};
