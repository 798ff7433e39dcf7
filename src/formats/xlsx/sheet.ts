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

/** The last row of the table: where the last run of rows without a blank one ends that holds more than notes. */
const lastTableRow = (rows: Iterable<TableRow>, headerRow: number, width: number): number => {
  let last = headerRow;
  let before = headerRow;
  let inTable = true;
  let started = false;
  for (const { row, filled } of rows) {
    if (started && row > before + 1) inTable = false;
    if (filled > fewCells(width)) inTable = true;
    if (inTable) last = row;
    started = true;
    before = row;
  }
  return last;
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

/** Rows of a table in order, blank ones left out. */
function* tableRows({ numbers, texts }: SheetRows, { headerRow, first, columns }: Table): Generator<TableRow> {
  for (let k = 0; k < numbers.length; k += 1) {
    if (numbers[k]! <= headerRow) continue;
    const { cells } = cut(texts[k]!, first, columns.length);
    const filled = cells.reduce((sum, cell) => sum + (cell === "" ? 0 : 1), 0);
    if (filled > 0) yield { row: numbers[k]!, cells, filled };
  }
}

const besideTable = ({ numbers, texts }: SheetRows, { headerRow, first, columns }: Table): SheetNotes["beside"] => {
  let cells = 0;
  let place: string | null = null;
  texts.forEach((text, k) => {
    if (numbers[k]! <= headerRow) return;
    const { outside } = cut(text, first, columns.length);
    cells += outside.length;
    if (outside.length > 0) place ??= `${columnLetters(outside[0]!)}${numbers[k]}`;
  });
  return { cells, first: place };
};

const notesOf = (rows: SheetRows, table: Table, below: number): SheetNotes => ({
  ...rows.counts,
  rowsAbove: rows.numbers.filter((row) => row < table.headerRow).length,
  rowsBelow: below,
  beside: besideTable(rows, table),
});

/** A sheet whose header stands in a given row, or in the one that looks like it. */
export const sheetOf = (name: string, hidden: boolean, rows: SheetRows, givenHeader: number | null): Sheet => {
  const table = tableAt(rows, givenHeader ?? findHeader(rows.opening) ?? 1);
  const { headerRow, columns } = table;
  const rowsOfTable = () => tableRows(rows, table);
  const lastRow = lastTableRow(rowsOfTable(), headerRow, columns.length);
  let count = 0;
  let below = 0;
  for (const { row } of rowsOfTable()) {
    count += 1;
    if (row > lastRow) below += 1;
  }
  return {
    name,
    hidden,
    headerRow,
    columns,
    rows: count,
    notes: notesOf(rows, table, below),
    lastRow,
    tableRows: rowsOfTable,
    records: () => asRecords({ tableRows: rowsOfTable, headerRow, lastRow }),
    everyRow: () => rows.texts.map((text) => text.split(between)),
  };
};
