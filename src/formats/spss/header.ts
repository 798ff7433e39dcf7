import { damaged } from "./faults.ts";

export type Compression = "none" | "codes" | "blocks";

/** What the first 176 bytes say of how to read the others. */
export interface Header {
  readonly little: boolean;
  readonly compression: Compression;
  /** Null where the writer did not know. */
  readonly cases: number | null;
  /** What a code of the compressed data is more than the number that it stands for. */
  readonly bias: number;
}

export const headerBytes = 176;

export const int32 = (bytes: Buffer, at: number, little: boolean): number =>
  little ? bytes.readInt32LE(at) : bytes.readInt32BE(at);
export const float64 = (bytes: Buffer, at: number, little: boolean): number =>
  little ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at);

const magicOf = (start: Uint8Array): string => String.fromCharCode(...start.subarray(0, 4));

/** Whether a file starts as a system file does. */
export const isSpss = (start: Uint8Array): boolean => ["$FL2", "$FL3"].includes(magicOf(start));

const isLayout = (code: number): boolean => code === 2 || code === 3;

const compressionOf = (magic: string, code: number): Compression | null => {
  if (magic === "$FL3") return code === 2 ? "blocks" : null;
  if (code === 0) return "none";
  return code === 1 ? "codes" : null;
};

/** Numbers that are not IEEE 754 show by a bias that is no whole number. */
export const parseHeader = (file: string, bytes: Buffer): Header => {
  if (bytes.length < headerBytes || !isSpss(bytes)) throw damaged(file, "spss-header", { kind: "header" });
  const little = isLayout(bytes.readInt32LE(64));
  if (!little && !isLayout(bytes.readInt32BE(64))) throw damaged(file, "spss-header", { kind: "header" });
  const compression = compressionOf(magicOf(bytes), int32(bytes, 72, little));
  const cases = int32(bytes, 80, little);
  const bias = float64(bytes, 84, little);
  if (compression === null || cases < -1 || !Number.isSafeInteger(bias))
    throw damaged(file, "spss-header", { kind: "header" });
  return { little, compression, cases: cases === -1 ? null : cases, bias };
};
