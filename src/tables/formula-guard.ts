/** What a spreadsheet takes for the beginning of a formula; a number may begin so too, and is none. */
const formulaStart = /^[=+\-@\t\r]/;
const number = /^[+-]?\d+([.,]\d+)*$/;
const guard = "'";

/** The text of a cell that no spreadsheet takes for a formula. */
export const guarded = (cell: string): string => (formulaStart.test(cell) && !number.test(cell) ? guard + cell : cell);

/** The cell as it was before it was guarded. */
export const unguarded = (cell: string): string =>
  cell.startsWith(guard) && formulaStart.test(cell.slice(1)) ? cell.slice(1) : cell;
