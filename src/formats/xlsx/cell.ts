import type { Place } from "../../errors.ts";
import { damaged } from "./damage.ts";
import type { NumberForm } from "./number-format.ts";
import { temporalText } from "./serial-date.ts";
import { decodeEscapes } from "./text.ts";

/** What the cells of a workbook refer to. */
export interface CellContext {
  readonly place: Place;
  readonly strings: readonly string[];
  readonly styles: readonly (NumberForm | null)[];
  readonly from1904: boolean;
}

/** A cell as it is written. */
export interface RawCell {
  readonly type: string;
  readonly style: number;
  /** The `<v>`; null where there is none. */
  readonly value: string | null;
  /** The `<is>`; null where there is none. */
  readonly inline: string | null;
}

export type CellKind = "empty" | "text" | "number" | "long-number" | "date" | "boolean" | "error";

export interface Cell {
  readonly text: string;
  readonly kind: CellKind;
}

const empty: Cell = { text: "", kind: "empty" };

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const shortInteger = /^(?:0|-?[1-9]\d{0,14})$/;
const integer = /^-?\d+$/;

/** The shortest text of a number; a whole one that a computer's number cannot hold stays as it is written. */
const numberCell = (written: string): Cell => {
  if (shortInteger.test(written)) return { text: written, kind: "number" };
  if (!number.test(written)) return { text: written, kind: "text" };
  const value = Number(written);
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { text: String(value), kind: "number" };
  return { text: integer.test(written) || !Number.isFinite(value) ? written : String(value), kind: "long-number" };
};

const numberOrDate = (written: string, style: number, { styles, from1904 }: CellContext): Cell => {
  const format = styles[style] ?? null;
  if (format === "percent" && number.test(written))
    return { text: `${Number((100 * Number(written)).toPrecision(15))}%`, kind: "number" };
  if (format !== null && format !== "percent" && number.test(written)) {
    const text = temporalText(Number(written), format, from1904);
    if (text !== null) return { text, kind: "date" };
  }
  return numberCell(written);
};

const sharedText = (written: string, { place, strings }: CellContext): string => {
  const text = shortInteger.test(written) ? strings[Number(written)] : undefined;
  if (text === undefined) throw damaged(place, "shared-string-missing");
  return text;
};

const isTrue = (written: string): boolean => written === "1" || written.toLowerCase() === "true";

/** What a cell says, as text. */
export const readCell = ({ type, style, value, inline }: RawCell, context: CellContext): Cell => {
  if (inline !== null) return { text: inline, kind: "text" };
  if (value === null) return empty;
  if (type === "str" || type === "inlineStr") return { text: decodeEscapes(value), kind: "text" };
  const written = value.trim();
  if (written === "") return empty;
  if (type === "s") return { text: sharedText(written, context), kind: "text" };
  if (type === "b") return { text: isTrue(written) ? "TRUE" : "FALSE", kind: "boolean" };
  if (type === "e") return { text: written, kind: "error" };
  if (type === "d") return { text: written.replace(/T00:00(:00(\.0+)?)?Z?$/, ""), kind: "date" };
  return numberOrDate(written, style, context);
};
