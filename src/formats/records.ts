import type { QuarantineCode } from "../errors.ts";
import { malformedRecord, recordSeparators } from "./delivered.ts";

/** How a text is cut into records. */
export interface Dialect {
  /** One ASCII character. */
  readonly separator: string;
  /** Whether cells may stand in quotation marks; where not, a quotation mark is an ordinary character. */
  readonly quoted: boolean;
  /** Physical lines on which it is one all the same, because a quotation that opens there does not end as one. */
  readonly ordinaryLines: ReadonlySet<number>;
}

export interface RejectedRecord {
  readonly line: number;
  readonly code: Extract<QuarantineCode, "too-few-cells" | "too-many-cells" | "quotes-malformed" | "record-malformed">;
}

/** What becomes of a text that is cut into records. */
export interface RecordSink {
  /** A wanted cell without its quotation marks: `bytes` from `start` up to `end`, to be read before the call returns. */
  readonly cell: (column: number, bytes: Uint8Array, start: number, end: number) => void;
  /** How many cells beyond the header are given too; mostly none. */
  readonly beyond?: number;
  /** The record whose cells have been given is whole. */
  readonly record: (line: number) => void;
  /** The record whose cells have been given does not fit the header. */
  readonly reject: (rejected: RejectedRecord) => void;
}

/** Records that stand inside one quoted cell: a quotation mark seems to have swallowed them. */
export interface SwallowedLines {
  readonly line: number;
  readonly lines: number;
}

export interface ScanEnd {
  /** Whole and rejected records. */
  readonly records: number;
  /** Physical lines of those, of lines without a cell, and of an unfinished record. */
  readonly lines: number;
  /** Records with nothing in the cells beyond the header. */
  readonly trailing: number;
  readonly swallowed: readonly SwallowedLines[];
  /** Physical lines on which a quotation opened that never closed, or closed on another line inside a cell. */
  readonly strayQuotes: readonly number[];
  /** Physical line on which a record starts that is longer than `recordLimit`; nothing after it was read. */
  readonly tooLong: number | null;
  /** Records before the last one whose last cell is empty. */
  readonly emptyEnds: number;
  /** The last record, where no line end stands behind it. */
  readonly unended: UnendedRecord | null;
}

/** A record that the end of the text ends: where it starts, whether it fits the header, and whether its last cell is empty. */
export interface UnendedRecord {
  readonly line: number;
  readonly code: RejectedRecord["code"] | null;
  readonly emptyEnd: boolean;
}

