import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import type { CopiedFile } from "./copy.ts";
import type { DeliveredFile } from "./delivered-table.ts";
import { readRecords } from "./records.ts";

const decoder = new TextDecoder();
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
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
      const line = `${cells.map(quoted).join(",")}\n`;
      lines.push(line);
      size += line.length;
      if (size >= pieceSize) flush();
    },
    end: () => {
      flush();
      return { sha256: hash.digest("hex"), bytes };
    },
  };
};

/** Columns that only say who somebody is, and that nobody mapped. */
export const personalColumns = (file: DeliveredFile, mapped: ReadonlySet<number>): readonly number[] =>
  file.columns.flatMap(({ personal }, column) => (personal && !mapped.has(column) ? [column] : []));

/**
 * A copy of a delivered file in which the columns that only say who somebody is are empty: comma-separated, with every
 * record of the file; of malformed ones the cells that the header has.
 */
export const redactFile = async (
  file: CopiedFile & DeliveredFile,
  personal: readonly number[],
  target: string,
): Promise<CopiedFile> => {
  const emptied = new Set(personal);
  const output = openSync(target, "w", 0o600);
  try {
    const { written } = await readRecords(file, () => {
      const writer = lineWriter(output);
      writer.add(file.columns.map(({ name }) => name));
      let cells: string[] = [];
      const close = (): void => {
        writer.add(cells);
        cells = [];
      };
      const sink = {
        cell: (column: number, bytes: Uint8Array, start: number, end: number): void => {
          cells.push(emptied.has(column) ? "" : decoder.decode(bytes.subarray(start, end)));
        },
        record: close,
        reject: close,
      };
      return { sink, wanted: file.columns.map(() => true), done: () => ({ written: writer.end() }) };
    });
    return { name: file.name, path: target, original: file.original, ...written };
  } finally {
    closeSync(output);
  }
};
