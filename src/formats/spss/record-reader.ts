import type { ByteSource } from "./byte-source.ts";
import { damaged, excessive } from "./faults.ts";
import { float64, int32 } from "./header.ts";

/** Reads the description of the variables; all of it is counted, so that no declared size fills the memory. */
export interface RecordReader {
  readonly file: string;
  readonly little: boolean;
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
  const spend = (bytes: number): void => {
    spent += bytes;
    if (spent > dictionaryLimit) throw excessive(file, "descriptions", dictionaryLimit);
  };
  const exactly = async (count: number): Promise<Buffer> => {
    const bytes = await source.take(count);
    if (bytes.length < count) throw damaged(file, "spss-dictionary-cut");
    return bytes;
  };
  return {
    file,
    little,
    spend,
    keep: async (count) => {
      if (count < 0) throw damaged(file, "spss-dictionary");
      spend(count);
      return Buffer.from(await exactly(count));
    },
    integer: async () => int32(await exactly(4), 0, little),
    skip: async (count) => {
      if (count < 0) throw damaged(file, "spss-dictionary");
      if (!(await source.skip(count))) throw damaged(file, "spss-dictionary-cut");
    },
    float: (bytes, at) => float64(bytes, at, little),
  };
};
