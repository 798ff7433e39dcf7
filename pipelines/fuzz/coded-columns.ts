import type { Chance } from "./chance.ts";
import { answerLabels, type Table } from "./made-study.ts";

/** A choice of a question: its code, its label, and which answer of the instrument it is, if it is one. */
export interface Choice {
  readonly code: string;
  readonly label: string;
  readonly answer: number | null;
}

/** A table in which codes stand for answers, as survey systems have them, and what the codes of each column mean. */
export interface CodedTable {
  readonly table: Table;
  /** By column; null for one that is not of coded answers. */
  readonly choices: readonly (readonly Choice[] | null)[];
}

const missingLabels = { "998": "Ved ikke", "999": "Findes ikke på vores område" } as const;

const answerIn = (cell: string): number =>
  /^[1-5]$/.test(cell) ? Number(cell) : answerLabels.findIndex((both) => both.some((label) => label === cell)) + 1;
const missingIn = (cell: string): string | undefined =>
  Object.entries(missingLabels).find(([code, label]) => cell === code || cell === label)?.[0];

const isCoded = (cells: readonly string[]): boolean =>
  cells.some((cell) => answerIn(cell) > 0 && cell.length > 1) &&
  cells.every((cell) => cell === "" || answerIn(cell) > 0 || missingIn(cell) !== undefined);

/**
 * Replaces answers and kinds of missing by codes.
 *
 * @param codeOf the code of an answer
 * @param labelOf what the survey words it as; null for the words of the instrument
 */
export const codedTable = (
  { header, rows }: Table,
  chance: Chance,
  codeOf: (answer: number) => string,
  labelOf: ((answer: number) => string) | null = null,
): CodedTable => {
  const language = chance.below(2);
  const own = answerLabels.map(
    (both, k): Choice => ({
      code: codeOf(k + 1),
      label: labelOf?.(k + 1) ?? both[language]!,
      answer: k + 1,
    }),
  );
  const others = Object.entries(missingLabels).map(([code, label]): Choice => ({ code, label, answer: null }));
  const coded = header.map((_, column) => isCoded(rows.map((cells) => cells[column] ?? "")));
  const cellOf = (cell: string): string => {
    const answer = answerIn(cell);
    return answer > 0 ? codeOf(answer) : (missingIn(cell) ?? "");
  };
  return {
    table: { header, rows: rows.map((cells) => cells.map((cell, column) => (coded[column] ? cellOf(cell) : cell))) },
    choices: coded.map((one) => (one ? [...own, ...others] : null)),
  };
};

/** Adds columns that a system writes beside the answers. */
export const withColumns = (
  { header, rows }: Table,
  names: readonly string[],
  cells: (row: number) => readonly string[],
): Table => ({ header: [...names, ...header], rows: rows.map((row, k) => [...cells(k), ...row]) });
