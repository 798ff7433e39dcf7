import type { FileRecord, Refusal } from "../../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { damaged, excessive, type SpssFault } from "./faults.ts";
import { float64, int32 } from "./header.ts";

/** Reads the description of the variables; all of it is counted, so that no declared size fills the memory. */
export interface RecordReader {
  readonly little: boolean;
  /** The type of the next record. */
  readonly type: () => Promise<number>;
  /** Says what the record is that has begun, for its faults. */
  readonly begun: (kind: FileRecord["kind"], number?: number) => FileRecord;
  readonly fault: (cause: SpssFault) => Refusal;
  /** Bytes that are kept. */
  readonly keep: (count: number) => Promise<Buffer>;
  readonly integer: () => Promise<number>;
  readonly skip: (count: number) => Promise<void>;
  /** Counts what an object takes beside its bytes. */
  readonly spend: (bytes: number) => void;
  readonly float: (bytes: Buffer, at: number) => number;
}

/** Most bytes that the description of the variables may take; real ones take some hundred thousand. */
const dictionaryLimit = 32 << 20;

export const recordReader = (file: string, source: ByteSource, little: boolean): RecordReader => {
  let spent = 0;
  let byte = source.position();
  let record: FileRecord = { kind: "dictionary", byte };
  const fault = (cause: SpssFault): Refusal => damaged(file, cause, record);
  const spend = (bytes: number): void => {
    spent += bytes;
    if (spent > dictionaryLimit) throw excessive(file, "descriptions", dictionaryLimit);
  };
  const exactly = async (count: number): Promise<Buffer> => {
    const bytes = await source.take(count);
    if (bytes.length < count) throw fault("spss-dictionary-cut");
    return bytes;
  };
  const integer = async (): Promise<number> => int32(await exactly(4), 0, little);
  return {
    little,
    spend,
    fault,
    type: () => {
      byte = source.position();
      record = { kind: "dictionary", byte };
      return integer();
    },
    begun: (kind, number) => {
      record = { kind, ...(number === undefined ? {} : { number }), byte };
      return record;
    },
    keep: async (count) => {
      if (count < 0 || count > dictionaryLimit) throw fault("spss-count");
      spend(count);
      return Buffer.from(await exactly(count));
    },
    integer,
    skip: async (count) => {
      if (count < 0) throw fault("spss-count");
      if (!(await source.skip(count))) throw fault("spss-dictionary-cut");
    },
    float: (bytes, at) => float64(bytes, at, little),
  };
};
