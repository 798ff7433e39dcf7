import { type Cell, type Published, present, publishedIn, reveal } from "../../disclosure/published.ts";
import type { TeamMean } from "../../disclosure/team.ts";
import { roundTo } from "../../disclosure/unit.ts";
import type { Language } from "../../errors.ts";
import type { Text } from "../../study/study.ts";
import type { Assets } from "../page/assets.ts";
import type { Place } from "../page/chart-parts.ts";
import { formatList, formatNumber, formatPercent, formatSigned } from "../page/locale.ts";
import { named, ofFact, plain, spoken } from "../page/source.ts";
import { type Theme, themeOf } from "../page/theme.ts";
import { fill, inSentence, wordsOf } from "../page/words.ts";

type Words = Readonly<Record<keyof typeof import("../../../reports/leader/words.da.json"), string>>;

/** A scale as a leader report names it; everything about numbers is in its unit. */
export interface LeaderScale {
  readonly id: string;
  readonly name: Text;
  readonly low: number;
  readonly high: number;
  readonly decimals: number;
  /** Asked of leaders too, so that the two can be compared. */
  readonly own: boolean;
  /** One that the programme sets out to develop. */
  readonly goal: boolean;
  /** The questions that employees answer, in questionnaire order; empty for a scale of scales. */
  readonly items: readonly { readonly id: string; readonly text: Text; readonly reversed: boolean }[];
  /** The answer categories from the lowest to the highest, as the instrument names them, else by their codes; may be empty. */
  readonly answers: readonly Text[];
}

/** Where a value lies on its scale, 0–100. */
export const place = (of: Published<number>, { low, high }: Pick<LeaderScale, "low" | "high">): Place => {
  const times = 100 / (high - low);
  return { of, times, plus: -low * times };
};

/** The same; null where there is none. */
export const placeIn = (
  of: Published<number | null> | null | undefined,
  scale: Pick<LeaderScale, "low" | "high">,
): Place | null => {
  const published = of ? present(of) : null;
  return published && place(published, scale);
};

/** Whether an answer category has words, or only the code that it is stored by. */
export const isNamed = (answer: Text): boolean => !/^-?\d+([.,]\d+)?$/.test(answer.da);

/** How a page speaks and draws: its language's words and numbers, and the theme they are measured in. */
export interface Voice {
  readonly language: Language;
  readonly assets: Assets;
  readonly theme: Theme;
  readonly say: (key: keyof Words, values?: Readonly<Record<string, string>>) => string;
  /** A name as it stands alone, and in the middle of a sentence. */
  readonly nameOf: (text: Text) => string;
  readonly name: (text: Text) => string;
  /** Names in a sentence: "a, b og c". */
  readonly names: (texts: readonly Text[]) => string;
  /** Numbers that were let out: as they are, without their sign, and with it. */
  readonly value: (value: Published<number>, scale: Pick<LeaderScale, "decimals">) => string;
  readonly size: (value: Published<number>, scale: Pick<LeaderScale, "decimals">) => string;
  readonly gap: (value: Published<number>, scale: Pick<LeaderScale, "decimals">) => string;
  readonly mean: (mean: Published<Pick<TeamMean, "mean" | "bound">>, scale: LeaderScale) => string;
  /** The mean of a cell, the word for a suppressed one, or a dash where it was never asked. */
  readonly cell: (cell: Cell<TeamMean> | null, scale: LeaderScale) => string;
  /** "47 til 65"; an end that is not zero is never written as zero. */
  readonly range: (interval: Published<Ends>, scale: LeaderScale) => string;
  readonly count: (count: Published<number>) => string;
  readonly percent: (percent: Published<number>) => string;
  /** A number of the scale itself: an end, or a step on it. */
  readonly unit: (value: number, scale: Pick<LeaderScale, "decimals">) => string;
  /** How many of something there are on the page. */
  readonly tally: (count: number) => string;
  readonly threshold: (value: number) => string;
  readonly confidence: (confidence: number) => string;
  /** How many of so many tests chance alone would find. */
  readonly chance: (tests: number, confidence: number) => string;
}

/** The ends of an interval; both are null where there is none. */
interface Ends {
  readonly low: number | null;
  readonly high: number | null;
}

export const voiceOf = (language: Language, assets: Assets): Voice => {
  const words = wordsOf<Words>("leader", language, assets);
  const say: Voice["say"] = (key, values = {}) => fill(spoken(words[key]), values);
  const nameOf: Voice["nameOf"] = (text) => named(text[language]);
  const name: Voice["name"] = (text) => inSentence(nameOf(text));
  const value: Voice["value"] = (published, { decimals }) =>
    ofFact(published, (number) => formatNumber(number, decimals, language));
  const end = (interval: Published<Ends>, which: keyof Ends, { decimals }: LeaderScale): string => {
    const published = present(interval.part(which));
    if (published === null) throw new TypeError("An interval without ends");
    const number = reveal(published);
    return value(published, { decimals: number !== 0 && roundTo(number, decimals) === 0 ? decimals + 1 : decimals });
  };
  const mean: Voice["mean"] = (team, scale) => {
    const { bound } = reveal(team);
    const text = value(team.part("mean"), scale);
    if (bound === null) return text;
    return say(bound === "at-least" ? "atLeast" : "atMost", { value: text });
  };
  return {
    language,
    assets,
    theme: themeOf(assets),
    say,
    nameOf,
    name,
    names: (texts) => formatList(texts.map(name), language),
    value,
    size: (published, { decimals }) =>
      ofFact(published, (number) => formatNumber(Math.abs(number), decimals, language)),
    gap: (published, { decimals }) => ofFact(published, (number) => formatSigned(number, decimals, language)),
    mean,
    cell: (cell, scale) => {
      if (cell === null) return "–";
      const team = publishedIn(cell);
      return team === null ? say("hidden") : mean(team, scale);
    },
    range: (interval, scale) => say("range", { low: end(interval, "low", scale), high: end(interval, "high", scale) }),
    count: (published) => ofFact(published, (count) => `${count}`),
    percent: (published) => ofFact(published, (percent) => formatPercent(percent, language)),
    unit: (number, { decimals }) => plain("unit", number, formatNumber(number, decimals, language)),
    tally: (count) => plain("count", count),
    threshold: (number) => plain("threshold", number),
    confidence: (confidence) => plain("confidence", confidence, formatPercent(confidence * 100, language)),
    chance: (tests, confidence) => {
      const expected = tests * (1 - confidence);
      return plain("chance", expected, formatNumber(expected, 1, language));
    },
  };
};
