import type { Cell } from "../../disclosure/published.ts";
import type { TeamMean } from "../../disclosure/team.ts";
import type { Language } from "../../errors.ts";
import type { Text } from "../../study/study.ts";
import type { Assets } from "../page/assets.ts";
import { formatList, formatNumber, formatPercent, formatRange, formatSigned } from "../page/locale.ts";
import { type Theme, themeOf } from "../page/theme.ts";
import { fill, inSentence, wordsOf } from "../page/words.ts";
import type { LeaderScale } from "./model.ts";

type Words = Readonly<Record<keyof typeof import("../../../reports/leader/words.da.json"), string>>;

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
  readonly range: (low: number, high: number, scale: LeaderScale) => string;
  readonly percent: (percent: number) => string;
}

export const voiceOf = (language: Language, assets: Assets): Voice => {
  const words = wordsOf<Words>("leader", language, assets);
  const say: Voice["say"] = (key, values = {}) => fill(words[key], values);
  const name: Voice["name"] = (text) => inSentence(text[language]);
  const value: Voice["value"] = (number, { decimals }) => formatNumber(number, decimals, language);
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
    range: (low, high, { decimals }) => formatRange(low, high, decimals, language),
    percent: (percent) => formatPercent(percent, language),
  };
};
