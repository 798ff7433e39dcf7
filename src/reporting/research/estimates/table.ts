import { valueIn } from "../../../disclosure/published.ts";
import type { Effect } from "../../effect/effect.ts";
import { type Html, html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { precisionCells, precisionColumns, precisionNotes, section } from "../section.ts";
import type { ResearchVoice } from "../voice.ts";
import type { EstimatesModel } from "./model.ts";

const isOf =
  ({ scale, rater }: ReportedOutcome) =>
  (effect: Effect): boolean =>
    effect.outcome === scale && effect.rater === rater;

/** The last wave first, then estimators and arms in their usual order. */
const ranked = (effects: readonly Effect[], model: EstimatesModel): readonly Effect[] => {
  const estimators = [model.plan.estimator, ...model.plan.robustness];
  const waves = model.waves.map(({ id }) => id);
  const arms = model.arms.map(({ arm }) => arm);
  return [...effects].sort(
    (a, b) =>
      waves.indexOf(b.wave) - waves.indexOf(a.wave) ||
      estimators.indexOf(a.estimator) - estimators.indexOf(b.estimator) ||
      arms.indexOf(a.arm) - arms.indexOf(b.arm),
  );
};

const estimateCells = (effect: Effect, outcome: ReportedOutcome, voice: ResearchVoice): readonly string[] => {
  const { decimals } = outcome;
  const numbers = valueIn(effect.numbers);
  const hidden = effect.status === "estimated" ? voice.say("hidden") : voice.say("none");
  const precision = precisionCells(numbers, outcome, voice);
  if (!numbers) return Array.from({ length: 7 + precision.length }, () => hidden);
  return [
    voice.signed(numbers.estimate, decimals),
    voice.range(numbers.interval, decimals),
    voice.number(numbers.se, decimals + 1),
    voice.number(numbers.df, 1),
    voice.p(numbers.p),
    voice.p(numbers.pAdjusted),
    numbers.standardised === null ? voice.say("none") : voice.signed(numbers.standardised, 2),
    ...precision,
  ];
};

const columnsOf = (voice: ResearchVoice): readonly string[] => [
  voice.say("columnWave"),
  voice.say("columnEstimator"),
  voice.say("columnArm"),
  voice.say("columnEstimate"),
  voice.say("columnInterval", { confidence: voice.confidence }),
  voice.say("columnSe"),
  voice.say("columnDf"),
  voice.say("columnP"),
  voice.adjusted,
  voice.say("columnStandardised"),
  ...precisionColumns(voice),
  voice.say("columnSeType"),
  voice.say("columnLeaders"),
  voice.say("columnRespondents"),
  voice.say("columnStatus"),
  voice.say("columnPlanned"),
];

const rowOf = (effect: Effect, outcome: ReportedOutcome, voice: ResearchVoice): readonly string[] => [
  voice.wave(effect.wave),
  voice.estimator(effect.estimator),
  voice.arm(effect.arm),
  ...estimateCells(effect, outcome, voice),
  effect.seType ?? voice.say("none"),
  voice.number(effect.leaders, 0),
  voice.number(effect.respondents, 0),
  voice.status(effect.status),
  voice.say(effect.planned === null ? "planned.none" : `planned.${effect.planned}`),
];

const fold = (outcome: ReportedOutcome, model: EstimatesModel, voice: ResearchVoice): Html | null => {
  const effects = ranked(model.effects.filter(isOf(outcome)), model);
  if (effects.length === 0) return null;
  const caption = voice.say("estimatesOutcome", {
    outcome: voice.outcome(outcome),
    count: voice.number(effects.length, 0),
  });
  const rows = effects.map((effect) => rowOf(effect, outcome, voice));
  return html`<details class="tbl every"><summary>${caption}</summary>${dataTable({ caption, columns: columnsOf(voice), rows })}</details>`;
};

/** Every estimate of the analysis, also those that could not be had and why, folded by outcome. */
export const estimatesSection = (model: EstimatesModel, voice: ResearchVoice): Html | null => {
  if (model.effects.length === 0) return null;
  const folds = model.outcomes.map((outcome) => fold(outcome, model, voice));
  return section(
    "estimates",
    voice.say("estimatesTitle"),
    html`<p class="sub">${voice.say("estimatesSub")}</p>${folds}<p class="note">${precisionNotes(voice).join(" ")}</p>`,
  );
};
