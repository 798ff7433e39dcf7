import { Refusal } from "../../src/errors.ts";
import { lineEnds } from "../../src/formats/line-ends.ts";
import { type ScanEnd, scanRecords } from "../../src/formats/records.ts";
import type { DeliveredFile } from "../../src/store/delivered-files.ts";
import type { Study } from "../../src/study/study.ts";
import { type Cells, readCells } from "./cells.ts";
import type { MappedDelivery } from "./columns.ts";
import {
  type Decimals,
  type DeliveryReaders,
  decimalsShown,
  makeReaders,
  type ReadingContext,
  usesOf,
} from "./delivery-readers.ts";
import { type RecordsReading, recordReader, type TakeRow } from "./records.ts";

/** A delivery that has been read from end to end. */
export interface DeliveryReading extends RecordsReading {
  /** Whole and malformed records. */
  readonly records: number;
  readonly swallowed: ScanEnd["swallowed"];
  /** Records with empty cells beyond the header. */
  readonly trailing: number;
  readonly readers: DeliveryReaders;
  readonly cells: Cells;
}

const refuseScan = ({ name, bytes }: DeliveredFile, { tooLong, unclosedQuote }: ScanEnd): void => {
  const place = (line: number) => ({ file: name, line });
  if (tooLong !== null) throw new Refusal({ code: "line-too-long", place: place(tooLong), bytes });
  if (unclosedQuote !== null) throw new Refusal({ code: "quote-unclosed", place: place(unclosedQuote) });
};

/** Counts that were made apart from each other must agree; where they do not, the program is at fault. */
const proveCounts = (file: DeliveredFile, scan: ScanEnd, lines: number, reading: RecordsReading): void => {
  const { usable, skipped, unusable } = reading;
  if (scan.records !== usable + skipped + unusable.length)
    throw new Error(`${file.name}: ${scan.records} records, but ${usable} + ${skipped} + ${unusable.length} were read`);
  if (scan.lines !== lines) throw new Error(`${file.name}: ${lines} lines, but records take ${scan.lines}`);
};

const readOnce = async (
  study: Study,
  mapped: MappedDelivery,
  context: ReadingContext,
  decimals: Decimals,
  take: TakeRow,
): Promise<DeliveryReading> => {
  const { file, columns } = mapped;
  const readers = makeReaders(study, mapped, context, decimals);
  const cells = readCells(file, usesOf(mapped, readers), columns.respondent);
  const { record, reject, reading } = recordReader(study, mapped, readers, cells, context.pseudonymKey, take);
  const scanner = scanRecords(file.dialect, cells.wanted, file.firstLine, {
    cell: cells.cell,
    record,
    reject: ({ line, code }) => reject(line, code),
  });
  const lines = lineEnds();
  for await (const chunk of file.text()) {
    lines.add(chunk);
    scanner.push(chunk);
  }
  const scan = scanner.finish();
  refuseScan(file, scan);
  const found = reading();
  proveCounts(file, scan, lines.count(), found);
  if (scan.records === 0) throw new Refusal({ code: "no-answers", place: { file: file.name, line: file.headerLine } });
  return { ...found, records: scan.records, swallowed: scan.swallowed, trailing: scan.trailing, readers, cells };
};

/** Takes the rows of a delivery; `again` forgets those that were taken, for the file is read anew. */
export interface Rows {
  readonly take: TakeRow;
  readonly again: () => Promise<void>;
}

/**
 * Reads a delivery: every record is a row that is taken, skipped by the delivery's condition, or unusable with a reason.
 * Decimal marks are those that whole columns show: where numbers were read otherwise, the file is read once more.
 */
export const readDelivery = async (
  study: Study,
  mapped: MappedDelivery,
  context: ReadingContext,
  rows: Rows,
): Promise<DeliveryReading> => {
  const first = await readOnce(study, mapped, context, new Map(), rows.take);
  const { decimals, differ } = decimalsShown(mapped, first.readers, first.cells.lineOf);
  if (!differ) return first;
  await rows.again();
  return readOnce(study, mapped, context, decimals, rows.take);
};
