import type { CaseWriter } from "./case-writer.ts";
import { damaged, type SpssFault } from "./faults.ts";
import type { Header } from "./header.ts";

/** Takes the data after the description of the variables, cut anywhere, and gives the cases to a writer. */
export interface CaseReader {
  readonly push: (bytes: Uint8Array) => void;
  /** Refuses what ends within a case, or after another number of cases than the header says. */
  readonly finish: () => void;
}

const unit = 8;
const spaces = new Uint8Array(unit).fill(32);
const zeros = new Uint8Array(unit);
const codes = { padding: 0, end: 252, raw: 253, spaces: 254, missing: 255 } as const;

/** What is done with each 8 bytes, which may not be cut. */
type TakeUnit = (bytes: Uint8Array, view: DataView, at: number) => void;

/** Cuts the data into pieces of 8 bytes wherever the chunks end. */
const inUnits = (take: TakeUnit) => {
  const carried = new Uint8Array(unit);
  const carriedView = new DataView(carried.buffer);
  let carry = 0;
  const push = (bytes: Uint8Array): void => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (carry > 0 && at < bytes.length) {
      carried[carry++] = bytes[at++]!;
      if (carry < unit) continue;
      carry = 0;
      take(carried, carriedView, 0);
    }
    for (; at + unit <= bytes.length; at += unit) take(bytes, view, at);
    while (at < bytes.length) carried[carry++] = bytes[at++]!;
  };
  return { push, left: () => carry };
};

const plainUnit =
  (writer: CaseWriter, little: boolean): TakeUnit =>
  (bytes, view, at) =>
    writer.expectsText() ? writer.text(bytes, at) : writer.number(view.getFloat64(at, little));

export const caseReader = (file: string, header: Header, writer: CaseWriter): CaseReader => {
  const { little, cases, bias } = header;
  const expected = cases ?? Number.POSITIVE_INFINITY;
  const pending = new Uint8Array(unit);
  let next = unit;
  let ended = false;
  const plain = plainUnit(writer, little);
  /** In the case that was begun, or would be the next. */
  const fault = (cause: SpssFault) => damaged(file, cause, { kind: "case", number: writer.cases() + 1 });

  const takeText = (code: number): void => {
    if (code === codes.spaces) writer.text(spaces, 0);
    else if (code === bias) writer.text(zeros, 0);
    else throw fault("spss-cases");
  };
  const takeNumber = (code: number): void => {
    if (code === codes.missing) writer.nothing();
    else if (code === codes.spaces) throw fault("spss-cases");
    else writer.number(code - bias);
  };
  /** Carries out codes up to one that waits for its 8 bytes. */
  const takeCodes = (): void => {
    while (next < unit && !ended && pending[next] !== codes.raw) {
      const code = pending[next++]!;
      if (code === codes.padding) continue;
      if (code === codes.end) ended = true;
      else if (writer.cases() === expected) throw fault("spss-case-count");
      else if (writer.expectsText()) takeText(code);
      else takeNumber(code);
    }
  };
  const codedUnit: TakeUnit = (bytes, view, at) => {
    if (ended) return afterEnd(bytes, at);
    if (next < unit) {
      if (writer.cases() === expected) throw fault("spss-case-count");
      next += 1;
      plain(bytes, view, at);
    } else {
      for (let k = 0; k < unit; k += 1) pending[k] = bytes[at + k]!;
      next = 0;
    }
    takeCodes();
    if (ended) afterEnd(pending, next);
  };
  /** Where the number of cases is not known, nothing but zeros may stand after the mark of the end. */
  const afterEnd = (bytes: Uint8Array, from: number): void => {
    if (cases !== null) return;
    for (let k = from; k < from + unit && k < bytes.length; k += 1) if (bytes[k] !== 0) throw fault("spss-case-count");
  };
  const plainCase: TakeUnit = (bytes, view, at) => {
    if (writer.cases() === expected) throw fault("spss-case-count");
    plain(bytes, view, at);
  };
  const units = inUnits(header.compression === "none" ? plainCase : codedUnit);
  return {
    push: units.push,
    finish: () => {
      const waiting = header.compression !== "none" && !ended && next < unit;
      if (!writer.isBetweenCases() || waiting || (units.left() > 0 && !ended)) throw fault("truncated");
      if (cases !== null && writer.cases() !== cases) throw fault("spss-case-count");
    },
  };
};
