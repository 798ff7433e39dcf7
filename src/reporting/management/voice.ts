import type { Language } from "../../errors.ts";
import type { Text } from "../../study/study.ts";
import type { Assets } from "../page/assets.ts";
import { type ChartSpec, chart } from "../page/chart.ts";
import { formatList, formatNumber, formatPercent, formatRange, formatSigned } from "../page/locale.ts";
import type { Measure } from "../page/measure.ts";
import { themeOf } from "../page/theme.ts";
import { fill, inSentence, wordsOf } from "../page/words.ts";
import type { Level, ManagementModel } from "./model.ts";

type Words = Readonly<Record<keyof typeof import("../../../reports/management/words.da.json"), string>>;

/** How the dashboard speaks and draws in one language about one model. */
export interface ManagementVoice {
  readonly language: Language;
  readonly say: (key: keyof Words, values?: Readonly<Record<string, string | number>>) => string;
  readonly text: (text: Text) => string;
  /** The scale's name as it stands in the middle of a sentence, and at the start of one. */
  readonly scale: string;
  readonly scaleAtStart: string;
  readonly arm: (id: string | null) => string;
  /** The word for several of the outermost level. */
  readonly units: string;
  readonly count: (value: number) => string;
  readonly number: (value: number) => string;
  readonly signed: (value: number) => string;
  readonly range: (interval: { readonly low: number; readonly high: number }) => string;
  /** A level with its interval, or the words for a suppressed one. */
  readonly level: (level: Level | null) => string;
  /** A band of the response rate from its lower end, "65–70 %". */
  readonly band: (low: number) => string;
  readonly percent: (value: number) => string;
  readonly confidence: string;
  readonly list: (items: readonly string[]) => string;
  readonly measure: Measure;
  readonly draw: (spec: string, data: Readonly<Record<string, readonly object[]>>, options: Drawn) => Promise<string>;
}

interface Drawn {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly description: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export const managementVoice = (model: ManagementModel, language: Language, assets: Assets): ManagementVoice => {
  const words = wordsOf<Words>("management", language, assets);
  const theme = themeOf(assets);
  const say: ManagementVoice["say"] = (key, values = {}) => fill(words[key], values);
  const decimals = model.outcome?.decimals ?? 1;
  const range: ManagementVoice["range"] = ({ low, high }) => formatRange(low, high, decimals, language);
  const arms = new Map(model.arms.map(({ arm, name }) => [arm, name[language]]));
  const scale = model.outcome?.name[language] ?? "";
  return {
    language,
    say,
    text: (text) => text[language],
    scale: inSentence(scale),
    scaleAtStart: scale,
    arm: (id) => (id === null ? say("whole") : (arms.get(id) ?? id)),
    units: say(model.level === "department" ? "level.department" : "level.other"),
    count: (value) => formatNumber(value, 0, language),
    number: (value) => formatNumber(value, decimals, language),
    signed: (value) => formatSigned(value, decimals, language),
    range,
    level: (level) => {
      if (!level) return say("hidden");
      const mean = formatNumber(level.mean, decimals, language);
      return level.low === null || level.high === null
        ? mean
        : `${mean} (${range({ low: level.low, high: level.high })})`;
    },
    band: (low) =>
      low >= 100
        ? formatPercent(100, language)
        : say("rate", { low, high: formatPercent(Math.min(100, low + model.rules.rateStep), language) }),
    percent: (value) => formatPercent(value, language),
    confidence: formatPercent(model.confidence * 100, language),
    list: (items) => formatList(items, language),
    measure: (text, size, weight) => theme.width(text, size, weight >= 550),
    draw: (name, data, options) => {
      const spec: ChartSpec = JSON.parse(assets.text(`reports/management/charts/${name}.vl.json`));
      return chart(spec, data, { theme, language, ...options });
    },
  };
};
