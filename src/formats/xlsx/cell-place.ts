import type { Place } from "../../errors.ts";
import { damaged, exceeded, limits } from "./damage.ts";

/** The last column that a spreadsheet has, XFD. */
const lastColumn = 16_384;

/** Letters of a column that is counted from 0. */
export const columnLetters = (column: number): string => {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnLetters(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
};

/** The number of a row; one without a number follows the row before it. */
export const rowNumber = (place: Place, written: string | undefined, before: number): number => {
  if (written !== undefined && !/^\d{1,15}$/.test(written)) throw damaged(place, "cell-place");
  const row = written === undefined ? before + 1 : Number(written);
  if (row <= before) throw damaged(place, "cell-place");
  if (row > limits.rows) throw exceeded(place, "rows");
  return row;
};

/** The column, from 0, of a cell such as `B7`; one without a place follows the cell before it. */
export const cellColumn = (place: Place, written: string | undefined, row: number, before: number): number => {
  let column = before + 1;
  if (written !== undefined) {
    let k = 0;
    let letters = 0;
    for (let code = written.charCodeAt(0); code >= 65 && code <= 90 && k < 4; code = written.charCodeAt(k)) {
      letters = letters * 26 + code - 64;
      k += 1;
    }
    if (written.slice(k) !== String(row)) throw damaged(place, "cell-place");
    column = letters - 1;
  }
  if (column <= before || column >= lastColumn) throw damaged(place, "cell-place");
  return column;
};
