import type { RateBand } from "../../disclosure/aggregate.ts";
import { type Cell, type Published, present, publishedIn, reveal } from "../../disclosure/published.ts";
import type { Language } from "../../errors.ts";
import type { Text } from "../../study/study.ts";
import type { ArmStyle } from "../page/arms.ts";
import type { LevelDifference } from "../page/level-change.ts";
import type { Level } from "../page/levels.ts";
import { formatEnd, formatList, formatNumber, formatPercent, formatSigned } from "../page/locale.ts";
import type { Measure } from "../page/measure.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import { named, ofFact, plain, spoken } from "../page/source.ts";
import { fill, inSentence } from "../page/words.ts";

export type Words = Readonly<Record<keyof typeof import("../../../reports/management/words.da.json"), string>>;

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
  readonly say: (key: keyof Words, values?: Readonly<Record<string, string>>) => string;
  readonly text: (text: Text) => string;
  /** The scale's name as it stands in the middle of a sentence, and at the start of one. */
  readonly scale: string;
  readonly scaleAtStart: string;
  /** The scale's name with who answers it. */
  readonly outcome: (outcome: ReportedOutcome) => string;
  readonly arm: (id: string | null) => string;
  /** Whether the outermost level is called departments. */
  readonly outermost: "department" | "other";
  /** The word for several of the outermost level, and for the one. */
  readonly units: string;
  readonly unit: string;
  /** Numbers that were let out. */
  readonly count: (value: Published<number>) => string;
  readonly number: (value: Published<number>) => string;
  readonly signed: (value: Published<number>, decimals: number) => string;
  /** An interval that has both ends. */
  readonly range: (interval: Published<Ends>, decimals: number) => string;
  /** A level with its interval, or the words for a suppressed one. */
  readonly level: (level: Published<Level> | null) => string;
  /** A change with its interval. */
  readonly change: (change: Published<LevelDifference>) => string;
  /** "+6,9 (4,6 til 9,2)", or the word for a suppressed one. */
  readonly difference: (difference: Cell<Estimated>, decimals: number) => string;
  /** A band of the response rate, "65–70 %". */
  readonly band: (band: Published<RateBand>) => string;
  /** How many of something there are on the page. */
  readonly tally: (count: number) => string;
  readonly threshold: (value: number) => string;
  /** A number of the scale's unit, without decimals where it has none. */
  readonly unitValue: (value: number) => string;
  readonly share: (threshold: number) => string;
  readonly confidence: string;
  /** How many of so many tests chance alone would call significant. */
  readonly expected: (tests: number) => string;
  readonly list: (items: readonly string[]) => string;
  readonly measure: Measure;
  readonly draw: Pen["draw"];
}

/** How words are measured and charts are drawn: on this side or in a browser. */
export interface Pen {
  readonly measure: Measure;
  readonly draw: (spec: string, data: Readonly<Record<string, readonly object[]>>, options: Drawn) => Promise<string>;
}

export interface Drawn {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly description: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** An estimate with its interval; null where it has none. */
interface Estimated {
  readonly estimate: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** The ends of an interval; both are null where there is none. */
interface Ends {
  readonly low: number | null;
  readonly high: number | null;
}

const bandWords = (band: Published<RateBand>, say: ManagementVoice["say"], language: Language): string => {
  const { low, high } = reveal(band);
  const percent = (end: "low" | "high") => ofFact(band.part(end), (value) => formatPercent(value, language));
  if (low === 0) return say("rateUnder", { high: percent("high") });
  if (high === 100) return say("rateFrom", { low: percent("low") });
  return say("rate", { low: ofFact(band.part("low"), (value) => `${value}`), high: percent("high") });
};

const endOf = (interval: Published<Ends>, which: keyof Ends, decimals: number, language: Language): string => {
  const end = present(interval.part(which));
  if (end === null) throw new TypeError("An interval without ends");
  return ofFact(end, (value) => formatEnd(value, decimals, language));
};

export const managementVoice = (about: Spoken, language: Language, words: Words, pen: Pen): ManagementVoice => {
  const say: ManagementVoice["say"] = (key, values = {}) => fill(spoken(words[key]), values);
  const own = about.outcome?.decimals ?? 1;
  const range: ManagementVoice["range"] = (interval, decimals) =>
    say("range", {
      low: endOf(interval, "low", decimals, language),
      high: endOf(interval, "high", decimals, language),
    });
  const signed: ManagementVoice["signed"] = (published, decimals) =>
    ofFact(published, (value) => formatSigned(value, decimals, language));
  const number: ManagementVoice["number"] = (published) =>
    ofFact(published, (value) => formatNumber(value, own, language));
  const tally: ManagementVoice["tally"] = (count) => plain("count", count, formatNumber(count, 0, language));
  const arms = new Map(about.arms.map(({ arm, name }) => [arm, named(name[language])]));
  const scale = named(about.outcome?.name[language] ?? "");
  const level = about.departments.level === "department" ? "department" : "other";
  return {
    language,
    say,
    text: (text) => named(text[language]),
    scale: inSentence(scale),
    scaleAtStart: scale,
    outcome: ({ name, rater }) => say(`outcome.${rater ?? "difference"}`, { scale: named(name[language]) }),
    arm: (id) => (id === null ? say("whole") : (arms.get(id) ?? named(id))),
    outermost: level,
    units: say(`level.${level}`),
    unit: say(`level.${level}.one`),
    count: (published) => ofFact(published, (value) => formatNumber(value, 0, language)),
    number,
    signed,
    range,
    level: (level) => {
      if (!level) return say("hidden");
      const { low, high } = reveal(level);
      const mean = number(level.part("mean"));
      return low === null || high === null ? mean : `${mean} (${range(level, own)})`;
    },
    change: (change) => {
      const value = signed(change.part("value"), own);
      return reveal(change).low === null ? value : `${value} (${range(change, own)})`;
    },
    difference: (cell, decimals) => {
      const shown = publishedIn(cell);
      if (!shown) return say("hidden");
      const estimate = signed(shown.part("estimate"), decimals);
      const interval = present(shown.part("interval"));
      return interval ? `${estimate} (${range(interval, decimals)})` : estimate;
    },
    band: (band) => bandWords(band, say, language),
    tally,
    threshold: (value) => plain("threshold", value),
    unitValue: (value) => plain("unit", value, formatNumber(value, Number.isInteger(value) ? 0 : own, language)),
    share: (threshold) => plain("threshold", threshold, formatPercent(threshold * 100, language)),
    confidence: plain("confidence", about.confidence, formatPercent(about.confidence * 100, language)),
    expected: (tests) => {
      const expected = tests * (1 - about.confidence);
      return plain("chance", expected, formatNumber(expected, 1, language));
    },
    list: (items) => formatList(items, language),
    ...pen,
  };
};
