import { type Dialect, scanRecords } from "./records.ts";

const separators = [";", ",", "\t", "|"] as const;

/** More columns than any survey has: what stands beyond is not read into the header. */
const mostColumns = 1 << 17;
const everyColumn = new Uint8Array(mostColumns).fill(1);

/** A record at the beginning of a text. */
export interface FirstRecord {
  readonly cells: readonly string[];
  readonly line: number;
  /** Bytes of the text before what follows, and the physical line on which that begins. */
  readonly end: number;
  readonly next: number;
}

const decoder = new TextDecoder();

/** Byte after the line that begins at `start`, its end included. */
export const lineEnd = (bytes: Uint8Array, start: number): number => {
  for (let k = start; k < bytes.length; k += 1) {
    if (bytes[k] === 10) return k + 1;
    if (bytes[k] === 13) return bytes[k + 1] === 10 ? k + 2 : k + 1;
  }
  return bytes.length;
};

/**
 * The first records of a text, at most so many.
 *
 * @param bytes the beginning of the text, in UTF-8
 * @param start byte of `bytes` at which the first record begins, and `line`, its physical line
 * @param whole whether `bytes` is all of the text: then its last record may lack a line end
 */
export const firstRecords = (
  bytes: Uint8Array,
  { start, line, whole }: { readonly start: number; readonly line: number; readonly whole: boolean },
  dialect: Dialect,
  most: number,
): readonly FirstRecord[] => {
  const found: FirstRecord[] = [];
  let cells: string[] = [];
  let end = start;
  let pushed = 0;
  const close = (at: number): void => {
    found.push({ cells, line: at, end, next: line + pushed });
    cells = [];
  };
  const scanner = scanRecords(dialect, everyColumn, line, {
    cell: (_, from, first, last) => void cells.push(decoder.decode(from.subarray(first, last))),
    record: close,
    reject: (rejected) => close(rejected.line),
  });
  for (let at = start; at < bytes.length && found.length < most; at = end) {
    const next = lineEnd(bytes, at);
    end = next;
    pushed += 1;
    scanner.push(bytes.subarray(at, next));
  }
  if (whole && found.length < most) scanner.finish();
  return found;
};

export interface SniffedText extends Dialect {
  /** Bytes and physical lines before the first record, such as a spreadsheet's `sep=;`. */
  readonly start: number;
  readonly line: number;
}

const preambleOf = (bytes: Uint8Array): { start: number; line: number; separator: string | null } => {
  const text = decoder.decode(bytes.subarray(0, 1 << 12));
  const declared = /^sep=(.)(?:\r\n|\r|\n)/i.exec(text);
  if (declared) return { start: declared[0].length, line: 2, separator: declared[1] ?? null };
  let [start, line] = [0, 1];
  for (let next = lineEnd(bytes, start); next < bytes.length; next = lineEnd(bytes, start)) {
    if (decoder.decode(bytes.subarray(start, next)).trim() !== "") break;
    start = next;
    line += 1;
  }
  return { start, line, separator: null };
};

/** How many of the records have as many cells as the first, where that has more than one. */
const fitting = (records: readonly FirstRecord[]): number => {
  const cells = records[0]?.cells.length ?? 0;
  return cells < 2 ? 0 : records.filter((record) => record.cells.length === cells).length / records.length;
};

const sampled = 50;
const ordinaryLines: ReadonlySet<number> = new Set();

/**
 * Where a tab separates, vendors mostly do not quote: a quotation mark is taken as one only where every cell that begins
 * with one also ends with one.
 */
const quotes = (records: readonly FirstRecord[], separator: string): boolean => {
  if (separator !== "\t") return true;
  const opened = records.flatMap(({ cells }) => cells).filter((cell) => cell.startsWith('"'));
  return opened.length > 0 && opened.every((cell) => /^"(?:[^"]|"")*"$/.test(cell));
};

/**
 * Finds separator and quoting from the beginning of a text: the separator is the one that cuts most of the first records
 * into as many cells as the first, and of several the one that cuts it into most; a first line `sep=…` decides alone.
 *
 * @param bytes the beginning of the text, in UTF-8, at least up to the end of its first record
 * @param given separator that the study file gives; null where it gives none
 * @param header where the study file says that the header begins; null where it does not say
 * @returns null where there is no record
 */
export const sniffText = (
  bytes: Uint8Array,
  whole: boolean,
  given: string | null,
  header: { readonly start: number; readonly line: number } | null,
): SniffedText | null => {
  const { separator: declared, ...preamble } = preambleOf(bytes);
  const { start, line } = header ?? preamble;
  const place = { start, line, whole };
  const choices = (given ?? declared) ? [given ?? (declared as string)] : separators;
  const tried = choices.map((separator) => {
    const records = firstRecords(bytes, place, { separator, quoted: true, ordinaryLines }, sampled);
    return { separator, records, cells: records[0]?.cells.length ?? 0, fits: fitting(records) >= 0.5 };
  });
  if (tried.every(({ records }) => records.length === 0)) return null;
  const best = tried.reduce((one, other) =>
    other.fits !== one.fits ? (other.fits ? other : one) : other.cells > one.cells ? other : one,
  );
  const bare = firstRecords(bytes, place, { separator: best.separator, quoted: false, ordinaryLines }, sampled);
  return { separator: best.separator, quoted: quotes(bare, best.separator), ordinaryLines, start, line };
};

/** Whether each line is one quoted cell that holds a record: a file that was quoted twice. */
export const areLinesQuoted = (records: readonly FirstRecord[]): boolean =>
  records.length > 0 && records.every(({ cells }) => cells.length === 1 && /[;,\t|]/.test(cells[0] ?? ""));
