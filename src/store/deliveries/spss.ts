import type { Problem } from "../../errors.ts";
import { recordSeparators } from "../../formats/delivered.ts";
import { readSpss, type SpssNote } from "../../formats/spss/spss.ts";
import { tidyText } from "../../study/fold.ts";
import { chunksOf } from "../file-hash.ts";
import type { SourceFile } from "./copy.ts";
import type { DeliveredTable } from "./delivered-table.ts";

const warningOf =
  (file: string) =>
  (note: SpssNote): Problem => {
    if (note.what === "code-page-guessed") return { code: "code-page-guessed", place: { file } };
    const { what, column, cells } = note;
    return { code: "cells-emptied", place: { file, column }, cells, why: what };
  };

/** Opens an SPSS system file; a case is on the line of its number. */
export const openSpss = async (file: SourceFile): Promise<DeliveredTable> => {
  const { encoding, columns, notes, records } = await readSpss(file.name, () => chunksOf(file.path));
  return {
    format: "spss",
    encoding,
    dialect: { separator: recordSeparators.cell, quoted: false, ordinaryLines: new Set() },
    columns: columns.map((column) => ({ ...column, name: tidyText(column.name) })),
    nested: [],
    headerLine: 1,
    firstLine: 1,
    beginning: [],
    warnings: () => notes().map(warningOf(file.name)),
    text: records,
  };
};
