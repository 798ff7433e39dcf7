import { damaged } from "./damage.ts";
import { asRecords, type Sheet, type SheetNotes, type TableRow } from "./sheet.ts";
import type { Workbook } from "./workbook.ts";

const datasetName = /^dataset ?(?:\((\d+)\))?$/i;

/** The sheets over which SurveyXact spreads a wide table, `Dataset` or `Dataset(1)`, `Dataset(2)`, …, in their order. */
export const datasetSheets = ({ sheets }: Workbook): readonly Sheet[] =>
  sheets
    .flatMap((sheet) => {
      const found = datasetName.exec(sheet.name.trim());
      return found ? [{ sheet, place: Number(found[1] ?? 0) }] : [];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ sheet }) => sheet);

const added = (a: SheetNotes, b: SheetNotes): SheetNotes => ({
  formulas: a.formulas + b.formulas,
  formulasWithoutValue: a.formulasWithoutValue + b.formulasWithoutValue,
  errors: a.errors + b.errors,
  dates: a.dates + b.dates,
  longNumbers: a.longNumbers + b.longNumbers,
  merged: a.merged + b.merged,
  rowsAbove: Math.max(a.rowsAbove, b.rowsAbove),
  rowsBelow: Math.max(a.rowsBelow, b.rowsBelow),
  beside: { cells: a.beside.cells + b.beside.cells, first: a.beside.first ?? b.beside.first },
});

/** Rows that stand in either sheet, those of one padded where the other has none. */
function* paired(left: Sheet, right: Sheet) {
  const [a, b] = [left.tableRows()[Symbol.iterator](), right.tableRows()[Symbol.iterator]()];
  let [l, r] = [a.next(), b.next()];
  const blank = (row: number, width: number): TableRow => ({ row, cells: Array(width).fill(""), filled: 0 });
  while (!l.done || !r.done) {
    const row = Math.min(
      l.done ? Number.POSITIVE_INFINITY : l.value.row,
      r.done ? Number.POSITIVE_INFINITY : r.value.row,
    );
    const inLeft = !l.done && l.value.row === row;
    const inRight = !r.done && r.value.row === row;
    yield {
      row,
      left: inLeft ? (l.value as TableRow) : blank(row, left.columns.length),
      right: inRight ? (r.value as TableRow) : blank(row, right.columns.length),
    };
    if (inLeft) l = a.next();
    if (inRight) r = b.next();
  }
}

const bindTwo = (file: string, left: Sheet, right: Sheet): Sheet => {
  const refuse = () => damaged({ file }, "sheets-differ");
  if (left.headerRow !== right.headerRow) throw refuse();
  const places = new Map(left.columns.map(({ name }, k) => [name, k]));
  const shared = right.columns.flatMap(({ name }, k) => {
    const at = name === "" ? undefined : places.get(name);
    return at === undefined ? [] : [{ left: at, right: k }];
  });
  if (shared.length === 0 && left.lastRow !== right.lastRow) throw refuse();
  const repeated = new Set(shared.map((each) => each.right));
  const own = (_: unknown, k: number): boolean => !repeated.has(k);
  let rows = 0;
  for (const pair of paired(left, right)) {
    rows += 1;
    if (shared.some((each) => pair.left.cells[each.left] !== pair.right.cells[each.right])) throw refuse();
  }
  function* tableRows() {
    for (const { row, left: l, right: r } of paired(left, right))
      yield { row, cells: [...l.cells, ...r.cells.filter(own)], filled: l.filled + r.filled };
  }
  const { headerRow } = left;
  const lastRow = Math.max(left.lastRow, right.lastRow);
  return {
    name: left.name,
    hidden: left.hidden,
    headerRow,
    columns: [...left.columns, ...right.columns.filter(own)],
    rows,
    notes: added(left.notes, right.notes),
    lastRow,
    tableRows,
    records: () => asRecords({ tableRows, headerRow, lastRow }),
    everyRow: left.everyRow,
  };
};

/**
 * Puts the columns of sheets side by side, row by row. Columns that stand in several sheets must say the same in every
 * row and are kept once; sheets without such a column must end in the same row.
 */
export const bindSheets = (file: string, sheets: readonly [Sheet, ...Sheet[]]): Sheet =>
  sheets.reduce((left, right) => bindTwo(file, left, right));
