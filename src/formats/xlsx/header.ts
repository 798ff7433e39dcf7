import type { OpeningRow } from "./sheet-rows.ts";

/** A row that says less than this share of what the fullest says is no header. */
const nearlyFull = 0.9;
const halfFull = 0.5;

/** By column, in how many of the rows it is filled: a note beside the table weighs little, and a column of it much. */
const columnWeights = (rows: readonly OpeningRow[]): readonly number[] => {
  const weights: number[] = [];
  for (const { cells } of rows)
    cells.forEach((cell, column) => {
      weights[column] = (weights[column] ?? 0) + (cell.text === "" ? 0 : 1);
    });
  return weights;
};

const filled = ({ cells }: OpeningRow) => cells.filter(({ text }) => text !== "");

const isText = (row: OpeningRow): boolean => filled(row).every(({ kind }) => kind === "text");

/** Whether a row says the same over and over, as names of groups above the names of columns do, and answers. */
const isRepeated = (row: OpeningRow): boolean => {
  const texts = filled(row).map(({ text }) => text);
  return new Set(texts).size * 2 < texts.length;
};

/**
 * The row with the names of the columns: notes may stand above it, below the table and beside it.
 *
 * A row is worth the columns that it fills, each by how often the rows near the top of the sheet fill it. The header is
 * the first row that is worth about as much as the best row of names, or as the best of all rows where names are numbers.
 *
 * @returns the row's number; null for a sheet without content
 */
export const findHeader = (rows: readonly OpeningRow[]): number | null => {
  const weights = columnWeights(rows);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scored = rows.map((row) => ({
    row: row.row,
    text: isText(row),
    repeated: isRepeated(row),
    score: row.cells.reduce((sum, cell, column) => sum + (cell.text === "" ? 0 : weights[column]!), 0),
  }));
  const first = (candidates: typeof scored): number => {
    const best = Math.max(...candidates.map(({ score }) => score));
    return candidates.find(({ score }) => score >= nearlyFull * best)?.row ?? Number.POSITIVE_INFINITY;
  };
  const names = scored.filter(({ text, repeated, score }) => text && !repeated && score >= halfFull * total);
  const numbered = scored.filter(({ text, repeated }) => !(text && repeated));
  const header = Math.min(first(names), first(numbered));
  return Number.isFinite(header) ? header : (rows[0]?.row ?? null);
};
