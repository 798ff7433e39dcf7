import { foldText, tidyText } from "../study/fold.ts";
import { nearest } from "../study/nearest.ts";
import type { Condition } from "../study/study.ts";
import { isMissingText } from "./answers.ts";
import { numberIn } from "./numbers.ts";

const wholeNumber = /^-?(?:0|[1-9]\d*)$/;

/** Whether a cell has a value; `2.0` has the value `2`, but `02` is another text. */
const hasValue = (cell: string, value: string): boolean => {
  const written = tidyText(value);
  if (cell === written) return true;
  const wanted = written.replace(/[.,]0+$/, "");
  if (wholeNumber.test(wanted) && cell === wanted) return true;
  return wholeNumber.test(wanted) && /^[.,]0+$/.test(cell.slice(wanted.length)) && cell.startsWith(wanted);
};

/** A draft is one whatever its case. */
const isExcluded = (cell: string, value: string): boolean =>
  hasValue(cell, value) || foldText(cell) === foldText(value);

/** Databases write a date that is not there as one of zeros. */
const isAnswered = (cell: string): boolean => cell !== "" && !isMissingText(cell) && !/^0000-00-00/.test(cell);

const listOf = (values: string | readonly string[]): readonly string[] =>
  typeof values === "string" ? [values] : values;

const isNot = (condition: Condition): condition is { readonly not: string | readonly string[] } =>
  typeof condition === "object" && "not" in condition;

/** Whether the row of a cell is meant. */
export const meets = (condition: Condition, cell: string): boolean => {
  const text = tidyText(cell);
  if (condition === "answered") return isAnswered(text);
  if (isNot(condition)) return !listOf(condition.not).some((value) => isExcluded(text, value));
  return listOf(condition).some((value) => hasValue(text, value));
};

/** The value that a cell which is not meant almost has; null where there is none. */
export const nearValue = (condition: Condition, cell: string): string | null => {
  if (isNot(condition) || meets(condition, cell)) return null;
  const wanted = listOf(condition);
  const alike = wanted.find((value) => foldText(value) === foldText(cell));
  if (alike !== undefined) return alike;
  const text = tidyText(cell);
  return text.length < 3 || numberIn(text, ".") !== null ? null : (nearest(text, wanted) ?? null);
};
