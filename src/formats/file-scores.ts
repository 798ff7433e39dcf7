import { foldText } from "../study/fold.ts";
import { type AnswerRules, bareLabel } from "./answers.ts";
import { missingByLabel } from "./labels.ts";
import { numberIn } from "./numbers.ts";

/** What of an item decides what a survey's own values are to it. */
export type ScoredItem = Pick<
  AnswerRules,
  "low" | "high" | "labels" | "missingLabels" | "fileLabels" | "fileScores" | "codes"
>;

/** An answer that the survey gives a value; `known` is what the instrument's own words make of it. */
interface Choice {
  readonly code: number | null;
  readonly score: number;
  readonly known: number | null;
}

const none: AnswerRules["fileScores"] = new Map();

const choicesOf = ({ labels, missingLabels, fileLabels, fileScores }: ScoredItem): readonly Choice[] =>
  fileLabels.flatMap(({ code, label }) => {
    const score = fileScores.get(code);
    if (score === undefined || missingLabels.has(foldText(label)) || missingByLabel(label) !== null) return [];
    const known = labels.get(foldText(label)) ?? labels.get(bareLabel(label)) ?? null;
    return [{ code: numberIn(code, "."), score, known }];
  });

/** The values are the instrument's where they reach from one end of its range to the other, each once. */
const scoresFit = (choices: readonly Choice[], { low, high }: ScoredItem): boolean => {
  const meant = choices.map(({ score, known }) => known ?? score).filter((value) => value >= low && value <= high);
  return (
    meant.includes(low) &&
    meant.includes(high) &&
    new Set(meant).size === meant.length &&
    choices.every(({ score, known }) => known === null || known === score)
  );
};

/** Codes that are answers of the range, in the order of the values: the values are those of another scale. */
const codesFit = (choices: readonly Choice[], { low, high }: ScoredItem): boolean => {
  const scores = choices
    .filter(({ code }) => code !== null && code >= low && code <= high)
    .toSorted((one, other) => one.code! - other.code!)
    .map(({ score }) => score);
  return scores.length > 1 && scores.every((score, k) => k === 0 || score > scores[k - 1]!);
};

/**
 * The values by which a survey's codes are answers of an item: none where words or codes say it already, and null where
 * values, words and codes contradict each other, so that only the delivery's `codes` can say what is meant.
 */
export const scoresFor = (item: ScoredItem): AnswerRules["fileScores"] | null => {
  const choices = choicesOf(item);
  const open = choices.filter(({ known }) => known === null);
  if (item.codes !== null || open.every(({ code, score }) => code === score)) return none;
  if (scoresFit(choices, item)) return item.fileScores;
  return codesFit(choices, item) ? none : null;
};
