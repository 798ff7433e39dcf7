import { parse } from "csv-parse/sync";
import type { Dialect } from "./records.ts";

const separators = [";", ",", "\t", "|"] as const;

/** Cells of the first record of a text, in one dialect. */
const firstRecord = (text: string, delimiter: string): string[] => {
  const rows = parse(text, { delimiter, to: 1, relax_column_count: true, relax_quotes: true, bom: true }) as string[][];
  return rows[0] ?? [];
};

const linesOf = (text: string): number => text.split(/\r\n|\r|\n/).length - 1;

/**
 * Finds the separator and the header of delimited text from its beginning.
 *
 * The separator is the one that the first record has most of; a first line `sep=…`, as spreadsheets write it, decides
 * alone. Header names are trimmed.
 *
 * @param start the beginning of the text, decoded, at least up to the end of its first record
 * @returns null where there is no header
 */
export const sniffDialect = (start: string): Dialect | null => {
  const declared = /^sep=(.)\r?\n/i.exec(start);
  const blank = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(start)?.[0] ?? "";
  const skipped = declared?.[0] ?? blank;
  const body = start.slice(skipped.length);
  if (body.trim() === "") return null;
  const candidates = declared?.[1] ? [declared[1]] : separators;
  const headers = candidates.map((separator) => ({ separator, cells: firstRecord(body, separator) }));
  const best = headers.reduce((most, next) => (next.cells.length > most.cells.length ? next : most));
  const end = headerEnd(body);
  return {
    separator: best.separator,
    preamble: linesOf(skipped),
    header: best.cells.map((cell) => cell.trim()),
    firstLine: linesOf(skipped) + linesOf(body.slice(0, end)) + 1,
  };
};

/** Position after the first record's line end, quoted line ends passed over. */
const headerEnd = (text: string): number => {
  let quoted = false;
  for (let k = 0; k < text.length; k += 1) {
    if (text[k] === '"') quoted = !quoted;
    else if (!quoted && (text[k] === "\n" || text[k] === "\r"))
      return text[k] === "\r" && text[k + 1] === "\n" ? k + 2 : k + 1;
  }
  return text.length;
};
