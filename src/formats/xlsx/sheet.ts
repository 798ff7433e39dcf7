import { type FileColumn, plainColumn, recordSeparators } from "../delivered.ts";
import { columnLetters } from "./cell-place.ts";
import { findHeader } from "./header.ts";
import type { CellCounts, SheetRows } from "./sheet-rows.ts";

/** What stands on a sheet besides its table. */
export interface SheetNotes extends CellCounts {
  /** Rows with content above the header. */
  readonly rowsAbove: number;
  /** Rows with few cells after a blank row, below the table; they are given as records with too few cells. */
  readonly rowsBelow: number;
  /** Cells beside the table in its rows, which no record holds, and the first of them, such as `H6`. */
  readonly beside: { readonly cells: number; readonly first: string | null };
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly headerRow: number;
  /** From the header's first to its last cell; the name is empty where a cell between them is. */
  readonly columns: readonly FileColumn[];
  /** Rows below the header that are not blank. */
  readonly rows: number;
  readonly notes: SheetNotes;
  /** The last row of the table; what stands below it are notes. */
  readonly lastRow: number;
  /** The rows below the header that are not blank, cut to the table. */
  readonly tableRows: () => Iterable<TableRow>;
  /** Text records, the first of row `headerRow + 1`, in pieces; a blank row is a blank line. */
  readonly records: () => Generator<Uint8Array>;
  /** Every row of the sheet that is not blank, from column A on and without a header: for a code book. */
  readonly everyRow: () => readonly (readonly string[])[];
}

/** A row below the header, cut to the table. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly filled: number;
}

const { cell: between, record: recordEnd } = recordSeparators;
const pieceSize = 1 << 16;

const cut = (text: string, first: number, width: number): { readonly cells: string[]; readonly outside: number[] } => {
  const all = text.split(between);
  const cells = all.slice(first, first + width);
  while (cells.length < width) cells.push("");
  const outside: number[] = [];
  for (let column = 0; column < Math.min(first, all.length); column += 1) if (all[column]) outside.push(column);
  for (let column = first + width; column < all.length; column += 1) if (all[column]) outside.push(column);
  return { cells, outside };
};

/** A note below a table fills a cell or two; in a narrow table, one. */
const fewCells = (width: number): number => (width >= 4 ? 2 : width - 1);

/** Where the table ends, as its rows come: with the last run of rows without a blank one that holds more than notes. */
const findTableEnd = (headerRow: number, width: number) => {
  let last = headerRow;
  let before: number | null = null;
  let inTable = true;
  let count = 0;
  let below = 0;
  const add = (row: number, filled: number): void => {
    if (before !== null && row > before + 1) inTable = false;
    if (filled > fewCells(width)) inTable = true;
    if (inTable) last = row;
    below = inTable ? 0 : below + 1;
    count += 1;
    before = row;
  };
  return { add, end: () => ({ lastRow: last, rows: count, rowsBelow: below }) };
};

/** A note below the table keeps its own cells only, so that it has too few. */
const recordText = ({ row, cells }: TableRow, lastRow: number): string =>
  (row > lastRow ? cells.filter((cell) => cell !== "") : cells).join(between);

/** Lines of records as bytes; rows that are not given become blank lines. */
export function* asRecords({
  tableRows,
  headerRow,
  lastRow,
}: Pick<Sheet, "tableRows" | "headerRow" | "lastRow">): Generator<Uint8Array> {
  let line = headerRow + 1;
  let piece: string[] = [];
  let size = 0;
  for (const each of tableRows()) {
    for (; line <= each.row; line += 1) {
      const text = line === each.row ? recordText(each, lastRow) : "";
      piece.push(text, recordEnd);
      size += text.length + 1;
      if (size < pieceSize) continue;
      yield Buffer.from(piece.join(""));
      piece = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.from(piece.join(""));
}

interface Table {
  readonly headerRow: number;
  readonly first: number;
  readonly columns: readonly FileColumn[];
}

const tableAt = ({ numbers, texts }: SheetRows, headerRow: number): Table => {
  const header = (texts[numbers.indexOf(headerRow)] ?? "").split(between);
  const first = Math.max(
    0,
    header.findIndex((name) => name !== ""),
  );
  const names = header.slice(first).map((name) => name.trim());
  return { headerRow, first, columns: names.length === 1 && names[0] === "" ? [] : names.map(plainColumn) };
};

const countFilled = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + (cell === "" ? 0 : 1), 0);

/** Rows of a table in order, blank ones left out. */
function* tableRows({ numbers, texts }: SheetRows, { headerRow, first, columns }: Table): Generator<TableRow> {
  for (let k = 0; k < numbers.length; k += 1) {
    if (numbers[k]! <= headerRow) continue;
    const { cells } = cut(texts[k]!, first, columns.length);
    const filled = countFilled(cells);
    if (filled > 0) yield { row: numbers[k]!, cells, filled };
  }
}

/** Goes through the rows below the header once, for where the table ends and what stands beside it. */
const surveyRows = ({ numbers, texts, counts }: SheetRows, { headerRow, first, columns }: Table) => {
  const table = findTableEnd(headerRow, columns.length);
  let beside = 0;
  let firstBeside: string | null = null;
  texts.forEach((text, k) => {
    const row = numbers[k]!;
    if (row <= headerRow) return;
    const { cells, outside } = cut(text, first, columns.length);
    const filled = countFilled(cells);
    if (filled > 0) table.add(row, filled);
    beside += outside.length;
    if (outside.length > 0) firstBeside ??= `${columnLetters(outside[0]!)}${row}`;
  });
  const { lastRow, rows, rowsBelow } = table.end();
  const rowsAbove = numbers.filter((row) => row < headerRow).length;
  return { lastRow, rows, notes: { ...counts, rowsAbove, rowsBelow, beside: { cells: beside, first: firstBeside } } };
};

/** A sheet whose header stands in a given row, or in the one that looks like it. */
export const sheetOf = (name: string, hidden: boolean, rows: SheetRows, givenHeader: number | null): Sheet => {
  const table = tableAt(rows, givenHeader ?? findHeader(rows.opening) ?? 1);
  const { headerRow, columns } = table;
  const surveyed = surveyRows(rows, table);
  const rowsOfTable = () => tableRows(rows, table);
  return {
    name,
    hidden,
    headerRow,
    columns,
    ...surveyed,
    tableRows: rowsOfTable,
    records: () => asRecords({ tableRows: rowsOfTable, headerRow, lastRow: surveyed.lastRow }),
    everyRow: () => rows.texts.map((text) => text.split(between)),
  };
};
