import { type Place, Refusal } from "../../errors.ts";
import { withNearest } from "../../study/nearest.ts";
import type { CellContext } from "./cell.ts";
import { limits } from "./damage.ts";
import { readStyles } from "./number-format.ts";
import { openWorkbook } from "./package.ts";
import { type Sheet, sheetOf } from "./sheet.ts";
import { readSheetRows, type SheetRows, type TextBudget } from "./sheet-rows.ts";
import { readSharedStrings } from "./text.ts";

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** The sheet that was asked for, or else the first visible one with rows. */
  readonly chosen: Sheet;
}

/** What a study file says of a workbook; null where it leaves that to the workbook. */
export interface WantedSheet {
  readonly sheet: string | null;
  readonly headerRow: number | null;
}

interface NamedRows {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: SheetRows;
}

const readSheets = (place: Place, bytes: Uint8Array): readonly NamedRows[] => {
  const { archive, sheets, sharedStrings, styles, from1904 } = openWorkbook(place, bytes);
  const context: CellContext = {
    place,
    strings: sharedStrings === null ? [] : readSharedStrings(place, archive.read(sharedStrings)),
    styles: styles === null ? [] : readStyles(place, archive.read(styles)),
    from1904,
  };
  const budget: TextBudget = { left: limits.bytes };
  return sheets.map(({ name, hidden, part }) => ({
    name,
    hidden,
    rows: readSheetRows(archive.read(part), context, budget),
  }));
};

const choose = (place: Place, sheets: readonly Sheet[], wanted: string | null): Sheet => {
  if (wanted !== null) {
    const named = sheets.find(({ name }) => name === wanted);
    if (named) return named;
    const allowed = sheets.map(({ name }) => name);
    throw new Refusal({
      code: "reference-unknown",
      place,
      kind: "sheet",
      id: wanted,
      ...withNearest(wanted, allowed),
      allowed,
    });
  }
  const filled = sheets.filter(({ columns }) => columns.length > 0);
  const withRows = filled.filter(({ rows }) => rows > 0);
  const chosen = withRows.find(({ hidden }) => !hidden) ?? withRows[0] ?? filled[0];
  if (!chosen) throw new Refusal({ code: "file-empty", place });
  return chosen;
};

const withHeader = (place: Place, { name, hidden, rows }: NamedRows, headerRow: number): Sheet => {
  if (!rows.numbers.includes(headerRow))
    throw new Refusal({
      code: "value-invalid",
      place: { ...place, line: headerRow },
      key: "headerRow",
      expected: "filled-row",
    });
  return sheetOf(name, hidden, rows, headerRow);
};

/**
 * Reads a workbook (.xlsx): every sheet with its header, its rows as text and what stands beside them.
 *
 * @param file as the user named it, for what is said of it
 * @throws Refusal where it is damaged, holds more than is read, is a workbook of another kind, or has no content
 */
export const readWorkbook = (file: string, bytes: Uint8Array, wanted: WantedSheet): Workbook => {
  const place = { file };
  const read = readSheets(place, bytes);
  const sheets = read.map(({ name, hidden, rows }) => sheetOf(name, hidden, rows, null));
  const chosen = choose(place, sheets, wanted.sheet);
  if (wanted.headerRow === null) return { sheets, chosen };
  const at = sheets.indexOf(chosen);
  const headed = withHeader(place, read[at]!, wanted.headerRow);
  return { sheets: sheets.with(at, headed), chosen: headed };
};
