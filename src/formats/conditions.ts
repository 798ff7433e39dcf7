import { foldText, tidyText } from "../study/fold.ts";
import { nearest } from "../study/nearest.ts";
import type { Condition } from "../study/study.ts";
import { numberIn } from "./numbers.ts";

/** Whether a cell has a value; `2.0` has the value `2`. */
const hasValue = (cell: string, value: string): boolean => {
  const wanted = tidyText(value);
  if (cell === wanted) return true;
  const [one, other] = [numberIn(cell, "."), numberIn(wanted, ".")];
  return one !== null && one === other;
};

const listOf = (values: string | readonly string[]): readonly string[] =>
  typeof values === "string" ? [values] : values;

const isNot = (condition: Condition): condition is { readonly not: string | readonly string[] } =>
  typeof condition === "object" && "not" in condition;

/** Whether the row of a cell is meant. */
export const meets = (condition: Condition, cell: string): boolean => {
  const text = tidyText(cell);
  if (condition === "answered") return text !== "";
  if (isNot(condition)) return !listOf(condition.not).some((value) => hasValue(text, value));
  return listOf(condition).some((value) => hasValue(text, value));
};

/** The value that a cell which is not meant almost has; null where there is none. */
export const nearValue = (condition: Condition, cell: string): string | null => {
  if (condition === "answered" || isNot(condition) || meets(condition, cell)) return null;
  const wanted = listOf(condition);
  const alike = wanted.find((value) => foldText(value) === foldText(cell));
  if (alike !== undefined) return alike;
  const text = tidyText(cell);
  return text.length < 3 || numberIn(text, ".") !== null ? null : (nearest(text, wanted) ?? null);
};
