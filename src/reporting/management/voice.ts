import type { RateBand } from "../../disclosure/aggregate.ts";
import type { Language } from "../../errors.ts";
import type { Text } from "../../study/study.ts";
import type { ArmStyle } from "../page/arms.ts";
import type { Assets } from "../page/assets.ts";
import type { Range } from "../page/axis.ts";
import { type ChartSpec, chart } from "../page/chart.ts";
import type { Level } from "../page/levels.ts";
import { formatEnd, formatList, formatNumber, formatPercent, formatSigned } from "../page/locale.ts";
import type { Measure } from "../page/measure.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import { themeOf } from "../page/theme.ts";
import { fill, inSentence, wordsOf } from "../page/words.ts";

type Words = Readonly<Record<keyof typeof import("../../../reports/management/words.da.json"), string>>;

/** What the dashboard speaks about: as much of its model as its words depend on. */
export interface Spoken {
  readonly arms: readonly ArmStyle[];
  readonly outcome: ReportedOutcome | null;
  readonly confidence: number;
  readonly departments: { readonly level: string | null };
}

/** How the dashboard speaks and draws in one language about one model. */
export interface ManagementVoice {
  readonly language: Language;
  readonly say: (key: keyof Words, values?: Readonly<Record<string, string | number>>) => string;
  readonly text: (text: Text) => string;
  /** The scale's name as it stands in the middle of a sentence, and at the start of one. */
  readonly scale: string;
  readonly scaleAtStart: string;
  /** The scale's name with who answers it. */
  readonly outcome: (outcome: ReportedOutcome) => string;
  readonly arm: (id: string | null) => string;
  /** The word for several of the outermost level, and for the one. */
  readonly units: string;
  readonly unit: string;
  readonly count: (value: number) => string;
  readonly number: (value: number) => string;
  readonly signed: (value: number, decimals: number) => string;
  readonly range: (interval: Range, decimals: number) => string;
  /** A level with its interval, or the words for a suppressed one. */
  readonly level: (level: Level | null) => string;
  /** A band of the response rate, "65–70 %". */
  readonly band: (band: RateBand) => string;
  readonly percent: (value: number) => string;
  readonly confidence: string;
  /** How many of so many tests chance alone would call significant. */
  readonly expected: (tests: number) => string;
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

const bandWords = ({ low, high }: RateBand, say: ManagementVoice["say"], language: Language): string => {
  if (low === 0) return say("rateUnder", { high: formatPercent(high, language) });
  if (high === 100) return say("rateFrom", { low: formatPercent(low, language) });
  return say("rate", { low, high: formatPercent(high, language) });
};

export const managementVoice = (spoken: Spoken, language: Language, assets: Assets): ManagementVoice => {
  const words = wordsOf<Words>("management", language, assets);
  const theme = themeOf(assets);
  const say: ManagementVoice["say"] = (key, values = {}) => fill(words[key], values);
  const own = spoken.outcome?.decimals ?? 1;
  const range: ManagementVoice["range"] = ({ low, high }, decimals) =>
    say("range", { low: formatEnd(low, decimals, language), high: formatEnd(high, decimals, language) });
  const arms = new Map(spoken.arms.map(({ arm, name }) => [arm, name[language]]));
  const scale = spoken.outcome?.name[language] ?? "";
  const level = spoken.departments.level === "department" ? "department" : "other";
  return {
    language,
    say,
    text: (text) => text[language],
    scale: inSentence(scale),
    scaleAtStart: scale,
    outcome: ({ name, rater }) => say(`outcome.${rater ?? "difference"}`, { scale: name[language] }),
    arm: (id) => (id === null ? say("whole") : (arms.get(id) ?? id)),
    units: say(`level.${level}`),
    unit: say(`level.${level}.one`),
    count: (value) => formatNumber(value, 0, language),
    number: (value) => formatNumber(value, own, language),
    signed: (value, decimals) => formatSigned(value, decimals, language),
    range,
    level: (shown) => {
      if (!shown) return say("hidden");
      const mean = formatNumber(shown.mean, own, language);
      return shown.low === null || shown.high === null
        ? mean
        : `${mean} (${range({ low: shown.low, high: shown.high }, own)})`;
    },
    band: (band) => bandWords(band, say, language),
    percent: (value) => formatPercent(value, language),
    confidence: formatPercent(spoken.confidence * 100, language),
    expected: (tests) => formatNumber(tests * (1 - spoken.confidence), 1, language),
    list: (items) => formatList(items, language),
    measure: (text, size, weight) => theme.width(text, size, weight >= 550),
    draw: (name, data, options) => {
      const spec: ChartSpec = JSON.parse(assets.text(`reports/management/charts/${name}.vl.json`));
      return chart(spec, data, { theme, language, ...options });
    },
  };
};
