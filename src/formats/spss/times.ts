import type { MissingRange } from "../delivered.ts";

/** How a number of a column is to be read. */
export type NumberKind = "number" | "date" | "datetime" | "time";

/** By code of the print format, as the file writes it. */
const kinds: ReadonlyMap<number, NumberKind> = new Map([
  [20, "date"], // DATE
  [21, "time"], // TIME
  [22, "datetime"], // DATETIME
  [23, "date"], // ADATE
  [24, "date"], // JDATE
  [25, "time"], // DTIME
  [28, "date"], // MOYR
  [29, "date"], // QYR
  [30, "date"], // WKYR
  [38, "date"], // EDATE
  [39, "date"], // SDATE
  [40, "time"], // MTIME
  [41, "datetime"], // YMDHMS
]);

export const kindOfFormat = (code: number): NumberKind => kinds.get(code) ?? "number";

const day = 86_400;
/** Time is counted in seconds from 14 October 1582, the day before the Gregorian calendar began. */
const from1582To1970 = 141_428 * day;
const year10000 = Date.UTC(10_000, 0, 1) / 1000 + from1582To1970;

const inCalendar = (seconds: number): boolean => seconds >= day && seconds < year10000;
const isoText = (seconds: number): string => new Date(Math.round((seconds - from1582To1970) * 1000)).toISOString();
const withoutZeros = (text: string): string => text.replace(/\.000$/, "");

const dateText = (seconds: number): string | null =>
  inCalendar(seconds) ? isoText(Math.floor(seconds / day) * day).slice(0, 10) : null;

const datetimeText = (seconds: number): string | null => {
  const rounded = Math.round(seconds * 1000) / 1000;
  return inCalendar(rounded) ? withoutZeros(isoText(rounded).slice(0, 23)) : null;
};

const padded = (value: number, width: number): string => String(value).padStart(width, "0");

/** A duration may be negative and longer than a day. */
const timeText = (seconds: number): string | null => {
  if (!(Math.abs(seconds) < year10000)) return null;
  const rounded = Math.round(Math.abs(seconds) * 1000);
  const whole = Math.floor(rounded / 1000);
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const text = `${clock.map((part) => padded(part, 2)).join(":")}.${padded(rounded % 1000, 3)}`;
  return withoutZeros(seconds < 0 && rounded > 0 ? `-${text}` : text);
};

/** A number as its cell has it; null where it is none, or a date outside 1582-10-15 to 9999-12-31. */
export const numberText = (kind: NumberKind, value: number): string | null => {
  if (!Number.isFinite(value)) return null;
  if (kind === "date") return dateText(value);
  if (kind === "datetime") return datetimeText(value);
  return kind === "time" ? timeText(value) : String(value);
};

export const isWithin = (ranges: readonly MissingRange[], value: number): boolean =>
  ranges.some(({ low, high }) => value >= low && value <= high);
