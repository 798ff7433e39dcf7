import { readFile } from "node:fs/promises";
import { type Problem, Refusal } from "../../errors.ts";
import { describeColumns } from "../../formats/codebook.ts";
import { recordSeparators } from "../../formats/delivered.ts";
import { surveyxactCodebook, surveyxactRole } from "../../formats/surveyxact.ts";
import { bindSheets, datasetSheets } from "../../formats/xlsx/bind-sheets.ts";
import { limits } from "../../formats/xlsx/damage.ts";
import type { Sheet, SheetNotes } from "../../formats/xlsx/sheet.ts";
import { readWorkbook, type Workbook } from "../../formats/xlsx/workbook.ts";
import { tidyText } from "../../study/fold.ts";
import type { ReadingOptions } from "../../study/study.ts";
import type { SourceFile } from "./copy.ts";
import type { DeliveredTable, VendorCodebook } from "./delivered-table.ts";

const noteKinds = [
  "formulas",
  "formulasWithoutValue",
  "errors",
  "rowsAbove",
  "rowsBelow",
  "longNumbers",
  "merged",
] as const satisfies readonly (keyof SheetNotes)[];
/** Something on a sheet besides its table, or in cells of it, that a reader should know. */
export type SheetNote = (typeof noteKinds)[number] | "beside";

type NoteProblem = Extract<Problem, { code: "sheet-note" }>;

const warningsOf = (file: string, { name, notes }: Sheet): readonly NoteProblem[] => {
  const note = (what: SheetNote, count: number): NoteProblem => ({
    code: "sheet-note",
    place: { file, column: name },
    what,
    count,
  });
  return [
    ...noteKinds.flatMap((what) => (notes[what] > 0 ? [note(what, notes[what])] : [])),
    ...(notes.beside.cells > 0 ? [note("beside", notes.beside.cells)] : []),
  ];
};

/** The sheets of a SurveyXact workbook that say what columns and codes mean. */
const ownCodebook = ({ sheets }: Workbook): VendorCodebook | null => {
  const rowsOf = (role: "structure" | "labels") =>
    sheets.map((sheet) => sheet.everyRow()).find((rows) => surveyxactRole(rows) === role) ?? null;
  const structure = rowsOf("structure");
  if (structure === null) return null;
  return { format: "surveyxact", codebook: surveyxactCodebook(structure, rowsOf("labels")) };
};

/** Visible sheets with the same columns as the one that is read, of which nothing is read. */
const otherTables = ({ sheets }: Workbook, read: Sheet): number => {
  const names = (sheet: Sheet): string => JSON.stringify(sheet.columns.map(({ name }) => name));
  return sheets.filter(
    (sheet) => !sheet.hidden && sheet.name !== read.name && sheet.rows > 0 && names(sheet) === names(read),
  ).length;
};

const tableOf = (file: string, workbook: Workbook, options: ReadingOptions): Sheet => {
  const [first, ...others] = options.sheet === null ? datasetSheets(workbook) : [];
  return first === undefined ? workbook.chosen : bindSheets(file, [first, ...others]);
};

/** Opens a workbook; a record is on the line of its row. */
export const openWorkbookFile = async (
  file: SourceFile,
  options: ReadingOptions,
  codebook: VendorCodebook | null,
): Promise<DeliveredTable> => {
  if (file.bytes > limits.bytes)
    throw new Refusal({ code: "limit-exceeded", place: { file: file.name }, what: "bytes", limit: limits.bytes });
  const workbook = readWorkbook(file.name, await readFile(file.path), {
    sheet: options.sheet,
    headerRow: options.header,
  });
  const sheet = tableOf(file.name, workbook, options);
  const vendor = codebook ?? ownCodebook(workbook);
  const names = sheet.columns.map(({ name }) => tidyText(name));
  const others = options.sheet === null ? otherTables(workbook, sheet) : 0;
  const other = {
    code: "sheet-note",
    place: { file: file.name, column: sheet.name },
    what: "otherSheets",
    count: others,
  } as const;
  const notes = warningsOf(file.name, sheet).filter(({ what }) => what !== "rowsAbove" || options.header === null);
  const warnings = [...notes, ...(others > 0 ? [other] : [])];
  return {
    format: vendor?.format ?? "xlsx",
    encoding: "xlsx",
    dialect: { separator: recordSeparators.cell, quoted: false, ordinaryLines: new Set() },
    columns: vendor
      ? describeColumns(names, vendor.codebook)
      : sheet.columns.map((column, k) => ({ ...column, name: names[k] ?? "" })),
    nested: [],
    headerLine: sheet.headerRow,
    firstLine: sheet.headerRow + 1,
    beginning: [],
    warnings: () => warnings,
    text: async function* () {
      yield* sheet.records();
    },
  };
};
