import { Buffer } from "node:buffer";
import { type Language, type Problem, Refusal } from "../errors.ts";
import { type FileColumn, plainColumn } from "../formats/delivered.ts";
import { areLinesQuoted, type FirstRecord, firstRecords, sniffText } from "../formats/dialect.ts";
import { type Encoding, findEncoding, toUtf8 } from "../formats/encoding.ts";
import { lineEnds } from "../formats/line-ends.ts";
import {
  type Dialect,
  type RecordSink,
  type RejectedRecord,
  recordLimit,
  type ScanEnd,
  scanRecords,
} from "../formats/records.ts";
import { tidyText } from "../study/fold.ts";
import type { Format, ReadingOptions } from "../study/study.ts";
import { chunksOf, type SourceFile } from "./delivery-files.ts";

/** A delivered file after a first reading: what it is, by its content. */
export interface DeliveredFile extends SourceFile {
  readonly format: Format;
  readonly encoding: Encoding;
  readonly dialect: Dialect;
  readonly columns: readonly FileColumn[];
  /** Physical line of the header, and of the first record after it. */
  readonly headerLine: number;
  readonly firstLine: number;
  /** What a reader should know although the file can be read. */
  readonly warnings: readonly Problem[];
  /** The records after the header, in UTF-8. */
  readonly text: () => AsyncIterable<Uint8Array>;
}

const decoder = new TextDecoder();
const smallSample = 1 << 16;

interface Sample {
  readonly bytes: Uint8Array;
  /** Whether the text ends with it. */
  readonly whole: boolean;
}

const sampleOf = async (text: AsyncIterable<Uint8Array>, most: number): Promise<Sample> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of text) {
    parts.push(part);
    size += part.length;
    if (size >= most) return { bytes: Buffer.concat(parts).subarray(0, most), whole: false };
  }
  return { bytes: Buffer.concat(parts), whole: true };
};

async function* without(text: AsyncIterable<Uint8Array>, start: number): AsyncGenerator<Uint8Array> {
  let left = start;
  for await (const chunk of text) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}

const startAtLine = (bytes: Uint8Array, wanted: number): { readonly start: number; readonly line: number } => {
  let [start, line] = [0, 1];
  while (line < wanted) {
    const end = bytes.indexOf(10, start);
    if (end < 0) break;
    start = end + 1;
    line += 1;
  }
  return { start, line };
};

interface Header {
  readonly records: readonly FirstRecord[];
  readonly dialect: Dialect;
}

/** Records at the beginning, as many as the longest header has, and one more. */
const mostHeaderRecords = 4;

const headerIn = (sample: Sample, options: ReadingOptions): Header | null => {
  const dialect = sniffText(sample.bytes, sample.whole, options.separator);
  if (dialect === null) return null;
  const at = options.header === null ? dialect : startAtLine(sample.bytes, options.header);
  const records = firstRecords(sample.bytes, { ...at, whole: sample.whole }, dialect, mostHeaderRecords);
  return records.length === 0 ? null : { records, dialect };
};

const findHeader = async (
  text: () => AsyncIterable<Uint8Array>,
  options: ReadingOptions,
  name: string,
): Promise<Header> => {
  for (let size = smallSample; ; size *= 8) {
    const sample = await sampleOf(text(), size);
    const found = headerIn(sample, options);
    if (found !== null && (sample.whole || found.records.length === mostHeaderRecords)) return found;
    if (sample.whole) throw new Refusal({ code: "file-empty", place: { file: name } });
    if (size > 8 * recordLimit) {
      if (found !== null) return found;
      throw new Refusal({ code: "line-too-long", place: { file: name, line: 1 }, bytes: size });
    }
  }
};

const encodingOf = async (file: SourceFile, given: Encoding | null) => {
  const finding = await findEncoding(() => chunksOf(file.path), given);
  if (finding.encoding === null)
    throw new Refusal({ code: "file-binary", place: { file: file.name, line: finding.line } });
  const warnings = finding.alarms.map(
    ({ alarm, line }) => ({ code: alarm, place: { file: file.name, line } }) as const,
  );
  return { encoding: finding.encoding, warnings };
};

