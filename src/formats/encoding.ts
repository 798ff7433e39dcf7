import { isAscii, isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import type { Encoding as DeclaredEncoding } from "../study/study.ts";

/** `mixed`: some lines are UTF-8 and others Windows-1252; each is read as what it is. */
export type Encoding = DeclaredEncoding | "mixed";

/** Signs that letters were damaged before the file came here, or that it is not what it seems. */
export const textAlarms = [
  "encodings-mixed",
  "letters-lost",
  "letters-doubled",
  "bytes-undefined",
  "mark-missing",
] as const;
export type TextAlarm = (typeof textAlarms)[number];

export interface EncodingFinding {
  readonly encoding: Encoding;
  /** Each with the physical line on which it first shows. */
  readonly alarms: readonly { readonly alarm: TextAlarm; readonly line: number }[];
}

/** A file that is no text, and the physical line of its first NUL byte. */
export interface NotText {
  readonly encoding: null;
  readonly line: number;
}

type Chunks = () => AsyncIterable<Uint8Array>;

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Byte-order mark at the start of a file, if it has one. */
export const markedEncoding = (start: Uint8Array): { readonly encoding: Encoding; readonly bytes: number } | null => {
  const found = marks.find(([, mark]) => mark.every((byte, k) => start[k] === byte));
  return found ? { encoding: found[0], bytes: found[1].length } : null;
};

/** UTF-16 without a mark: every other byte of the beginning is NUL, as in text of Western letters. */
const unmarkedUtf16 = (start: Uint8Array): Encoding | null => {
  const pairs = Math.min(start.length, 4096) >> 1;
  if (pairs < 2) return null;
  let [even, odd] = [0, 0];
  for (let k = 0; k < pairs; k += 1) {
    if (start[2 * k] === 0) even += 1;
    if (start[2 * k + 1] === 0) odd += 1;
  }
  if (odd > 0.7 * pairs && even === 0) return "utf-16le";
  return even > 0.7 * pairs && odd === 0 ? "utf-16be" : null;
};

/** Whether all bytes are UTF-8, and whether one of them is NUL. */
const validate = async (
  open: Chunks,
): Promise<{ readonly utf8: boolean; readonly nul: boolean; readonly ascii: boolean }> => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [utf8, nul, ascii] = [true, false, true];
  const check = (chunk: Uint8Array | undefined): void => {
    if (!utf8 || (ascii && (chunk === undefined || isAscii(chunk)))) return;
    ascii = false;
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      utf8 = false;
    }
  };
  for await (const chunk of open()) {
    if (chunk.includes(0)) nul = true;
    check(chunk);
  }
  check(undefined);
  return { utf8, nul, ascii };
};

/** Longer lines come in pieces. */
const longestLine = 1 << 22;

/** Where lines end, after their ends; after a carriage return at the very end a line feed may follow. */
function* endsOf(bytes: Buffer): Generator<number> {
  let [lineFeed, carriageReturn] = [bytes.indexOf(10), bytes.indexOf(13)];
  while (lineFeed >= 0 || carriageReturn >= 0) {
    const returns = carriageReturn >= 0 && (lineFeed < 0 || carriageReturn < lineFeed);
    if (returns && carriageReturn === bytes.length - 1) return;
    const end = returns && lineFeed !== carriageReturn + 1 ? carriageReturn + 1 : lineFeed + 1;
    yield end;
    if (lineFeed === end - 1) lineFeed = bytes.indexOf(10, end);
    if (returns) carriageReturn = bytes.indexOf(13, end);
  }
}

/** Lines of bytes, with their ends. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
    let start = 0;
    for (const end of endsOf(bytes)) {
      yield bytes.subarray(start, end);
      start = end;
    }
    rest = bytes.subarray(start);
    if (rest.length < longestLine) continue;
    yield rest;
    rest = Buffer.alloc(0);
  }
  if (rest.length > 0) yield rest;
}

/** Whether the next piece begins another line: a long line comes in several. */
const endsLine = (piece: Uint8Array): boolean => piece.at(-1) === 10 || piece.at(-1) === 13;

const undefinedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const lost = Buffer.from("\uFFFD");
/** Letters such as `ø` that were read as Windows-1252 and written as UTF-8 once more. */
const doubled = /Ã[\u0080-\u00BF¦¸¥†˜…„¤¶¼–]|â€[™œž“”˜\u009D]/;
const doubledStart = [Buffer.from([0xc3, 0x83]), Buffer.from([0xc3, 0xa2, 0xe2, 0x82, 0xac])];

/**
 * The first line of each alarm; only read where there is one to find.
 *
 * @param expected whether lines are to be UTF-8; null where the first line beyond ASCII says so
 */
