import { Buffer } from "node:buffer";
import { open } from "node:fs/promises";
import { type Problem, Refusal } from "../errors.ts";
import { type FileColumn, plainColumn } from "../formats/delivered.ts";
import { areLinesQuoted, type FirstRecord, firstRecords, sniffText } from "../formats/dialect.ts";
import { type Encoding, findEncoding, toUtf8 } from "../formats/encoding.ts";
import { type Dialect, recordLimit } from "../formats/records.ts";
import { cleanText } from "../study/fold.ts";
import type { Format, ReadingOptions } from "../study/study.ts";
import { type CopiedFile, chunksOf } from "./delivery-files.ts";

/** A delivered file after a first reading: what it is, by its content. */
export interface DeliveredFile extends CopiedFile {
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

const encodingOf = async (file: CopiedFile, given: Encoding | null) => {
  const finding = await findEncoding(() => chunksOf(file.path), given);
  if (finding.encoding === null)
    throw new Refusal({ code: "file-binary", place: { file: file.name, line: finding.line } });
  const warnings = finding.alarms.map(
    ({ alarm, line }) => ({ code: alarm, place: { file: file.name, line } }) as const,
  );
  return { encoding: finding.encoding, warnings };
};

const openDelimited = async (file: CopiedFile, options: ReadingOptions): Promise<DeliveredFile> => {
  const { encoding, warnings } = await encodingOf(file, options.encoding);
  const text = (): AsyncIterable<Uint8Array> => toUtf8(chunksOf(file.path), encoding);
  const { records, dialect } = await findHeader(text, options, file.name);
  const first = records[0] as FirstRecord;
  if (areLinesQuoted(records))
    throw new Refusal({ code: "lines-quoted", place: { file: file.name, line: first.line } });
  const header = first;
  const columns = first.cells.map((cell) => plainColumn(cleanText(cell)));
  return {
    ...file,
    format: "csv",
    encoding,
    dialect: { separator: dialect.separator, quoted: dialect.quoted },
    columns,
    headerLine: first.line,
    firstLine: records[1]?.line ?? header.line + 1,
    warnings,
    text: () => without(text(), header.end),
  };
};

/** Reads the beginning of a copied file: its format, encoding, dialect and columns. Refuses what holds no table. */
export const openDelivered = async (file: CopiedFile, options: ReadingOptions): Promise<DeliveredFile> => {
  const handle = await open(file.path);
  await handle.close();
  return openDelimited(file, options);
};
