import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import { type Html, html } from "../page/html.ts";
import { formatMonth, formatShortDate } from "../page/locale.ts";
import { page } from "../page/page.ts";
import { dated } from "../page/source.ts";
import { styleOf } from "../page/style.ts";
import { unitsFigure } from "./cube/figure.ts";
import { departmentsFigure } from "./departments/figure.ts";
import { doseTable } from "./dose/table.ts";
import { type Levels, levelDomain, sentences } from "./drawing.ts";
import { effectsFigure } from "./effects/figure.ts";
import { managementFinding } from "./finding.ts";
import { keyNumbers } from "./key-numbers.ts";
import type { ManagementModel } from "./model.ts";
import { voiceFrom } from "./pen.ts";
import { responsesFigure } from "./responses/figure.ts";
import { trendFigure } from "./trend/figure.ts";
import type { ManagementVoice } from "./voice.ts";

const card = (content: Html | null): Html | null => (content ? html`<div class="card">${content}</div>` : null);

const levelsOf = ({ outcome, waves, whole, trend, departments, synthetic }: ManagementModel): Levels | null =>
  outcome && {
    outcome,
    waves,
    whole,
    domain: levelDomain([whole, ...trend.series, ...departments.departments], outcome),
    synthetic,
  };

const absentList = (reasons: readonly string[], voice: ManagementVoice): Html | null =>
  reasons.length === 0
    ? null
    : html`<section class="card" aria-labelledby="absent-t"><h2 id="absent-t">${voice.say("absentTitle")}</h2><ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul></section>`;

/** What stands on the page above and below the levels over the waves. */
interface Cards {
  readonly before: Html;
  /** The levels over the waves, and those of units: what filters show in another way. */
  readonly trend: Html | null;
  readonly units: Html | null;
  readonly after: (units: Html | null) => Html;
}

const cardsOf = async (model: ManagementModel, voice: ManagementVoice): Promise<Cards> => {
  const { arms, waves, rules } = model;
  const levels = levelsOf(model);
  const [effects, trend, departments, responses] = await Promise.all([
    effectsFigure(model.effects, arms, voice),
    levels && trendFigure(model.trend, arms, levels, voice),
    levels && departmentsFigure(model.departments, levels, rules.leaders, voice),
    responsesFigure(model.responses, waves, rules, voice),
  ]);
  const units = levels && unitsFigure(model.cube, levels, voice);
  const hasUnits = levels !== null && model.cube.groups.some(({ grouping }) => grouping === "unit");
  const absent = [
    ...(effects || arms.length === 0 ? [] : [voice.say("absent.effects")]),
    ...(trend ? [] : [voice.say("absent.outcome")]),
    ...(departments || !model.outcome ? [] : [voice.say("absent.departments")]),
    ...(units || !hasUnits ? [] : [voice.say("absent.units")]),
    ...(responses ? [] : [voice.say("absent.response")]),
  ];
  const pair = departments || responses ? html`<div class="pair">${card(departments)}${card(responses)}</div>` : null;
  return {
    before: html`${keyNumbers(model, voice)}${card(effects)}${card(doseTable(model.dose, voice))}`,
    trend: card(trend),
    units: card(units),
    after: (shown) => html`${pair}${shown}${absentList(absent, voice)}`,
  };
};

const eyebrowOf = (model: ManagementModel, voice: ManagementVoice): string => {
  const last = model.waves.at(-1);
  const study = voice.text(model.title);
  if (!last) return voice.say("eyebrowEmpty", { study });
  return voice.say("eyebrow", {
    study,
    wave: voice.text(last.name),
    month: dated(formatMonth(last.from, voice.language)),
  });
};

/** How many numbers are hidden so that others stay so, by grouping; empty where none is. */
const suppressedWords = ({ suppressed }: ManagementModel, voice: ManagementVoice): string => {
  const groups = suppressed.flatMap(({ grouping, large, suppressed: count }) =>
    count === 0
      ? []
      : [
          voice.say(`suppressed.${grouping}`, {
            count: voice.tally(count),
            large: voice.tally(large),
            ...(grouping === "department" || grouping === "department-arm" ? { units: voice.units } : {}),
          }),
        ],
  );
  return groups.length === 0 ? "" : voice.say("footerSuppressed", { groups: voice.list(groups) });
};

/** Head and fixed slots of the page: everything but its cards. */
const frameOf = (model: ManagementModel, voice: ManagementVoice) => {
  const { language } = voice;
  const { title, lede } = managementFinding(model, voice);
  const { respondents, leaders, dominance } = model.rules;
  const footer = voice.say("footer", {
    respondents: voice.threshold(respondents),
    leaders: voice.threshold(leaders),
    share: voice.share(dominance),
  });
  const updated = voice.say("updated", { date: dated(formatShortDate(model.date, language)) });
  return {
    head: {
      language,
      title: voice.say("documentTitle", { study: voice.text(model.title) }),
      skip: voice.say("skip"),
    },
    slots: {
      eyebrow: html`${eyebrowOf(model, voice)}`,
      title: html`${title}`,
      lede: html`${lede}`,
      footer: html`${sentences(footer, suppressedWords(model, voice))}`,
      updated: html`${updated}${model.synthetic ? ` ${voice.say("synthetic")}` : null}`,
    },
  };
};

/** The management dashboard as one HTML page that needs nothing else. */
export const renderManagement = async (model: ManagementModel, language: Language, assets: Assets): Promise<string> => {
  const voice = voiceFrom(model, language, assets);
  const { head, slots } = frameOf(model, voice);
  const cards = model.waves.length === 0 ? null : await cardsOf(model, voice);
  const body = cards ? html`${cards.before}${cards.trend}${cards.after(cards.units)}` : html``;
  const style = styleOf(assets, "reports/management/management.css");
  return page("management", { ...head, style }, { ...slots, body }, assets);
};

/** The same page in parts, without what its filters show. */
export const overviewCards = async (model: ManagementModel, language: Language, assets: Assets) => {
  const voice = voiceFrom(model, language, assets);
  const cards = model.waves.length === 0 ? null : await cardsOf(model, voice);
  return { ...frameOf(model, voice), before: cards?.before ?? html``, after: cards?.after(null) ?? html`` };
};
