import { foldText } from "../study/fold.ts";

/** A number, an address or a day: what a person answers, not what a column is called. */
const value = /^([-+]?\d+([.,:/-]\d+)*|\S+@\S+)$/;

/**
 * Whether cells that should name columns are a row of answers: most are numbers, one is an address, or half stand there
 * more than once. What such a row says is of a person, so no message may repeat it.
 */
export const resemblesAnswers = (cells: readonly string[]): boolean => {
  const texts = cells.map(foldText).filter((text) => text !== "");
  const values = texts.filter((text) => value.test(text)).length;
  return (
    2 * values >= texts.length || texts.some((text) => text.includes("@")) || 2 * new Set(texts).size <= texts.length
  );
};