export interface RecordScanner {
  /** Takes the next bytes of the text, in UTF-8. */
  readonly push: (chunk: Uint8Array) => void;
  readonly finish: () => ScanEnd;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
const SPACE = 32;
const MALFORMED = malformedRecord.charCodeAt(0);

const states = { fieldStart: 0, plain: 1, quoted: 2, quoteSeen: 3 } as const;

/** Most bytes in one record. */
export const recordLimit = 1 << 20;

const mostSwallowed = 20;

/**
 * Cuts delimited text into records (RFC 4180, any line end, line ends inside quotation marks; a line end inside a cell
 * is given as a space). A quotation mark opens a quotation only as the first byte of a cell. Blank lines are not records.
 * One pass over bytes; a cell is copied only where it is quoted or cut by a chunk.
 *
 * @param dialect separator and quoting
 * @param wanted by column of the header, whether its cells are given; as bytes (1 or 0) it is used as it is
 * @param firstLine physical line of the first byte
 */
export const scanRecords = (
  dialect: Dialect,
  wanted: readonly boolean[] | Uint8Array,
  firstLine: number,
  sink: RecordSink,
): RecordScanner => {
  const { fieldStart, plain, quoted, quoteSeen } = states;
  const separator = dialect.separator.charCodeAt(0);
  const columns = wanted.length;
  /** In any other text the mark is a character like others. */
  const marksMalformed = dialect.separator === recordSeparators.cell;
  const given = wanted instanceof Uint8Array ? wanted : Uint8Array.from(wanted, Number);
  const keep = sink.beyond === undefined ? given : Uint8Array.from([...given, ...Array<number>(sink.beyond).fill(1)]);
  const swallowed: SwallowedLines[] = [];
  const strayQuotes = new Set<number>();
  let scratch = new Uint8Array(1 << 12);
  let length = 0;
  let state: number = fieldStart;
  let line = firstLine;
  let recordLine = firstLine;
  let quoteLine = firstLine;
  let separatorsInLine = 0;
  let swallowedHere = 0;
  let column = 0;
  let bytes = 0;
  let filledBeyond = false;
  let records = 0;
  let trailing = 0;
  let afterCarriageReturn = false;
  let malformed = false;
  let unreadable = false;
  let tooLong: number | null = null;
  let emptyEnds = 0;
  let emptyEnd = false;
  let lastCode: RejectedRecord["code"] | null = null;

  const copy = (chunk: Uint8Array, start: number, end: number): void => {
    if (keep[column] !== 1) return;
    if (length + end - start > scratch.length) {
      const larger = new Uint8Array(2 * (length + end - start));
      larger.set(scratch.subarray(0, length));
      scratch = larger;
    }
    for (let k = start; k < end; k += 1) scratch[length++] = chunk[k] as number;
  };
  const copyByte = (byte: number): void => {
    if (keep[column] !== 1) return;
    if (length === scratch.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(scratch);
      scratch = larger;
    }
    scratch[length++] = byte;
  };
  const closeCell = (chunk: Uint8Array, start: number, end: number): void => {
    if (column >= columns && (end > start || length > 0)) filledBeyond = true;
    if (keep[column] === 1) {
      if (length === 0) sink.cell(column, chunk, start, end);
      else {
        copy(chunk, start, end);
        sink.cell(column, scratch, 0, length);
      }
    }
    emptyEnd = end === start && length === 0 && state === fieldStart;
    length = 0;
  };
  const closeRecord = (): void => {
    const found = column + 1;
    records += 1;
    if (swallowedHere > 0 && swallowed.length < mostSwallowed)
      swallowed.push({ line: recordLine, lines: swallowedHere });
    const code = unreadable
      ? "record-malformed"
      : malformed
        ? "quotes-malformed"
        : found < columns
          ? "too-few-cells"
          : filledBeyond
            ? "too-many-cells"
            : null;
    if (code) sink.reject({ line: recordLine, code });
    else {
      if (found > columns) trailing += 1;
      sink.record(recordLine);
    }
    lastCode = code;
    column = 0;
    bytes = 0;
    filledBeyond = false;
    malformed = false;
    unreadable = false;
    swallowedHere = 0;
    state = fieldStart;
  };

  /**
   * Gives the cells from `from`, where one starts, up to the first that is not closed by a separator, stands beyond the
   * header, or starts with what may be a mark; gives where that one starts. Most cells are read here.
   */
  const plainCells = (chunk: Uint8Array, from: number): number => {
    const size = Math.min(chunk.length, from + recordLimit - bytes);
    let [start, at] = [from, column];
    for (; at < columns; at += 1) {
      const first = chunk[start];
      if (first === QUOTE || first === MALFORMED) break;
      let end = start;
      while (end < size && chunk[end] !== separator && chunk[end] !== LF && chunk[end] !== CR) end += 1;
      if (end >= size || chunk[end] !== separator) break;
      if (keep[at] === 1) sink.cell(at, chunk, start, end);
      start = end + 1;
    }
    column = at;
    bytes += start - from;
    return start;
  };

  const push = (chunk: Uint8Array): void => {
    if (tooLong !== null) return;
    const size = chunk.length;
    let cellStart = 0;
    for (let k = 0; k < size; k += 1) {
      if (state === fieldStart && length === 0 && cellStart === k) {
        const next = plainCells(chunk, k);
        if (next > k) {
          afterCarriageReturn = false;
          cellStart = next;
          k = next - 1;
          continue;
        }
      }
      const byte = chunk[k] as number;
      if (state === quoted) {
        bytes += 1;
        if (byte === QUOTE) {
          afterCarriageReturn = false;
          state = quoteSeen;
          continue;
        }
        if (byte === LF || byte === CR) {
          if (byte === LF && afterCarriageReturn) {
            afterCarriageReturn = false;
            continue;
          }
          afterCarriageReturn = byte === CR;
          if (columns > 1 && line > quoteLine && separatorsInLine === columns - 1) swallowedHere += 1;
          separatorsInLine = 0;
          line += 1;
          copyByte(SPACE);
        } else {
          afterCarriageReturn = false;
          if (byte === separator) separatorsInLine += 1;
          copyByte(byte);
        }
        if (bytes > recordLimit) {
          if (swallowedHere > 0) strayQuotes.add(quoteLine);
          tooLong = recordLine;
          return;
        }
      } else if (byte === separator) {
        closeCell(chunk, cellStart, state === quoteSeen ? cellStart : k);
        column += 1;
        bytes += 1;
        cellStart = k + 1;
        state = fieldStart;
        afterCarriageReturn = false;
      } else if (byte === LF || byte === CR) {
        if (byte === LF && afterCarriageReturn) {
          afterCarriageReturn = false;
          cellStart = k + 1;
          continue;
        }
        afterCarriageReturn = byte === CR;
        if (bytes > 0 || column > 0) {
          closeCell(chunk, cellStart, state === quoteSeen ? cellStart : k);
          emptyEnds += Number(emptyEnd);
          closeRecord();
        }
        line += 1;
        recordLine = line;
        cellStart = k + 1;
      } else {
        bytes += 1;
        afterCarriageReturn = false;
        if (state === fieldStart) {
          if (byte === MALFORMED && marksMalformed && column === 0) unreadable = true;
          if (byte === QUOTE && dialect.quoted && !dialect.ordinaryLines.has(line)) {
            quoteLine = line;
            separatorsInLine = 0;
            state = quoted;
            cellStart = size;
          } else state = plain;
        } else if (state === quoteSeen) {
          if (byte === QUOTE) {
            copyByte(QUOTE);
            state = quoted;
          } else if (byte !== SPACE) {
            malformed = true;
            if (line > quoteLine) strayQuotes.add(quoteLine);
          }
        }
        if (bytes > recordLimit) {
          tooLong = recordLine;
          return;
        }
      }
      if (state === quoted || state === quoteSeen) cellStart = size;
    }
    if (state === plain || state === fieldStart) {
      if (cellStart < size && column >= columns) filledBeyond = true;
      copy(chunk, cellStart, size);
    }
  };

  const finish = (): ScanEnd => {
    if (state === quoted && tooLong === null) strayQuotes.add(quoteLine);
    const unended = bytes > 0 || column > 0;
    const last = state !== quoted && unended && tooLong === null;
    if (last) {
      closeCell(scratch, 0, 0);
      closeRecord();
    }
    const lines = line - firstLine + Number(unended);
    const ended = { records, lines, trailing, swallowed, strayQuotes: [...strayQuotes], tooLong, emptyEnds };
    return { ...ended, unended: last ? { line: recordLine, code: lastCode, emptyEnd } : null };
  };
  return { push, finish };
};
