import { join } from "node:path";
import type { Place } from "../../src/errors.ts";
import { sourceFile } from "../../src/store/deliveries/copy.ts";
import { openDelivered } from "../../src/store/deliveries/open.ts";
import { recordsOf } from "../../src/store/deliveries/records.ts";
import { pathOf } from "../../src/store/inside.ts";
import { asItShows, type Study } from "../../src/study/study.ts";
import { findColumn, requireColumns } from "../ingest/columns.ts";

/** A row of a small file that an administrator keeps, by the names of its columns. */
export interface TableRow<Column extends string> {
  readonly text: (column: Column) => string;
  readonly at: (column: Column) => Place;
}

/** The rows of a file that a study names, whichever way a spreadsheet wrote it. Refuses one without the needed columns. */
export const tableRows = async <Column extends string>(
  study: Study,
  name: string,
  columns: { readonly needed: readonly Column[]; readonly optional: readonly Column[] },
): Promise<readonly TableRow<Column>[]> => {
  await pathOf(name, study.folder, study.outside);
  const file = await openDelivered(await sourceFile(name, join(study.folder, name)), asItShows, [], study.language);
  requireColumns(file, columns.needed);
  const all = [...columns.needed, ...columns.optional];
  const place = new Map(all.map((column) => [column, findColumn(file, column)?.column ?? -1]));
  const { records } = await recordsOf(file);
  return records
    .filter(({ cells }) => cells.some((cell) => cell !== ""))
    .map(({ line, cells }) => ({
      text: (column) => cells[place.get(column)!] ?? "",
      at: (column) => ({ file: name, line, column }),
    }));
};
