import { Buffer } from "node:buffer";
import { Refusal } from "../../errors.ts";
import { describeColumns } from "../../formats/codebook.ts";
import { type FileColumn, plainColumn } from "../../formats/delivered.ts";
import { areLinesQuoted, type FirstRecord, firstRecords, lineEnd, sniffText } from "../../formats/dialect.ts";
import { findEncoding, toUtf8 } from "../../formats/encoding.ts";
import { isLimeSurvey, limesurveySystem } from "../../formats/limesurvey/limesurvey.ts";
import { qualtricsHeader } from "../../formats/qualtrics/qualtrics.ts";
import { type Dialect, recordLimit } from "../../formats/records.ts";
import { surveyxactRole } from "../../formats/surveyxact.ts";
import { tidyText } from "../../study/fold.ts";
import type { Format, ReadingOptions } from "../../study/study.ts";
import { chunksOf } from "../file-hash.ts";
import type { SourceFile } from "./copy.ts";
import type { DeliveredTable, VendorCodebook } from "./delivered-table.ts";

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
    const next = lineEnd(bytes, start);
    if (next === bytes.length) break;
    start = next;
    line += 1;
  }
  return { start, line };
};

interface Header {
  readonly records: readonly FirstRecord[];
  readonly dialect: Dialect;
}

/** Records at the beginning, as many as the longest header has, and one more; and those among which a header is sought. */
const mostHeaderRecords = 4;
const mostBeginning = 20;
/** No code book is larger. */
const mostCodebookBytes = 1 << 25;

const headerIn = (sample: Sample, options: ReadingOptions): Header | null => {
  const given = options.header === null ? null : startAtLine(sample.bytes, options.header);
  const dialect = sniffText(sample.bytes, sample.whole, options.separator, given);
  if (dialect === null) return null;
  const records = firstRecords(sample.bytes, { ...dialect, whole: sample.whole }, dialect, mostBeginning);
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
    if (found !== null && (sample.whole || found.records.length >= mostHeaderRecords)) return found;
    if (sample.whole) throw new Refusal({ code: "file-empty", place: { file: name } });
    if (size > 8 * recordLimit) {
      if (found !== null) return found;
      throw new Refusal({ code: "line-too-long", place: { file: name, line: 1 }, bytes: size });
    }
  }
};

const encodingOf = async (file: SourceFile, given: ReadingOptions["encoding"]) => {
  const finding = await findEncoding(() => chunksOf(file.path), given);
  if (finding.encoding === null)
    throw new Refusal({ code: "file-binary", place: { file: file.name, line: finding.line } });
  const warnings = finding.alarms.map(
    ({ alarm, line }) => ({ code: alarm, place: { file: file.name, line } }) as const,
  );
  return { encoding: finding.encoding, warnings };
};

interface Described {
  readonly format: Format;
  readonly columns: readonly FileColumn[];
  /** How many records the header is. */
  readonly headerRecords: number;
}

/** What the columns are: as a vendor's header or a code book tells, else by their names alone. */
const describe = (
  records: readonly FirstRecord[],
  { format, header }: ReadingOptions,
  codebook: VendorCodebook | null,
): Described => {
  const cells = records.map((record) => record.cells);
  const names = (cells[0] ?? []).map(tidyText);
  const only = (one: Format): boolean => format === null || format === one;
  if (codebook !== null)
    return { format: codebook.format, columns: describeColumns(names, codebook.codebook), headerRecords: 1 };
  const qualtrics = only("qualtrics") && header === null ? qualtricsHeader(cells) : null;
  if (qualtrics !== null) {
    const columns = qualtrics.columns.map((column) => ({ ...column, name: tidyText(column.name) }));
    return { ...qualtrics, format: "qualtrics", columns };
  }
  if (only("limesurvey") && isLimeSurvey(names))
    return { format: "limesurvey", columns: describeColumns(names, limesurveySystem), headerRecords: 1 };
  if (only("surveyxact") && surveyxactRole(cells) === "dataset")
    return { format: "surveyxact", columns: describeColumns(names, { columns: new Map() }), headerRecords: 1 };
  return { format: "csv", columns: names.map(plainColumn), headerRecords: 1 };
};

/** Opens delimited text of any encoding and dialect. */
export const openDelimited = async (
  file: SourceFile,
  options: ReadingOptions,
  codebook: VendorCodebook | null,
): Promise<DeliveredTable> => {
  const { encoding, warnings } = await encodingOf(file, options.encoding);
  const text = (): AsyncIterable<Uint8Array> => toUtf8(chunksOf(file.path), encoding);
  const { records, dialect } = await findHeader(text, options, file.name);
  const first = records[0] as FirstRecord;
  if (areLinesQuoted(records))
    throw new Refusal({ code: "lines-quoted", place: { file: file.name, line: first.line } });
  const { format, columns, headerRecords } = describe(records, options, codebook);
  const last = records[headerRecords - 1] ?? first;
  const { separator, quoted, ordinaryLines } = dialect;
  return {
    format,
    encoding,
    dialect: { separator, quoted, ordinaryLines },
    columns,
    nested: [],
    headerLine: first.line,
    firstLine: last.next,
    beginning: records.map(({ cells, line }) => ({ line, cells: cells.map(tidyText) })),
    warnings: () => warnings,
    text: () => without(text(), last.end),
  };
};

/** All cells of a small delimited file, such as a vendor's code book. */
export const delimitedCells = async (file: SourceFile): Promise<readonly (readonly string[])[]> => {
  const { encoding } = await encodingOf(file, null);
  const sample = await sampleOf(toUtf8(chunksOf(file.path), encoding), mostCodebookBytes);
  if (!sample.whole)
    throw new Refusal({ code: "limit-exceeded", place: { file: file.name }, what: "bytes", limit: mostCodebookBytes });
  const dialect = sniffText(sample.bytes, true, null, null);
  if (dialect === null) throw new Refusal({ code: "file-empty", place: { file: file.name } });
  return firstRecords(sample.bytes, { ...dialect, whole: true }, dialect, Number.POSITIVE_INFINITY).map(
    ({ cells }) => cells,
  );
};