const openDelimited = async <F extends SourceFile>(file: F, options: ReadingOptions): Promise<F & DeliveredFile> => {
  const { encoding, warnings } = await encodingOf(file, options.encoding);
  const text = (): AsyncIterable<Uint8Array> => toUtf8(chunksOf(file.path), encoding);
  const { records, dialect } = await findHeader(text, options, file.name);
  const first = records[0] as FirstRecord;
  if (areLinesQuoted(records))
    throw new Refusal({ code: "lines-quoted", place: { file: file.name, line: first.line } });
  const header = first;
  const columns = first.cells.map((cell) => plainColumn(tidyText(cell)));
  return {
    ...file,
    format: "csv",
    encoding,
    dialect: { separator: dialect.separator, quoted: dialect.quoted, ordinaryLines: dialect.ordinaryLines },
    columns,
    headerLine: first.line,
    firstLine: header.next,
    warnings,
    text: () => without(text(), header.end),
  };
};

/** A record of a small file: where it stands, and its cells in the order of the header, without what readers do not see. */
export interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is made of a file's records. */
export interface RecordsRead<T> {
  readonly sink: RecordSink;
  readonly wanted: readonly boolean[];
  readonly done: (end: ScanEnd) => T;
}

/** A file with more stray quotation marks than this is not read with them. */
const mostStray = 100;
const mostReadings = 10;

/**
 * Reads the records of a file. Where a quotation does not end as one, its mark is an ordinary character and the file is
 * read once more; `begin` starts a reading, and forgets what another one made. Refuses a file whose records do not end.
 */
export const readRecords = async <T>(
  file: DeliveredFile,
  begin: () => RecordsRead<T> | Promise<RecordsRead<T>>,
): Promise<T & { readonly strayQuotes: readonly number[] }> => {
  const stray = new Set<number>();
  for (let reading = 1; ; reading += 1) {
    const { sink, wanted, done } = await begin();
    const dialect = { ...file.dialect, ordinaryLines: new Set([...file.dialect.ordinaryLines, ...stray]) };
    const scanner = scanRecords(dialect, wanted, file.firstLine, sink);
    const lines = lineEnds();
    for await (const chunk of file.text()) {
      lines.add(chunk);
      scanner.push(chunk);
    }
    const end = scanner.finish();
    const place = (line: number) => ({ file: file.name, line });
    if (end.tooLong !== null && end.strayQuotes.length === 0)
      throw new Refusal({ code: "line-too-long", place: place(end.tooLong), bytes: file.bytes });
    if (end.strayQuotes.length === 0) {
      if (end.lines !== lines.count())
        throw new Error(`${file.name} has ${lines.count()} lines, but its records take ${end.lines}`);
      return { ...done(end), strayQuotes: [...stray] };
    }
    for (const line of end.strayQuotes) stray.add(line);
    if (stray.size > mostStray || reading === mostReadings)
      throw new Refusal({ code: "quote-unclosed", place: place(Math.min(...stray)) });
  }
};

/** All records of a small file; those that do not fit the header apart. */
export const recordsOf = (file: DeliveredFile) =>
  readRecords(file, () => {
    const records: FileRecord[] = [];
    const rejected: RejectedRecord[] = [];
    let cells: string[] = [];
    const sink: RecordSink = {
      cell: (_, bytes, start, end) => void cells.push(tidyText(decoder.decode(bytes.subarray(start, end)))),
      record: (line) => {
        records.push({ line, cells });
        cells = [];
      },
      reject: (one) => {
        rejected.push(one);
        cells = [];
      },
    };
    return { sink, wanted: file.columns.map(() => true), done: () => ({ records, rejected }) };
  });

/** Reads the beginning of a copied file: its format, encoding, dialect and columns. Refuses what holds no table. */
export const openDelivered = async <F extends SourceFile>(
  file: F,
  options: ReadingOptions,
  _codebook: readonly SourceFile[],
  _language: Language,
): Promise<F & DeliveredFile> => openDelimited(file, options);