const alarmsOf = async (
  open: Chunks,
  encoding: Encoding,
  expected: boolean | null,
): Promise<EncodingFinding["alarms"]> => {
  const first = new Map<TextAlarm, number>();
  const tell = (alarm: TextAlarm, line: number): void => void (first.has(alarm) || first.set(alarm, line));
  let [line, ended] = [0, true];
  let usual = expected;
  for await (const bytes of linesOf(open())) {
    if (ended) line += 1;
    ended = endsLine(bytes);
    if (encoding === "utf-8") {
      if (bytes.includes(lost)) tell("letters-lost", line);
      if (doubledStart.some((start) => bytes.includes(start)) && doubled.test(bytes.toString("utf8")))
        tell("letters-doubled", line);
    } else if (!isAscii(bytes)) {
      const utf8 = isUtf8(bytes);
      if (!utf8 && bytes.some((byte) => undefinedBytes.has(byte))) tell("bytes-undefined", line);
      usual ??= utf8;
      if (utf8 !== usual) tell("encodings-mixed", line);
    }
  }
  return [...first].map(([alarm, at]) => ({ alarm, line: at }));
};

const lineOfNul = async (open: Chunks): Promise<number> => {
  let [line, ended] = [0, true];
  for await (const bytes of linesOf(open())) {
    if (ended) line += 1;
    ended = endsLine(bytes);
    if (bytes.includes(0)) return line;
  }
  return line;
};

const startOf = async (open: Chunks): Promise<Uint8Array> => {
  for await (const chunk of open()) return chunk.subarray(0, 4096);
  return new Uint8Array();
};

const suspicious = async (open: Chunks): Promise<boolean> => {
  for await (const chunk of open()) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (bytes.includes(lost) || doubledStart.some((start) => bytes.includes(start))) return true;
  }
  return false;
};

/** A study that gives the encoding is obeyed; a line of UTF-8 shows as one that was encoded twice. */
const misreadAs1252 = async (open: Chunks): Promise<EncodingFinding["alarms"]> => {
  const alarms = await alarmsOf(open, "windows-1252", false);
  return alarms.map(({ alarm, line }) => ({ alarm: alarm === "encodings-mixed" ? "letters-doubled" : alarm, line }));
};

/**
 * Decides on a file's encoding from all of its bytes: a byte-order mark, else strict UTF-8, else Windows-1252, or both
 * line by line where some lines are valid UTF-8 beyond ASCII and others are not. A NUL byte outside UTF-16 means that
 * the file is not text.
 *
 * @param given encoding that the study file gives; null where it gives none
 */
export const findEncoding = async (
  open: Chunks,
  given: DeclaredEncoding | null,
): Promise<EncodingFinding | NotText> => {
  const start = await startOf(open);
  const marked = markedEncoding(start)?.encoding ?? null;
  if (marked === "utf-16le" || marked === "utf-16be") return { encoding: marked, alarms: [] };
  if (given === "utf-16le" || given === "utf-16be") return { encoding: given, alarms: [] };
  const unmarked = unmarkedUtf16(start);
  if (unmarked) return { encoding: unmarked, alarms: [{ alarm: "mark-missing", line: 1 }] };
  const { utf8, nul, ascii } = await validate(open);
  if (nul) return { encoding: null, line: await lineOfNul(open) };
  if (given === "windows-1252") return { encoding: given, alarms: await misreadAs1252(open) };
  if (ascii) return { encoding: "utf-8", alarms: [] };
  if (utf8) return { encoding: "utf-8", alarms: (await suspicious(open)) ? await alarmsOf(open, "utf-8", null) : [] };
  const alarms = await alarmsOf(open, "windows-1252", given === null ? null : true);
  const mixed = alarms.some(({ alarm }) => alarm === "encodings-mixed");
  return { encoding: mixed ? "mixed" : "windows-1252", alarms };
};

async function* lineByLine(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const line of linesOf(chunks))
    yield isUtf8(line) ? line : Buffer.from(iconv.decode(line, "windows-1252"), "utf8");
}

async function* decoded(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of chunks) {
    const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (text) yield Buffer.from(text, "utf8");
  }
  const rest = decoder.end();
  if (rest) yield Buffer.from(rest, "utf8");
}

const utf8Mark = [0xef, 0xbb, 0xbf];

/** Chunks of any encoding as chunks of UTF-8 without byte-order marks, however many a file begins with. */
export async function* toUtf8(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  const text = encoding === "utf-8" ? chunks : encoding === "mixed" ? lineByLine(chunks) : decoded(chunks, encoding);
  let first = true;
  for await (let chunk of text) {
    if (first) while (utf8Mark.every((byte, k) => chunk[k] === byte)) chunk = chunk.subarray(3);
    first = false;
    if (chunk.length > 0) yield chunk;
  }
}
