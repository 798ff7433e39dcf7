import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import iconv from "iconv-lite";

/** A variable of a made-up SPSS system file, which is written from the public description of the format. */
export interface MadeVariable {
  readonly name: string;
  readonly longName?: string;
  /** Bytes of a string, at most 255 of each part; 0 for a number. */
  readonly width?: number;
  readonly format?: number;
  readonly label?: string;
  readonly missing?: { readonly count: number; readonly values: readonly (number | string)[] };
}

/** A string as text, or as the bytes of a part of it. */
export type CaseValue = number | string | Buffer | null;

export interface MadeFile {
  readonly little?: boolean;
  readonly compression?: "none" | "codes" | "blocks";
  /** Bytes of a block before they are compressed. */
  readonly blockSize?: number;
  readonly encoding?: string | null;
  readonly codePage?: number;
  readonly variables: readonly MadeVariable[];
  readonly labels?: readonly {
    readonly values: readonly (readonly [number | string, string])[];
    /** Places in a case, from 1. */
    readonly slots: readonly number[];
  }[];
  readonly extensions?: readonly { readonly subtype: number; readonly size?: number; readonly bytes: Buffer }[];
  readonly cases: readonly (readonly CaseValue[])[];
  /** What the header says in place of the right number. */
  readonly declaredCases?: number;
  readonly endMark?: boolean;
}

const bias = 100;
const sysmis = -Number.MAX_VALUE;
const pad = (bytes: Buffer, length: number, fill = 32): Buffer =>
  Buffer.concat([bytes.subarray(0, length), Buffer.alloc(Math.max(0, length - bytes.length), fill)]);
const upTo = (multiple: number, length: number): number => Math.ceil(length / multiple) * multiple;

/** Numbers and texts as bytes, in the order and the code page of a file. */
export const byteWriter = (little: boolean, encoding: string) => {
  const sized = (size: number, write: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.alloc(size);
    write(bytes);
    return bytes;
  };
  return {
    int: (value: number) => sized(4, (b) => (little ? b.writeInt32LE(value) : b.writeInt32BE(value))),
    long: (value: number) =>
      sized(8, (b) => (little ? b.writeBigInt64LE(BigInt(value)) : b.writeBigInt64BE(BigInt(value)))),
    float: (value: number) => sized(8, (b) => (little ? b.writeDoubleLE(value) : b.writeDoubleBE(value))),
    value: (bytes: Buffer) => (little ? bytes.readDoubleLE() : bytes.readDoubleBE()),
    text: (value: string) => iconv.encode(value, encoding),
  };
};
type Bytes = ReturnType<typeof byteWriter>;

const eight = (bytes: Bytes, value: number | string): Buffer =>
  typeof value === "number" ? bytes.float(value) : pad(bytes.text(value), 8);

const variableRecords = (bytes: Bytes, made: MadeVariable): Buffer[] => {
  const width = made.width ?? 0;
  const label = made.label === undefined ? null : bytes.text(made.label);
  const format = width > 0 ? (1 << 16) | (width << 8) : ((made.format ?? 5) << 16) | (8 << 8);
  const head = [2, width, label ? 1 : 0, made.missing?.count ?? 0, format, format].map(bytes.int);
  const labelBytes = label ? [bytes.int(label.length), pad(label, upTo(4, label.length))] : [];
  const missing = (made.missing?.values ?? []).map((value) => eight(bytes, value));
  const continued = Buffer.concat([...[2, -1, 0, 0, 0, 0].map(bytes.int), pad(Buffer.alloc(0), 8)]);
  const more = Array.from({ length: Math.max(0, Math.ceil(width / 8) - 1) }, () => continued);
  return [...head, pad(bytes.text(made.name), 8), ...labelBytes, ...missing, ...more];
};

const extension = (bytes: Bytes, subtype: number, size: number, body: Buffer): Buffer =>
  Buffer.concat([...[7, subtype, size, body.length / size].map(bytes.int), body]);

