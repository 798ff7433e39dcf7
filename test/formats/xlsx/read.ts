import { Refusal } from "../../../src/errors.ts";
import type { Sheet } from "../../../src/formats/xlsx/sheet.ts";
import { readWorkbook, type WantedSheet, type Workbook } from "../../../src/formats/xlsx/workbook.ts";
import { type WrittenWorkbook, workbookFile } from "./write-workbook.ts";

const file = "svar.xlsx";

export const read = (bytes: Uint8Array, wanted: Partial<WantedSheet> = {}): Workbook =>
  readWorkbook(file, bytes, { sheet: null, headerRow: null, ...wanted });

export const readWritten = (workbook: WrittenWorkbook, wanted: Partial<WantedSheet> = {}): Workbook =>
  read(workbookFile(workbook), wanted);

/** The text records of a sheet, by line. */
export const linesOf = (sheet: Sheet): string[][] =>
  Buffer.concat([...sheet.records()])
    .toString("utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => (line === "" ? [] : line.split("\x1f")));

export const namesOf = (sheet: Sheet): string[] => sheet.columns.map(({ name }) => name);

/** Why something was refused, as `code` or `code: detail`; anything else that was thrown is a bug, and thrown on. */
export const refusal = (attempt: () => unknown): string | null => {
  try {
    attempt();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [problem] = error.problems;
    if (problem!.code === "file-damaged") return `${problem!.code}: ${problem!.cause}`;
    if (problem!.code === "limit-exceeded" || problem!.code === "not-a-table")
      return `${problem!.code}: ${problem!.what}`;
    return problem!.code;
  }
};
