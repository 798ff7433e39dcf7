import { present, publishedIn, reveal } from "../../disclosure/published.ts";
import { type Html, html } from "../page/html.ts";
import { publishedLevel, shownLevel } from "../page/levels.ts";
import { atStart } from "../page/words.ts";
import { clearCount, shownComparisons } from "./effects/reading.ts";
import type { ManagementModel } from "./model.ts";
import type { ManagementVoice } from "./voice.ts";

const cell = (label: string, value: string, unit: string, context: string): Html =>
  html`<div class="kpi"><p class="label">${label}</p><p class="value">${value} <span>${unit}</span></p><p class="context">${context}</p></div>`;

const leadersCell = ({ coverage, rules }: ManagementModel, voice: ManagementVoice): readonly Html[] => {
  if (!coverage || reveal(coverage.leaders) === 0) return [];
  const { leaders, measured, under } = coverage;
  return [
    cell(
      voice.say("kpiLeaders", { respondents: voice.threshold(rules.respondents) }),
      voice.count(measured),
      voice.say("kpiOf", { count: voice.count(leaders) }),
      reveal(under) === 0 ? voice.say("kpiLeadersAll") : voice.say("kpiLeadersUnder", { count: voice.count(under) }),
    ),
  ];
};

const rateCell = ({ responses, coverage }: ManagementModel, voice: ManagementVoice): readonly Html[] => {
  const rates = responses.whole.rates.map((rate) => (rate ? publishedIn(rate) : null));
  const [first, last] = [rates[0] ?? null, rates.at(-1) ?? null];
  if (last === null || !coverage) return [];
  const context =
    rates.length > 1 && first !== null
      ? voice.say("kpiRateBefore", { rate: voice.band(first) })
      : voice.say("kpiRateAnswers", { count: voice.count(coverage.answers) });
  return [cell(voice.say("kpiRate"), voice.band(last), "", context)];
};

const levelCell = ({ whole, outcome }: ManagementModel, voice: ManagementVoice): readonly Html[] => {
  const last = publishedLevel(whole.levels.at(-1));
  if (!outcome || !last || reveal(last).low === null) return [];
  const range = voice.say("kpiRange", { range: voice.range(last, outcome.decimals) });
  return [cell(voice.scaleAtStart, voice.number(last.part("mean")), "", range)];
};

const effectCell = (model: ManagementModel, voice: ManagementVoice): readonly Html[] => {
  const { effects } = model;
  const shown = shownComparisons(effects);
  const [only] = shown;
  if (!only) return levelCell(model, voice);
  if (shown.length === 1) {
    const { published, outcome } = only;
    const interval = present(published.part("interval"));
    const range = interval ? voice.say("kpiRange", { range: voice.range(interval, outcome.decimals) }) : "";
    const estimate = voice.signed(published.part("estimate"), outcome.decimals);
    return [cell(voice.say("kpiEffect"), estimate, voice.say("kpiEffectUnit"), range)];
  }
  const of = voice.say("kpiOf", { count: voice.tally(shown.length) });
  const note =
    effects.multiplicity === "none"
      ? voice.say("kpiEffectsChance", { expected: voice.expected(shown.length) })
      : voice.say("kpiEffectsNote", { method: voice.say(`correction.${effects.multiplicity}`) });
  return [cell(voice.say("kpiEffects"), voice.tally(clearCount(effects)), of, note)];
};

const departmentsCell = (model: ManagementModel, voice: ManagementVoice): readonly Html[] => {
  const { departments } = model.departments;
  if (departments.length < 2 || !model.outcome) return [];
  const shown = departments.filter(({ levels }) => shownLevel(levels.at(-1))).length;
  const hidden = departments.length - shown;
  return [
    cell(
      voice.say("kpiDepartments", { units: atStart(voice.units) }),
      voice.tally(shown),
      voice.say("kpiOf", { count: voice.tally(departments.length) }),
      hidden === 0 ? voice.say("kpiDepartmentsAll") : voice.say("kpiDepartmentsHidden", { count: voice.tally(hidden) }),
    ),
  ];
};

/** The strip of numbers under the heading: up to four, no arrows and no colours. */
export const keyNumbers = (model: ManagementModel, voice: ManagementVoice): Html | null => {
  const cells = [leadersCell, rateCell, effectCell, departmentsCell].flatMap((of) => of(model, voice));
  return cells.length === 0 ? null : html`<div class="kpis">${cells}</div>`;
};
