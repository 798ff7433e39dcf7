import { Refusal } from "../../src/errors.ts";
import type { RejectedRecord, ScanEnd } from "../../src/formats/records.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import { readRecords } from "../../src/store/deliveries/records.ts";
import { type IdentityColumns, linesOf } from "../../src/store/persons/person-records.ts";
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
  /** Physical lines on which a quotation mark was taken for an ordinary character. */
  readonly strayQuotes: readonly number[];
  /** Physical line in which the file ends although its record is not whole. */
  readonly cutOff: number | null;
  /** Records with empty cells beyond the header. */
  readonly trailing: number;
  readonly readers: DeliveryReaders;
  readonly cells: Cells;
}

/** Counts that were made apart from each other must agree; where they do not, the program is at fault. */
const proveCounts = ({ name }: DeliveredFile, records: number, { usable, skipped, unusable }: RecordsReading): void => {
  const read = usable + skipped + unusable.length;
  if (records !== read) throw new Error(`${name}: of ${records} records ${read} were read`);
};

const readOnce = async (
  study: Study,
  mapped: MappedDelivery,
  context: ReadingContext,
  erasedLines: ReadonlySet<number>,
  decimals: Decimals,
  rows: Rows,
): Promise<DeliveryReading> => {
  const { file, columns } = mapped;
  const { pseudonymKey } = context;
  const found = await readRecords(file, async () => {
    await rows.begin();
    const readers = makeReaders(study, mapped, context, decimals);
    const cells = readCells(file, usesOf(mapped, readers), columns.respondent);
    const { record, reject, reading } = recordReader(
      study,
      mapped,
      readers,
      cells,
      { pseudonymKey, erasedLines },
      rows.take,
    );
    const sink = { cell: cells.cell, record, reject: ({ line, code }: RejectedRecord) => reject(line, code) };
    const done = ({ records, swallowed, trailing }: ScanEnd) => ({
      ...reading(),
      records,
      swallowed,
      trailing,
      readers,
      cells,
    });
    return { sink, wanted: cells.wanted, done };
  });
  proveCounts(file, found.records, found);
  if (found.records === 0) throw new Refusal({ code: "no-answers", place: { file: file.name, line: file.headerLine } });
  return found;
};

/** Takes the rows of a delivery; `begin` forgets those that were taken, for the file is read from its beginning. */
export interface Rows {
  readonly take: TakeRow;
  readonly begin: () => Promise<void>;
}

/**
 * Reads a delivery: every record is a row that is taken, skipped by the delivery's condition, or unusable with a reason.
 * Decimal marks are those that whole columns show: where numbers were read otherwise, the file is read once more.
 */
export const readDelivery = async (
  study: Study,
  mapped: MappedDelivery,
  context: ReadingContext,
  identities: readonly IdentityColumns[],
  rows: Rows,
): Promise<DeliveryReading> => {
  const { isErased } = context;
  const erased = new Set(isErased === null ? [] : await linesOf(mapped.file, identities, isErased));
  const first = await readOnce(study, mapped, context, erased, new Map(), rows);
  const { decimals, differ } = decimalsShown(mapped, first.readers, first.cells.lineOf);
  return differ ? readOnce(study, mapped, context, erased, decimals, rows) : first;
};
