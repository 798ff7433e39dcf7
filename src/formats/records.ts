import type { QuarantineCode } from "../errors.ts";

/** What separates cells, and how many physical lines stand before the first record. */
export interface Dialect {
  readonly separator: string;
  /** Lines to skip before the header, such as a spreadsheet's `sep=;`. */
  readonly preamble: number;
  readonly header: readonly string[];
  /** Physical line on which the first record after the header starts. */
  readonly firstLine: number;
}

/** Between cells in what the scanner writes: a control character that no cell may hold. */
export const cellSeparator = 0x1f;

export interface RejectedRecord {
  readonly line: number;
  readonly code: Extract<QuarantineCode, "too-few-cells" | "too-many-cells" | "quotes-malformed" | "control-character">;
}

export interface RecordScanner {
  /** Takes the next bytes (UTF-8, starting at the header) and gives the finished records in the plain dialect. */
  readonly push: (chunk: Uint8Array) => Uint8Array;
  /** Ends the file: the last record without a line end, and what became of all. */
  readonly finish: () => {
    readonly rest: Uint8Array;
    readonly records: number;
    readonly rejected: readonly RejectedRecord[];
    /** Physical line on which a quotation opened that never closed. */
    readonly unclosedQuote: number | null;
    /** Physical line on which a record starts that is longer than `recordLimit`; nothing after it was read. */
    readonly tooLong: number | null;
  };
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
const SPACE = 32;

const states = { fieldStart: 0, plain: 1, quoted: 2, quoteSeen: 3 } as const;

/** Most bytes in one record. */
export const recordLimit = 1 << 20;

/**
 * Cuts delimited text into records (RFC 4180, any line end, quoted line ends) and writes those with the header's number
 * of cells in one plain dialect: physical line number, then the wanted cells in the file's order, unit-separated, one
 * record a line, no quoting (a line end inside a cell becomes a space). Records that do not fit are rejected with their
 * physical line. Blank lines are not records. Throughput matters: one pass over bytes, nothing allocated per cell.
 *
 * @param dialect from `sniffDialect`; `push` starts with the first byte of the file's text
 * @param wanted by column of the header, whether its cells are written
 */
export const scanRecords = (dialect: Dialect, wanted: readonly boolean[]): RecordScanner => {
  const { fieldStart, plain, quoted, quoteSeen } = states;
  const separator = dialect.separator.charCodeAt(0);
  const columns = dialect.header.length;
  const keep = Uint8Array.from(wanted, Number);
  const rejected: RejectedRecord[] = [];
  let output = new Uint8Array(1 << 16);
  let length = 0;
  let recordStart = 0;
  let state: number = fieldStart;
  let line = 1;
  let recordLine = 1;
  let quoteLine = 1;
  let column = 0;
  let bytes = 0;
  let records = 0;
  let afterCarriageReturn = false;
  let malformed: RejectedRecord["code"] | null = null;
  let tooLong: number | null = null;

  const reserve = (more: number): void => {
    if (length + more <= output.length) return;
    const larger = new Uint8Array(Math.max(output.length * 2, length + more));
    larger.set(output.subarray(0, length));
    output = larger;
  };
  const openRecord = (): void => {
    recordStart = length;
    const digits = String(recordLine);
    reserve(digits.length + 1);
    for (let k = 0; k < digits.length; k += 1) output[length++] = digits.charCodeAt(k);
    if (keep[0] === 1) output[length++] = cellSeparator;
  };
  const closeRecord = (): void => {
    const found = column + 1;
    const blank = found === 1 && bytes === 0;
    if (recordLine >= dialect.firstLine && !blank) {
      records += 1;
      const code = malformed ?? (found < columns ? "too-few-cells" : found > columns ? "too-many-cells" : null);
      if (code) {
        rejected.push({ line: recordLine, code });
        length = recordStart;
      } else {
        reserve(1);
        output[length++] = LF;
      }
    } else length = recordStart;
    column = 0;
    bytes = 0;
    state = fieldStart;
    malformed = null;
  };

  const push = (chunk: Uint8Array): Uint8Array => {
    if (tooLong !== null) return new Uint8Array();
    reserve(chunk.length * 2 + 64);
    for (let k = 0; k < chunk.length; k += 1) {
      const byte = chunk[k] as number;
      const lineEnd = byte === LF || byte === CR;
      if (byte === LF && afterCarriageReturn) {
        afterCarriageReturn = false;
        continue;
      }
      afterCarriageReturn = byte === CR;
      if (bytes === 0 && column === 0 && state === fieldStart) {
        recordLine = line;
        openRecord();
      }
      if (lineEnd) line += 1;
      if (state === quoted) {
        bytes += 1;
        if (byte === QUOTE) state = quoteSeen;
        else if (keep[column] === 1) output[length++] = lineEnd ? SPACE : byte;
      } else if (byte === separator) {
        column += 1;
        state = fieldStart;
        if (keep[column] === 1) output[length++] = cellSeparator;
      } else if (lineEnd) {
        closeRecord();
      } else if (byte === QUOTE && state === fieldStart) {
        bytes += 1;
        quoteLine = line;
        state = quoted;
      } else {
        bytes += 1;
        if (state === quoteSeen) {
          if (byte === QUOTE) state = quoted;
          else if (byte !== SPACE) malformed = "quotes-malformed";
        } else if (state === fieldStart) state = plain;
        if (keep[column] === 1) output[length++] = byte;
      }
      if (byte === cellSeparator && byte !== separator) malformed = "control-character";
      if (bytes > recordLimit) {
        tooLong = recordLine;
        return output.slice(0, recordStart);
      }
      if (length + 32 > output.length) reserve(chunk.length - k + 64);
    }
    const finished = output.slice(0, recordStart);
    output.copyWithin(0, recordStart, length);
    length -= recordStart;
    recordStart = 0;
    return finished;
  };

  const finish = () => {
    const unclosedQuote = state === quoted ? quoteLine : null;
    if (unclosedQuote === null && (bytes > 0 || column > 0)) closeRecord();
    return { rest: output.slice(0, length), records, rejected, unclosedQuote, tooLong };
  };
  return { push, finish };
};
