import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import iconv from "iconv-lite";
import { csvCell, quotedCell } from "../../src/tables/csv-cell.ts";

/** How a supplier writes a table. */
export interface Dialect {
  readonly encoding: "windows-1252" | "utf-8";
  readonly separator: ";" | ",";
  readonly decimal: "," | ".";
  readonly quotes: "where-needed" | "everywhere";
}

export const danish: Dialect = { encoding: "windows-1252", separator: ";", decimal: ",", quotes: "where-needed" };
export const foreign: Dialect = { encoding: "utf-8", separator: ",", decimal: ".", quotes: "everywhere" };

/** The text of one cell, without its separator. */
export function cellText(dialect: Dialect, value: string): string {
  return dialect.quotes === "everywhere" ? quotedCell(value) : csvCell(value, dialect.separator);
}

/** The bytes of some cells, each followed by the separator. */
export const cellBytes = (dialect: Dialect, values: readonly string[]): Buffer =>
  iconv.encode(values.map((value) => cellText(dialect, value) + dialect.separator).join(""), dialect.encoding);

/** A file being written: rows gather in memory and leave it at `flush`, so that memory stays constant. */
export interface Sink {
  readonly handle: FileHandle;
  readonly dialect: Dialect;
  buffer: Buffer;
  length: number;
  /** Records written, the header not counted. */
  rows: number;
  rowStart: number;
}

const flushAt = 1 << 20;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

export async function openSink(path: string, dialect: Dialect, header: readonly string[]): Promise<Sink> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "w");
  const sink = {
    handle,
    dialect,
    buffer: Buffer.allocUnsafe(flushAt + (flushAt >> 2)),
    length: 0,
    rows: -1,
    rowStart: 0,
  };
  if (dialect.encoding === "utf-8") put(sink, byteOrderMark);
  put(sink, cellBytes(dialect, header));
  endRow(sink);
  return sink;
}

function reserve(sink: Sink, bytes: number): void {
  if (sink.length + bytes <= sink.buffer.length) return;
  const larger = Buffer.allocUnsafe(2 * sink.buffer.length + bytes);
  sink.buffer.copy(larger, 0, 0, sink.length);
  sink.buffer = larger;
}

export function put(sink: Sink, bytes: Uint8Array): void {
  reserve(sink, bytes.length);
  const { buffer } = sink;
  let at = sink.length;
  for (let i = 0; i < bytes.length; i++) buffer[at++] = bytes[i]!;
  sink.length = at;
}

/** Puts the end of the line in the place of the last separator. */
export function endRow(sink: Sink): void {
  reserve(sink, 1);
  sink.buffer[sink.length - 1] = 0x0d;
  sink.buffer[sink.length++] = 0x0a;
  sink.rows++;
  sink.rowStart = sink.length;
}

export function writeRow(sink: Sink, values: readonly string[]): void {
  put(sink, cellBytes(sink.dialect, values));
  endRow(sink);
}

export const isFull = (sink: Sink): boolean => sink.length >= flushAt;

export async function flush(sink: Sink): Promise<void> {
  for (let from = 0; from < sink.length; )
    from += (await sink.handle.write(sink.buffer, from, sink.length - from)).bytesWritten;
  sink.length = 0;
  sink.rowStart = 0;
}

export async function closeSink(sink: Sink): Promise<void> {
  await flush(sink);
  await sink.handle.close();
}
