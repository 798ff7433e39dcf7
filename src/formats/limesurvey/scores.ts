import { foldText } from "../../study/fold.ts";
import { missingByLabel } from "../labels.ts";
import type { LssAnswer } from "./survey.ts";

const numeric = /^[+-]?\d+(?:\.\d+)?$/;
/** `6 - Very much` shows a number; `1-2 times` and `3 years` do not. */
const shown = /^([+-]?\d+)(?: ?[-:.=)] ?[^\d ].*)?$/;

const isDistinct = (values: readonly number[]): boolean => new Set(values).size === values.length;

/** The number that respondents saw in front of each label; null unless each has one of its own. */
const shownNumbers = (answers: readonly LssAnswer[]): readonly number[] | null => {
  const numbers = answers.map(({ label }) => Number(shown.exec(foldText(label))?.[1] ?? Number.NaN));
  return numbers.every(Number.isFinite) && isDistinct(numbers) ? numbers : null;
};

const scored = (answers: readonly LssAnswer[], values: readonly number[]): ReadonlyMap<string, number> =>
  new Map(answers.map(({ code }, k) => [code, values[k]!]));

/**
 * The value of each answer: what the survey assesses it at where it tells answers apart, else the number that its
 * label shows, else its place. "Don't know" is no answer: it has no value and takes no place. Codes that are numbers
 * need none, unless the survey assesses them otherwise.
 */
export const scoresOf = (answers: readonly LssAnswer[]): ReadonlyMap<string, number> => {
  const real = answers.filter(({ label }) => missingByLabel(label) === null);
  const assessed = real.map(({ assessment }) => assessment);
  if (new Set(assessed).size > 1) return scored(real, assessed);
  if (real.every(({ code }) => numeric.test(code))) return new Map();
  return scored(real, shownNumbers(real) ?? real.map((_, k) => k + 1));
};
