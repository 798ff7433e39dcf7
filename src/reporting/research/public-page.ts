import { fewestBehind, mostHidden, publicStep } from "../../disclosure/output.ts";
import { type Cell, valueIn } from "../../disclosure/published.ts";
import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import { type Html, html } from "../page/html.ts";
import { formatDate, formatPercent } from "../page/locale.ts";
import { dataTable, page } from "../page/page.ts";
import { styleOf } from "../page/theme.ts";
import type { PublicEffect, PublicModel, PublicScale } from "./public-model.ts";
import { section } from "./section.ts";
import { type ResearchVoice, researchVoice } from "./voice.ts";

/** Who has looked through the numbers before they leave the project group, and on which day (ISO). */
export interface SignOff {
  readonly name: string;
  readonly date: string;
}

interface Output {
  readonly id: string;
  readonly title: string;
  /** Class of the numbers, what they might give away, and what was checked. */
  readonly checked: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const outputSection = ({ id, title, checked, columns, rows }: Output): Html | null =>
  rows.length === 0
    ? null
    : section(id, title, html`<p class="sub">${checked}</p>${dataTable({ caption: title, columns, rows })}`);

const cellOf =
  (voice: ResearchVoice) =>
  <T>(cell: Cell<T>, written: (value: T) => string): string => {
    const value = valueIn(cell);
    return value === null ? voice.say("hidden") : written(value);
  };

const whole =
  (voice: ResearchVoice) =>
  (cell: Cell<number>): string =>
    cellOf(voice)(cell, (value) => voice.number(value, 0));

const effectRow =
  (voice: ResearchVoice) =>
  ({ outcome, wave, arm, numbers, leaders, respondents }: PublicEffect): readonly string[] => {
    const cell = cellOf(voice);
    return [
      voice.outcome(outcome),
      voice.wave(wave),
      voice.arm(arm),
      cell(numbers, ({ estimate }) => voice.signed(estimate, outcome.decimals)),
      cell(numbers, ({ interval }) => voice.range(interval, outcome.decimals)),
      cell(numbers, ({ p }) => voice.p(p)),
      cell(numbers, ({ pAdjusted }) => voice.p(pAdjusted)),
      ...[leaders, respondents].map(whole(voice)),
    ];
  };

const scaleRow =
  (voice: ResearchVoice) =>
  ({ name, rater, wave, mean, quality, respondents }: PublicScale): readonly string[] => {
    const cell = cellOf(voice);
    return [
      voice.text(name),
      voice.rater(rater),
      voice.wave(wave),
      cell(mean, (value) => voice.number(value, 1)),
      cell(quality, ({ alpha }) => voice.number(alpha, 2)),
      cell(quality, ({ icc1 }) => voice.number(icc1, 2)),
      whole(voice)(respondents),
    ];
  };

const outputsOf = (model: PublicModel, voice: ResearchVoice): readonly Output[] => {
  const { say } = voice;
  const [effect, coefficient] = [fewestBehind.effect, fewestBehind.coefficient];
  const dominance = formatPercent(100 * model.rules.dominance, voice.language);
  return [
    {
      id: "effects",
      title: say("public.effects"),
      checked: say("public.effectsChecked", { ...effect, dominance }),
      columns: [
        say("public.columnOutcome"),
        say("columnWave"),
        say("columnArm"),
        say("columnEstimate"),
        say("columnInterval", { confidence: voice.confidence }),
        say("columnP"),
        voice.adjusted,
        say("columnLeaders"),
        say("columnRespondents"),
      ],
      rows: model.publicEffects.map(effectRow(voice)),
    },
    {
      id: "analysed",
      title: say("public.analysed"),
      checked: say("public.countsChecked", { most: mostHidden, step: publicStep }),
      columns: [say("columnArm"), say("columnLeaders"), say("columnRespondents")],
      rows: model.publicArms.map(({ arm, leaders, respondents }) => [
        arm === null ? say("public.everybody") : voice.arm(arm),
        ...[leaders, respondents].map(whole(voice)),
      ]),
    },
    {
      id: "scales",
      title: say("public.scales"),
      checked: say("public.scalesChecked", {
        respondents: fewestBehind.mean.respondents,
        leaders: fewestBehind.mean.leaders,
        more: coefficient.respondents,
      }),
      columns: [
        say("public.columnScale"),
        say("public.columnRater"),
        say("columnWave"),
        say("public.columnMean"),
        say("public.columnAlpha"),
        say("public.columnIcc"),
        say("columnRespondents"),
      ],
      rows: model.publicScales.map(scaleRow(voice)),
    },
  ];
};

/** The numbers that may leave the project group, as one HTML page that needs nothing else. */
export const renderPublic = (model: PublicModel, signed: SignOff, language: Language, assets: Assets): string => {
  const voice = researchVoice(model, language, assets);
  const study = voice.text(model.title);
  const head = {
    language,
    title: voice.say("documentTitle", { study }),
    style: styleOf(assets, "reports/research/research.css"),
    skip: voice.say("skip"),
  };
  const outputs = outputsOf(model, voice);
  const footer = voice.say("public.footer", {
    name: signed.name,
    date: formatDate(signed.date, language),
    released: formatDate(model.date, language),
  });
  const nothing = html``;
  const slots = {
    eyebrow: html`${voice.say("public.eyebrow", { study })}`,
    title: html`${voice.say("public.title", { study })}`,
    lede: html`${voice.say("public.lede")}`,
    contents: nothing,
    invariance: nothing,
    body: html`${outputs.map(outputSection)}`,
    appendix: nothing,
    footer: html`${footer}${model.synthetic ? ` ${voice.say("synthetic")}` : null}`,
  };
  return page("research", head, slots, assets);
};
