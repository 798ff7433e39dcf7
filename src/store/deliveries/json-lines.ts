import { recordSeparators } from "../../formats/delivered.ts";
import { examineJsonLines, jsonLineRecords } from "../../formats/json-lines.ts";
import { tidyText } from "../../study/fold.ts";
import { chunksOf } from "../file-hash.ts";
import type { SourceFile } from "./copy.ts";
import type { DeliveredTable } from "./delivered-table.ts";

/** Opens JSON lines: an object a line, whose keys are the columns. */
export const openJsonLines = async (file: SourceFile): Promise<DeliveredTable> => {
  const { columns, nested } = await examineJsonLines(file.name, chunksOf(file.path));
  return {
    format: "json-lines",
    encoding: "utf-8",
    dialect: { separator: recordSeparators.cell, quoted: false, ordinaryLines: new Set() },
    columns: columns.map((column) => ({ ...column, name: tidyText(column.name) })),
    nested,
    headerLine: 1,
    firstLine: 1,
    beginning: [],
    warnings: () => [],
    text: () => jsonLineRecords(file.name, chunksOf(file.path), columns),
  };
};
