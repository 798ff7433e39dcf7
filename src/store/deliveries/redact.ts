import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { quotedCell } from "../../tables/csv-cell.ts";
import type { CopiedFile } from "./copy.ts";
import type { DeliveredFile } from "./delivered-table.ts";
import { readRecords } from "./records.ts";

const decoder = new TextDecoder();
const pieceSize = 1 << 16;

/** Writes lines from the beginning of a file on, in pieces, and takes the hash of what is written. */
const lineWriter = (file: number) => {
  const hash = createHash("sha256");
  let lines: string[] = [];
  let [size, bytes] = [0, 0];
  const flush = (): void => {
    const piece = Buffer.from(lines.join(""));
    lines = [];
    size = 0;
    hash.update(piece);
    bytes += writeSync(file, piece, 0, piece.length, bytes);
  };
  return {
    add: (cells: readonly string[]): void => {
      const line = `${cells.map(quotedCell).join(",")}\n`;
      lines.push(line);
      size += line.length;
      if (size >= pieceSize) flush();
    },
    end: () => {
      flush();
      // A reading that was begun anew may write less than the one before it.
      ftruncateSync(file, bytes);
      return { sha256: hash.digest("hex"), bytes };
    },
  };
};

/** Columns that only say who somebody is, and that nobody mapped. */
export const personalColumns = (file: DeliveredFile, mapped: ReadonlySet<number>): readonly number[] =>
  file.columns.flatMap(({ personal }, column) => (personal && !mapped.has(column) ? [column] : []));

/** What a copy of a delivered file leaves out. */
export interface LeftOut {
  /** Columns whose cells are empty in the copy. */
  readonly columns: readonly number[];
  /** Physical lines on which records begin that are not in the copy. */
  readonly lines: ReadonlySet<number>;
}

/**
 * A copy of a delivered file without some columns' cells and without some records: comma-separated; of malformed records
 * the cells that the header has.
 */
export const redactFile = async (
  file: CopiedFile & DeliveredFile,
  { columns, lines }: LeftOut,
  target: string,
): Promise<CopiedFile & { readonly omitted: number }> => {
  const emptied = new Set(columns);
  const output = openSync(target, "w", 0o600);
  try {
    const { written, omitted } = await readRecords(file, () => {
      const writer = lineWriter(output);
      writer.add(file.columns.map(({ name }) => name));
      let cells: string[] = [];
      let omitted = 0;
      const close = (line: number): void => {
        if (lines.has(line)) omitted += 1;
        else writer.add(cells);
        cells = [];
      };
      const sink = {
        cell: (column: number, bytes: Uint8Array, start: number, end: number): void => {
          cells.push(emptied.has(column) ? "" : decoder.decode(bytes.subarray(start, end)));
        },
        record: close,
        reject: ({ line }: { readonly line: number }) => close(line),
      };
      return { sink, wanted: file.columns.map(() => true), done: () => ({ written: writer.end(), omitted }) };
    });
    return { name: file.name, path: target, original: file.original, ...written, omitted };
  } finally {
    closeSync(output);
  }
};
