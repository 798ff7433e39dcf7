import { foldText } from "../study/fold.ts";
import { type AnswerRules, bareLabel } from "./answers.ts";
import type { ValueLabel } from "./delivered.ts";
import type { ScoredItem } from "./file-scores.ts";
import { missingByLabel } from "./labels.ts";
import { numberIn } from "./numbers.ts";

/** How the labels of a file go with those of the instrument, for its codes in the range of the answers. */
export type LabelFit = "alike" | "translated" | "partly";

/**
 * Whether a file's own labels can be trusted to translate its codes. `partly`: some of them say another answer than their
 * code, while others are no answer, or two say the same: then the codes of one column would be of two codings.
 */
export const labelFit = ({ low, high, labels, missingLabels, fileLabels, fileScores }: ScoredItem): LabelFit => {
  const meantBy = ({ code }: ValueLabel): number => fileScores.get(code) ?? numberIn(code, ".") ?? Number.NaN;
  const inRange = fileLabels.filter((one) => meantBy(one) >= low && meantBy(one) <= high);
  const isMissing = (label: string): boolean => missingLabels.has(foldText(label)) || missingByLabel(label) !== null;
  const answers = inRange
    .filter(({ label }) => !isMissing(label))
    .map((one) => ({
      value: meantBy(one),
      answer: labels.get(foldText(one.label)) ?? labels.get(bareLabel(one.label)),
    }));
  const known = answers.flatMap(({ answer }) => (answer === undefined ? [] : [answer]));
  if (answers.every(({ value, answer }) => answer === undefined || answer === value)) return "alike";
  return known.length < answers.length || new Set(known).size < known.length ? "partly" : "translated";
};

/** Codes in the range whose label is none of the answers, while all others are: something else may be meant by them. */
export const strangeCodes = ({ low, high, labels, missingLabels, fileLabels }: AnswerRules): readonly string[] => {
  const inRange = fileLabels.filter(({ code }) => code.trim() !== "" && Number(code) >= low && Number(code) <= high);
  const strange = inRange.filter(
    ({ label }) =>
      !labels.has(foldText(label)) &&
      !labels.has(bareLabel(label)) &&
      !missingLabels.has(foldText(label)) &&
      missingByLabel(label) === null,
  );
  return 2 * strange.length < inRange.length ? strange.map(({ code }) => code) : [];
};
