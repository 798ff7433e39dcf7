import { recordSeparators } from "../delivered.ts";
import { type CodePage, trimmedLength } from "./code-page.ts";
import type { CaseColumn } from "./columns.ts";
import { recordText } from "./record-text.ts";
import { textCells } from "./text-cells.ts";
import { isWithin, numberText } from "./times.ts";

/** Cells of a column that do not say what the file has. */
export interface Coercions {
  /** Dates and times outside the calendar, and numbers that are none: now empty. */
  outOfRange: number;
  /** Strings, dates and times that the file declares to be no answers: now empty. */
  missing: number;
  /** Strings with bytes that the code page does not know. */
  unreadable: number;
}

/** Takes cases by their pieces of 8 bytes, in order, and writes them as text records. */
export interface CaseWriter {
  readonly expectsText: () => boolean;
  readonly number: (value: number) => void;
  /** No value. */
  readonly nothing: () => void;
  /** 8 bytes of a string. */
  readonly text: (bytes: Uint8Array, at: number) => void;
  readonly isBetweenCases: () => boolean;
  readonly cases: () => number;
  readonly take: (which: "full" | "all") => readonly Uint8Array[];
  readonly coercions: readonly Coercions[];
}

const cellEnd = recordSeparators.cell.charCodeAt(0);
const recordEnd = recordSeparators.record.charCodeAt(0);
const MINUS = 45;
const longestNumber = 40;
const mostDigits = 999_999_999;

/** Every part of a very long string but the last has 32 pieces of 8 bytes, of which the last byte is none of it. */
const placeInText = (slot: number): number => (slot >> 5) * 255 + (slot & 31) * 8;

export const caseWriter = (columns: readonly CaseColumn[], page: CodePage, sysmis: number): CaseWriter => {
  const output = recordText();
  const coercions = columns.map((): Coercions => ({ outOfRange: 0, missing: 0, unreadable: 0 }));
  const widest = Math.max(...columns.map(({ slots }) => slots)) * 8;
  const string = Buffer.alloc(widest);
  const writeText = textCells(page, widest, output);
  const isText = Uint8Array.from(columns, ({ kind }) => Number(kind === "text"));
  const isPlain = Uint8Array.from(columns, ({ kind }) => Number(kind === "number"));
  const last = columns.length - 1;
  let column = 0;
  let slot = 0;
  let cases = 0;

  const closeCell = (): void => {
    if (column === last) {
      output.byte(recordEnd);
      column = 0;
      cases += 1;
    } else {
      output.byte(cellEnd);
      column += 1;
    }
  };
  const writeTime = (value: number): void => {
    const { kind, missingTimes } = columns[column]!;
    const missing = isWithin(missingTimes, value);
    const text = missing || kind === "text" ? null : numberText(kind, value);
    if (text !== null) output.ascii(text);
    else coercions[column]![missing ? "missing" : "outOfRange"] += 1;
  };
  const writeNumber = (value: number): void => {
    const size = Math.abs(value);
    if (size <= mostDigits && Math.floor(size) === size) {
      if (value < 0) output.byte(MINUS);
      output.digits(size);
    } else if (Number.isFinite(value)) output.ascii(String(value));
    else coercions[column]!.outOfRange += 1;
  };
  const number = (value: number): void => {
    output.reserve(longestNumber);
    if (value === sysmis || value === -Number.MAX_VALUE) return closeCell();
    if (isPlain[column] === 1) writeNumber(value);
    else writeTime(value);
    closeCell();
  };
  const closeText = (): void => {
    const { width, missingTexts } = columns[column]!;
    const value = string.subarray(0, trimmedLength(string, width));
    const missing = missingTexts.some((each) => each.subarray(0, trimmedLength(each, each.length)).equals(value));
    if (missing && value.length > 0) coercions[column]!.missing += 1;
    if (missing) output.reserve(1);
    else if (!writeText(string, width)) coercions[column]!.unreadable += 1;
    slot = 0;
    closeCell();
  };
  const text = (bytes: Uint8Array, at: number): void => {
    const to = placeInText(slot);
    for (let k = 0; k < 8; k += 1) string[to + k] = bytes[at + k]!;
    slot += 1;
    if (slot === columns[column]!.slots) closeText();
  };
  const nothing = (): void => {
    output.reserve(1);
    closeCell();
  };
  return {
    expectsText: () => isText[column] === 1,
    number,
    nothing,
    text,
    isBetweenCases: () => column === 0 && slot === 0,
    cases: () => cases,
    take: output.take,
    coercions,
  };
};
