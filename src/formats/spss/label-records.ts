import type { FileRecord } from "../../errors.ts";
import type { RecordReader } from "./record-reader.ts";

/** A value, as 8 bytes, and its label. */
export interface RawLabel {
  readonly value: Buffer;
  readonly label: Buffer;
}

/** Labels and the variables that have them, by the place of their first record among all records of variables. */
export interface LabelRecord {
  readonly labels: readonly RawLabel[];
  readonly slots: readonly number[];
  readonly record: FileRecord;
}

const objectBytes = 96;

const readRawLabel = async (reader: RecordReader): Promise<RawLabel> => {
  const start = await reader.keep(9);
  reader.spend(objectBytes);
  const length = start[8]!;
  const label = await reader.keep(length);
  await reader.skip(7 - (length % 8));
  return { value: start.subarray(0, 8), label };
};

const counted = async <T>(reader: RecordReader, least: number, read: () => Promise<T>): Promise<readonly T[]> => {
  const count = await reader.integer();
  if (count < least) throw reader.fault("spss-count");
  const all: T[] = [];
  for (let k = 0; k < count; k += 1) all.push(await read());
  return all;
};

/** A record of type 3, after its type, and the record of type 4 that must follow. */
export const readLabels = async (reader: RecordReader, number: number): Promise<LabelRecord> => {
  const record = reader.begun("value-labels", number);
  reader.spend(objectBytes);
  const labels = await counted(reader, 0, () => readRawLabel(reader));
  if ((await reader.integer()) !== 4) throw reader.fault("spss-record-type");
  const slots = await counted(reader, 1, async () => {
    reader.spend(8);
    return (await reader.integer()) - 1;
  });
  return { labels, slots, record };
};
