import { valueIn } from "../../disclosure/published.ts";
import { significant } from "../effect/main-effects.ts";
import { type Html, html } from "../page/html.ts";
import type { Finding } from "../page/page.ts";
import { atStart, inSentence } from "../page/words.ts";
import { type ManagementModel, shownLevel } from "./model.ts";
import type { ManagementVoice } from "./voice.ts";

const effectsFinding = (model: ManagementModel, voice: ManagementVoice): Finding => {
  const clear = model.effects.filter((effect) => significant(effect, model.confidence));
  const effects = model.effects.map(({ effect, numbers }) =>
    numbers.interval
      ? voice.say("ledeEffect", {
          arm: inSentence(voice.arm(effect.arm)),
          estimate: voice.signed(numbers.estimate),
          range: voice.range(numbers.interval),
        })
      : `${inSentence(voice.arm(effect.arm))} ${voice.signed(numbers.estimate)}`,
  );
  const lede = voice.say("ledeEffects", { confidence: voice.confidence, effects: voice.list(effects) });
  const total = model.effects.length;
  if (clear.length === 0) return { title: voice.say("findingNone"), lede };
  if (clear.length < total) return { title: voice.say("findingSome", { count: clear.length, total }), lede };
  const { scale } = voice;
  if (clear.every(({ numbers }) => numbers.estimate > 0)) return { title: voice.say("findingMore", { scale }), lede };
  if (clear.every(({ numbers }) => numbers.estimate < 0)) return { title: voice.say("findingLess", { scale }), lede };
  return { title: voice.say("findingSome", { count: clear.length, total }), lede };
};

const levelFinding = (model: ManagementModel, voice: ManagementVoice): Finding => {
  const shown = model.organisation.levels.flatMap((cell) => shownLevel(cell) ?? []);
  const { respondents, leaders } = model.rules;
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last)
    return { title: voice.say("findingHidden"), lede: voice.say("ledeHidden", { respondents, leaders }) };
  const scale = voice.scaleAtStart;
  const title =
    first === last
      ? voice.say("findingLevel", { scale, mean: voice.number(last.mean) })
      : voice.say("findingLevels", { scale, first: voice.number(first.mean), last: voice.number(last.mean) });
  const { low, high } = last;
  if (low === null || high === null) return { title, lede: voice.say("ledePlain") };
  return { title, lede: voice.say("ledeLevel", { confidence: voice.confidence, range: voice.range({ low, high }) }) };
};

/** The heading and the first sentence, from fixed templates that the numbers alone decide. */
export const managementFinding = (model: ManagementModel, voice: ManagementVoice): Finding => {
  if (model.waves.length === 0) return { title: voice.say("findingEmpty"), lede: voice.say("ledeEmpty") };
  return model.effects.length > 0 ? effectsFinding(model, voice) : levelFinding(model, voice);
};

const cell = (label: string, value: string, unit: string, context: string): Html =>
  html`<div class="kpi"><p class="label">${label}</p><p class="value">${value} <span>${unit}</span></p><p class="context">${context}</p></div>`;

const leadersCell = (model: ManagementModel, voice: ManagementVoice): readonly Html[] => {
  if (!model.coverage) return [];
  const { leaders, measured } = model.coverage;
  const under = leaders - measured;
  return [
    cell(
      voice.say("kpiLeaders", { respondents: model.rules.respondents }),
      voice.count(measured),
      voice.say("kpiLeadersOf", { count: voice.count(leaders) }),
      under === 0 ? voice.say("kpiLeadersAll") : voice.say("kpiLeadersUnder", { count: voice.count(under) }),
    ),
  ];
};

const rateCell = ({ response, coverage }: ManagementModel, voice: ManagementVoice): readonly Html[] => {
  const rates = response.rates.map((rate) => (rate ? valueIn(rate) : null));
  const [first, last] = [rates[0] ?? null, rates.at(-1) ?? null];
  if (last === null || !coverage) return [];
  const context =
    rates.length > 1 && first !== null
      ? voice.say("kpiRateBefore", { rate: voice.band(first) })
      : voice.say("kpiRateAnswers", { count: voice.count(coverage.answers) });
  return [cell(voice.say("kpiRate"), voice.band(last), "", context)];
};

const effectCell = (
  { effects, confidence, organisation }: ManagementModel,
  voice: ManagementVoice,
): readonly Html[] => {
  const [only] = effects;
  if (only?.numbers.interval && effects.length === 1) {
    const range = voice.say("kpiEffectRange", { range: voice.range(only.numbers.interval) });
    return [cell(voice.say("kpiEffect"), voice.signed(only.numbers.estimate), voice.say("kpiEffectUnit"), range)];
  }
  if (effects.length > 1) {
    const clear = effects.filter((effect) => significant(effect, confidence)).length;
    const of = voice.say("kpiOf", { count: effects.length });
    return [cell(voice.say("kpiEffects"), voice.count(clear), of, voice.say("kpiEffectsNote"))];
  }
  const last = shownLevel(organisation.levels.at(-1));
  if (!last || last.low === null || last.high === null) return [];
  const range = voice.say("kpiLevelRange", { range: voice.range({ low: last.low, high: last.high }) });
  return [cell(voice.say("kpiLevel", { scale: voice.scaleAtStart }), voice.number(last.mean), "", range)];
};

const departmentsCell = ({ departments, outcome }: ManagementModel, voice: ManagementVoice): readonly Html[] => {
  if (departments.length === 0 || !outcome) return [];
  const shown = departments.filter(({ levels }) => shownLevel(levels.at(-1))).length;
  const hidden = departments.length - shown;
  return [
    cell(
      voice.say("kpiDepartments", { units: atStart(voice.units) }),
      voice.count(shown),
      voice.say("kpiOf", { count: departments.length }),
      hidden === 0 ? voice.say("kpiDepartmentsAll") : voice.say("kpiDepartmentsHidden", { count: voice.count(hidden) }),
    ),
  ];
};

/** The strip of numbers under the heading: up to four, no arrows and no colours. */
export const keyNumbers = (model: ManagementModel, voice: ManagementVoice): Html | null => {
  const cells = [leadersCell, rateCell, effectCell, departmentsCell].flatMap((of) => of(model, voice));
  return cells.length === 0 ? null : html`<div class="kpis">${cells}</div>`;
};
