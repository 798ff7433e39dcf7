import { fewestBehind, mostHidden, publicStep } from "../../disclosure/output.ts";
import { type Cell, type Published, present, publishedIn } from "../../disclosure/published.ts";
import type { Language } from "../../errors.ts";
import type { EffectNumbers } from "../effect/effect.ts";
import type { Assets } from "../page/assets.ts";
import { type Html, html } from "../page/html.ts";
import { formatDate, formatEnd, formatPercent } from "../page/locale.ts";
import { dataTable, page } from "../page/page.ts";
import { dated, named, ofFact, plain, spoken } from "../page/source.ts";
import { styleOf } from "../page/style.ts";
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

/** A number with the fact that it is; the word for one that is suppressed, or a dash where there is none. */
const told = (
  voice: ResearchVoice,
  published: Published<number | null> | null | undefined,
  written: (value: number) => string,
): string => {
  if (!published) return voice.say("hidden");
  const number = present(published);
  return number === null ? voice.say("none") : ofFact(number, written);
};

const interval = (voice: ResearchVoice, numbers: Published<EffectNumbers> | null, decimals: number): string => {
  if (numbers === null) return voice.say("hidden");
  const ends = present(numbers.part("interval"));
  if (ends === null) return voice.say("none");
  const end = (value: number) => formatEnd(value, decimals, voice.language);
  return voice.say("interval", { low: ofFact(ends.part("low"), end), high: ofFact(ends.part("high"), end) });
};

const whole =
  (voice: ResearchVoice) =>
  (cell: Cell<number>): string =>
    told(voice, publishedIn(cell), (value) => voice.number(value, 0));

const effectRow =
  (voice: ResearchVoice) =>
  ({ outcome, wave, arm, numbers, leaders, respondents }: PublicEffect): readonly string[] => {
    const shown = publishedIn(numbers);
    return [
      named(voice.outcome(outcome)),
      named(voice.wave(wave)),
      named(voice.arm(arm)),
      told(voice, shown?.part("estimate"), (value) => voice.signed(value, outcome.decimals)),
      interval(voice, shown, outcome.decimals),
      told(voice, shown?.part("p"), voice.p),
      told(voice, shown?.part("pAdjusted"), voice.p),
      ...[leaders, respondents].map(whole(voice)),
    ];
  };

const scaleRow =
  (voice: ResearchVoice) =>
  ({ name, rater, wave, mean, quality, respondents }: PublicScale): readonly string[] => {
    const shown = publishedIn(quality);
    return [
      named(voice.text(name)),
      voice.rater(rater),
      named(voice.wave(wave)),
      told(voice, publishedIn(mean), (value) => voice.number(value, 1)),
      told(voice, shown?.part("alpha"), (value) => voice.number(value, 2)),
      told(voice, shown?.part("icc1"), (value) => voice.number(value, 2)),
      whole(voice)(respondents),
    ];
  };

const outputsOf = (model: PublicModel, voice: ResearchVoice): readonly Output[] => {
  const say: ResearchVoice["say"] = (key, values) => spoken(voice.say(key, values));
  const thresholds = (values: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain("threshold", value)]));
  const [effect, coefficient] = [fewestBehind.effect, fewestBehind.coefficient];
  const { dominance: share } = model.rules;
  const dominance = plain("threshold", share, formatPercent(100 * share, voice.language));
  return [
    {
      id: "effects",
      title: say("public.effects"),
      checked: say("public.effectsChecked", { ...thresholds(effect), dominance }),
      columns: [
        say("public.columnOutcome"),
        say("columnWave"),
        say("columnArm"),
        say("columnEstimate"),
        say("columnInterval", { confidence: plain("confidence", model.plan.confidence, voice.confidence) }),
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
      checked: say("public.countsChecked", thresholds({ most: mostHidden, step: publicStep })),
      columns: [say("columnArm"), say("columnLeaders"), say("columnRespondents")],
      rows: model.publicArms.map(({ arm, leaders, respondents }) => [
        arm === null ? say("public.everybody") : named(voice.arm(arm)),
        ...[leaders, respondents].map(whole(voice)),
      ]),
    },
    {
      id: "scales",
      title: say("public.scales"),
      checked: say(
        "public.scalesChecked",
        thresholds({
          respondents: fewestBehind.mean.respondents,
          leaders: fewestBehind.mean.leaders,
          more: coefficient.respondents,
        }),
      ),
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
  const study = named(voice.text(model.title));
  const head = {
    language,
    title: voice.say("documentTitle", { study }),
    style: styleOf(assets, "reports/research/research.css"),
    skip: voice.say("skip"),
  };
  const outputs = outputsOf(model, voice);
  const footer = voice.say("public.footer", {
    name: named(signed.name),
    date: dated(formatDate(signed.date, language)),
    released: dated(formatDate(model.date, language)),
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
