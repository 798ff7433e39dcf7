import { oneLine, recordSeparators } from "../delivered.ts";
import { type Cell, type CellContext, type CellKind, readCell } from "./cell.ts";
import { cellColumn, rowNumber } from "./cell-place.ts";
import { exceeded, limits } from "./damage.ts";
import { collectRichText, refuseLongCell } from "./text.ts";
import { type Attributes, walkXml } from "./xml.ts";

/** A row near the top of a sheet, of which it is kept what its cells are. */
export interface OpeningRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** The rows of a sheet that are not blank, each in one text, cells from column A on. */
export interface SheetRows {
  /** Numbers of the rows, rising. */
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
  /** The first of them, enough to find the header. */
  readonly opening: readonly OpeningRow[];
  readonly counts: CellCounts;
}

/** What a reader of a sheet should know of its cells. */
export interface CellCounts {
  /** Cells with a formula; what was last computed is read. */
  readonly formulas: number;
  /** Of them, cells for which nothing was stored: they are read as empty. */
  readonly formulasWithoutValue: number;
  /** Cells such as `#N/A`. */
  readonly errors: number;
  /** Numbers that are shown as a date or a time. */
  readonly dates: number;
  /** Numbers beyond 2⁵³, of which a spreadsheet may already have lost the last digits. */
  readonly longNumbers: number;
  /** Ranges of merged cells over several rows: only the first row of each holds the value. */
  readonly merged: number;
}

/** Counts the text of all sheets, because a short cell may refer to a long text again and again. */
export interface TextBudget {
  left: number;
}

const openingRows = 100;
type Tally = { -readonly [K in keyof CellCounts]: CellCounts[K] };
const tallied: Readonly<Partial<Record<CellKind, keyof Tally>>> = {
  error: "errors",
  date: "dates",
  "long-number": "longNumbers",
};

const blank: Cell = { text: "", kind: "empty" };

/** Gathers the cells of the rows as they come. */
const gatherRows = (context: CellContext, budget: TextBudget) => {
  const numbers: number[] = [];
  const texts: string[] = [];
  const opening: OpeningRow[] = [];
  let pieces: string[] = [];
  let written = 0;
  let cells: Cell[] = [];
  const add = (column: number, cell: Cell): void => {
    const text = oneLine(cell.text);
    if (text.trim() === "") return;
    if (column >= limits.columns) throw exceeded(context.place, "columns");
    refuseLongCell(context.place, text);
    pieces.push(recordSeparators.cell.repeat(written === 0 ? column : column + 1 - written), text);
    written = column + 1;
    if (opening.length === openingRows) return;
    while (cells.length < column) cells.push(blank);
    cells.push({ text, kind: cell.kind });
  };
  const endRow = (row: number): void => {
    if (written === 0) return;
    const line = pieces.join("");
    budget.left -= line.length;
    if (budget.left < 0) throw exceeded(context.place, "bytes");
    numbers.push(row);
    texts.push(line);
    if (opening.length < openingRows) opening.push({ row, cells });
    pieces = [];
    written = 0;
    cells = [];
  };
  return { numbers, texts, opening, add, endRow };
};

const within = (path: readonly string[], parent: string, depth: number): boolean =>
  path.length === depth && path[depth - 2] === parent && path[1] === "sheetData";

/** Whether a range such as `B2:C5` has more rows than one. */
const isOverRows = (range: string): boolean => {
  const [, first, last] = /^\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)$/i.exec(range) ?? [];
  return first !== last;
};

/** Reads a sheet in one pass. Nothing is reserved for what the sheet says of its size; only rows with content are kept. */
export const readSheetRows = (part: Uint8Array, context: CellContext, budget: TextBudget): SheetRows => {
  const { place } = context;
  const counts: Tally = { formulas: 0, formulasWithoutValue: 0, errors: 0, dates: 0, longNumbers: 0, merged: 0 };
  const rows = gatherRows(context, budget);
  const rich = collectRichText("is");
  let row = 0;
  let column = -1;
  let attributes: Attributes = {};
  let value: string | null = null;
  let inline: string | null = null;
  let formula = false;

  const endCell = (): void => {
    const raw = { type: attributes["t"] ?? "n", style: Number(attributes["s"] ?? 0), value, inline };
    const cell = readCell(raw, context);
    const counted = tallied[cell.kind];
    if (counted) counts[counted] += 1;
    if (formula) counts.formulas += 1;
    if (formula && cell.kind === "empty") counts.formulasWithoutValue += 1;
    rows.add(column, cell);
  };
  const open = (path: readonly string[], found: Attributes): void => {
    const name = path.at(-1);
    if (name === "row" && within(path, "sheetData", 3)) {
      row = rowNumber(place, found["r"], row);
      column = -1;
    } else if (name === "c" && within(path, "row", 4)) {
      column = cellColumn(place, found["r"], row, column);
      attributes = found;
      value = null;
      inline = null;
      formula = false;
    } else if (name === "v" && within(path, "c", 5)) value = "";
    else if (name === "f" && within(path, "c", 5)) formula = true;
    else if (name === "mergeCell") counts.merged += Number(isOverRows(found["ref"] ?? ""));
    else rich.open(path, found);
  };
  const text = (piece: string, path: readonly string[]): void => {
    if (path.at(-1) === "v" && within(path, "c", 5)) value = (value ?? "") + piece;
    else rich.text(piece, path);
  };
  const close = (path: readonly string[]): void => {
    const name = path.at(-1);
    if (name === "c" && within(path, "row", 4)) endCell();
    else if (name === "row" && within(path, "sheetData", 3)) rows.endRow(row);
    else if (name === "is" && within(path, "c", 5)) inline = rich.take();
    else rich.close(path);
  };
  walkXml(place, part, { open, text, close });
  return { numbers: rows.numbers, texts: rows.texts, opening: rows.opening, counts };
};