const dictionary = (bytes: Bytes, made: MadeFile, little: boolean): Buffer => {
  const longNames = made.variables.flatMap(({ name, longName }) => (longName ? [`${name}=${longName}`] : []));
  const labels = (made.labels ?? []).flatMap(({ values, slots }) => [
    ...[3, values.length].map(bytes.int),
    ...values.flatMap(([value, label]) => {
      const text = bytes.text(label);
      return [eight(bytes, value), Buffer.from([text.length]), pad(text, upTo(8, text.length + 1) - 1)];
    }),
    ...[4, slots.length, ...slots].map(bytes.int),
  ]);
  const integers = [1, 2, 3, -1, 1, 1, little ? 2 : 1, made.codePage ?? 65001].map(bytes.int);
  const floats = [sysmis, Number.MAX_VALUE, -1.7976931348623155e308].map(bytes.float);
  return Buffer.concat([
    ...made.variables.flatMap((variable) => variableRecords(bytes, variable)),
    ...labels,
    ...[6, 1].map(bytes.int),
    pad(Buffer.from("A line of documentation"), 80),
    extension(bytes, 3, 4, Buffer.concat(integers)),
    extension(bytes, 4, 8, Buffer.concat(floats)),
    ...(longNames.length > 0 ? [extension(bytes, 13, 1, bytes.text(longNames.join("\t")))] : []),
    ...(made.extensions ?? []).map(({ subtype, size, bytes: body }) => extension(bytes, subtype, size ?? 1, body)),
    extension(bytes, 99, 4, Buffer.alloc(12, 7)),
    ...(made.encoding === null ? [] : [extension(bytes, 20, 1, Buffer.from(made.encoding ?? "UTF-8"))]),
    ...[999, 0].map(bytes.int),
  ]);
};

/** The pieces of 8 bytes of a case. */
const pieces = (bytes: Bytes, made: MadeFile, values: readonly CaseValue[]): Buffer[] =>
  made.variables.flatMap(({ width = 0 }, k) => {
    const value = values[k] ?? null;
    if (width === 0) return [bytes.float(typeof value === "number" ? value : sysmis)];
    const string = Buffer.isBuffer(value) ? value : bytes.text(String(value ?? ""));
    const text = pad(string.subarray(0, width), upTo(8, width));
    return Array.from({ length: text.length / 8 }, (_, piece) => text.subarray(8 * piece, 8 * piece + 8));
  });

const coded = (bytes: Bytes, made: MadeFile): Buffer => {
  const output: Buffer[] = [];
  let codes: number[] = [];
  let raw: Buffer[] = [];
  const add = (code: number, body: Buffer | null): void => {
    codes.push(code);
    if (body) raw.push(body);
    if (codes.length < 8) return;
    output.push(Buffer.from(codes), ...raw);
    codes = [];
    raw = [];
  };
  for (const values of made.cases)
    for (const piece of pieces(bytes, made, values)) {
      const code = bytes.value(piece) + bias;
      const isCode = Number.isInteger(code) && code > 0 && code < 252 && bytes.float(code - bias).equals(piece);
      if (piece.equals(bytes.float(sysmis))) add(255, null);
      else if (piece.equals(Buffer.alloc(8, 32))) add(254, null);
      else if (isCode) add(code, null);
      else add(253, piece);
    }
  if (made.endMark !== false) add(252, null);
  while (codes.length > 0) add(0, null);
  return Buffer.concat(output);
};

const inBlocks = (bytes: Bytes, data: Buffer, start: number, blockSize: number): Buffer => {
  const plain = Array.from({ length: Math.ceil(data.length / blockSize) }, (_, k) =>
    data.subarray(k * blockSize, (k + 1) * blockSize),
  );
  const packed = plain.map((block) => deflateSync(block));
  const end = start + 24 + packed.reduce((sum, block) => sum + block.length, 0);
  let [plainAt, packedAt] = [start, start + 24];
  const entries = plain.flatMap((block, k) => {
    const entry = [bytes.long(plainAt), bytes.long(packedAt), bytes.int(block.length), bytes.int(packed[k]!.length)];
    plainAt += block.length;
    packedAt += packed[k]!.length;
    return entry;
  });
  const header = [start, end, 24 + 24 * plain.length].map(bytes.long);
  const trailer = [bytes.long(-bias), bytes.long(0), bytes.int(blockSize), bytes.int(plain.length), ...entries];
  return Buffer.concat([...header, ...packed, ...trailer]);
};

export const writeSystemFile = (made: MadeFile): Buffer => {
  const little = made.little ?? true;
  const compression = made.compression ?? "none";
  const bytes = byteWriter(little, made.encoding === undefined ? "utf-8" : (made.encoding ?? "windows-1252"));
  const kind = { none: 0, codes: 1, blocks: 2 }[compression];
  const start = Buffer.concat([
    Buffer.from(compression === "blocks" ? "$FL3" : "$FL2"),
    pad(Buffer.from("@(#) SPSS DATA FILE made up by hand"), 60),
    ...[2, 1, kind, 0, made.declaredCases ?? made.cases.length].map(bytes.int),
    bytes.float(bias),
    pad(Buffer.from("01 Jan 2812:00:00"), 17),
    pad(Buffer.alloc(0), 67),
    dictionary(bytes, made, little),
  ]);
  if (compression === "none")
    return Buffer.concat([start, ...made.cases.flatMap((values) => pieces(bytes, made, values))]);
  const data = coded(bytes, made);
  const body = compression === "codes" ? data : inBlocks(bytes, data, start.length, made.blockSize ?? 0x3ff000);
  return Buffer.concat([start, body]);
};
