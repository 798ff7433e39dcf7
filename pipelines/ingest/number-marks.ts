import { type Place, Refusal } from "../../src/errors.ts";
import type { AnswerRules } from "../../src/formats/answers.ts";
import { type DecimalMark, markOf, numberIn } from "../../src/formats/numbers.ts";

/** What the numbers of a column show of their decimal mark. */
export interface NumberMarks {
  /** Place of the first text that can only be read with the mark, among the column's texts; -1 for none. */
  readonly first: Readonly<Record<DecimalMark, number>>;
  /** Place of the first text of which both readings are in the range; -1 for none. */
  readonly either: number;
  /** Whether a number that could be either was read with the mark. */
  readonly taken: Readonly<Record<DecimalMark, boolean>>;
}

/** Which numbers a column may hold, and how their marks are taken. */
export type Bounds = Pick<AnswerRules, "decimal" | "likely" | "low" | "high">;

/** Watches the numbers of a column for the mark that they show. */
export const numberMarks = (bounds: Bounds) => {
  const first = { ".": -1, ",": -1 };
  let either = -1;
  const taken = { ".": false, ",": false };
  return {
    add: (text: string, place: number): void => {
      const mark = markOf(text);
      if (mark === null || mark === "none" || /^[+-]?\d+[.,]0{1,2}$/.test(text)) return;
      if (mark !== "either") {
        if (first[mark] < 0) first[mark] = place;
        return;
      }
      const fits = (one: DecimalMark): boolean => {
        const value = numberIn(text, one) ?? Number.NaN;
        return value >= bounds.low && value <= bounds.high;
      };
      if (either < 0 && fits(".") && fits(",")) either = place;
      taken[fits(".") === fits(",") ? bounds.likely : fits(".") ? "." : ","] = true;
    },
    marks: (): NumberMarks => ({ first: { ...first }, either, taken: { ...taken } }),
  };
};

/**
 * The decimal mark of a column whose texts have all been seen; null where it makes no difference. Refuses a column in
 * which both marks stand, or one number could be two.
 *
 * @param certain the mark where no number of the column decides; null where that cannot be known
 */
export const decimalOf = (
  { first, either }: NumberMarks,
  lineOf: (place: number) => number,
  place: Place,
  certain: DecimalMark | null,
): DecimalMark | null => {
  const [point, comma] = [first["."], first[","]];
  if (point >= 0 && comma >= 0)
    throw new Refusal({ code: "numbers-mixed", place, lines: [lineOf(point), lineOf(comma)] });
  if (point >= 0 || comma >= 0) return point >= 0 ? "." : ",";
  if (certain !== null) return certain;
  if (either >= 0) throw new Refusal({ code: "numbers-ambiguous", place: { ...place, line: lineOf(either) } });
  return null;
};
