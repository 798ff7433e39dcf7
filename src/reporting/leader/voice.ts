import type { Cell } from "../../disclosure/published.ts";
import type { TeamMean } from "../../disclosure/team.ts";
import { roundTo } from "../../disclosure/unit.ts";
import type { Language } from "../../errors.ts";
import type { Text } from "../../study/study.ts";
import type { Assets } from "../page/assets.ts";
import { formatList, formatNumber, formatPercent, formatSigned } from "../page/locale.ts";
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
export const place = (value: number | null, { low, high }: Pick<LeaderScale, "low" | "high">): number | null =>
  value === null ? null : Math.round(((value - low) / (high - low)) * 10000) / 100;

/** Whether an answer category has words, or only the code that it is stored by. */
export const isNamed = (answer: Text): boolean => !/^-?\d+([.,]\d+)?$/.test(answer.da);

/** How a page speaks and draws: its language's words and numbers, and the theme they are measured in. */
export interface Voice {
  readonly language: Language;
  readonly assets: Assets;
  readonly theme: Theme;
  readonly say: (key: keyof Words, values?: Readonly<Record<string, string | number>>) => string;
  /** A name as it stands in the middle of a sentence. */
  readonly name: (text: Text) => string;
  /** Names in a sentence: "a, b og c". */
  readonly names: (texts: readonly Text[]) => string;
  readonly value: (value: number, scale: Pick<LeaderScale, "decimals">) => string;
  readonly gap: (value: number, scale: Pick<LeaderScale, "decimals">) => string;
  readonly mean: (mean: Pick<TeamMean, "mean" | "bound">, scale: LeaderScale) => string;
  /** The mean of a cell, the word for a suppressed one, or a dash where it was never asked. */
  readonly cell: (cell: Cell<TeamMean> | null, scale: LeaderScale) => string;
  /** "47 til 65"; an end that is not zero is never written as zero. */
  readonly range: (low: number, high: number, scale: LeaderScale) => string;
  readonly percent: (percent: number) => string;
}

export const voiceOf = (language: Language, assets: Assets): Voice => {
  const words = wordsOf<Words>("leader", language, assets);
  const say: Voice["say"] = (key, values = {}) => fill(words[key], values);
  const name: Voice["name"] = (text) => inSentence(text[language]);
  const value: Voice["value"] = (number, { decimals }) => formatNumber(number, decimals, language);
  const end = (number: number, { decimals }: Pick<LeaderScale, "decimals">): string =>
    value(number, { decimals: number !== 0 && roundTo(number, decimals) === 0 ? decimals + 1 : decimals });
  const mean: Voice["mean"] = (team, scale) => {
    const text = value(team.mean, scale);
    if (team.bound === null) return text;
    return say(team.bound === "at-least" ? "atLeast" : "atMost", { value: text });
  };
  return {
    language,
    assets,
    theme: themeOf(assets),
    say,
    name,
    names: (texts) => formatList(texts.map(name), language),
    value,
    gap: (number, { decimals }) => formatSigned(number, decimals, language),
    mean,
    cell: (cell, scale) => {
      if (cell === null) return "–";
      return cell.state === "suppressed" ? say("hidden") : mean(cell.value, scale);
    },
    range: (low, high, scale) => say("range", { low: end(low, scale), high: end(high, scale) }),
    percent: (percent) => formatPercent(percent, language),
  };
};
