import { int32 } from "./header.ts";
import type { RecordReader } from "./record-reader.ts";

/** A variable as its record has it, texts not yet decoded. */
export interface VariableRecord {
  /** Bytes of a string; 0 for a number. */
  readonly width: number;
  /** Code of the format in which the numbers are shown. */
  readonly format: number;
  readonly name: Buffer;
  readonly label: Buffer | null;
  /** 1 to 3 values, or -2 and -3: a range, and a range with a value. */
  readonly missingCount: number;
  readonly missing: Buffer;
}

/** In a case every 8 bytes have a record; the second and later ones of a string describe nothing. */
export const slotsOf = (width: number): number => Math.max(1, Math.ceil(width / 8));

const objectBytes = 256;
const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;

const readLabel = async (reader: RecordReader): Promise<Buffer> => {
  const length = await reader.integer();
  const label = await reader.keep(length);
  await reader.skip(padded(length) - length);
  return label;
};

/** A record of type 2, after its type; null for one that continues a string. */
export const readVariable = async (reader: RecordReader): Promise<VariableRecord | null> => {
  const fixed = await reader.keep(28);
  const [type, hasLabel, missingCount, format] = [0, 4, 8, 12].map((at) => int32(fixed, at, reader.little));
  if (type! < -1 || type! > 255 || ![0, 1].includes(hasLabel!)) throw reader.fault("spss-count");
  if (Math.abs(missingCount!) > 3 || missingCount === -1) throw reader.fault("spss-count");
  if (type! > 0 && missingCount! < 0) throw reader.fault("spss-dictionary");
  const label = hasLabel === 1 ? await readLabel(reader) : null;
  const missing = await reader.keep(8 * Math.abs(missingCount!));
  if (type === -1) {
    reader.spend(-fixed.length - missing.length - (label?.length ?? 0));
    return null;
  }
  reader.spend(objectBytes);
  return {
    width: type!,
    format: (format! >> 16) & 0xff,
    name: fixed.subarray(20),
    label,
    missingCount: missingCount!,
    missing,
  };
};
