import type { Temporal } from "./number-format.ts";

const secondsADay = 86_400;
/** 9999-12-31 in either count of days; spreadsheets know none later. */
const lastDay = { from1900: 2_958_465, from1904: 2_957_003 };
/** Workbooks that count from 1900 hold a 29 February 1900 that never was, so days before it are counted one later. */
const falseDay = 60;
const zero = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) };

const two = (value: number): string => String(value).padStart(2, "0");
const clock = (seconds: number, hours: string): string =>
  `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;

const day = (serial: number, from1904: boolean): string => {
  if (!from1904 && serial === 0) return "1900-01-00";
  if (!from1904 && serial === falseDay) return "1900-02-29";
  const days = !from1904 && serial < falseDay ? serial + 1 : serial;
  const start = from1904 ? zero.from1904 : zero.from1900;
  return new Date(start + days * secondsADay * 1000).toISOString().slice(0, 10);
};

/**
 * A number of days as its format shows it, to the second: `2018-06-01`, `2018-06-01T09:30:00`, `09:30:00`, or `26:30:00`
 * for a time that has passed. Day 0 is the `1900-01-00` that spreadsheets show.
 *
 * @returns null where there is no such day, so that the number itself has to stand
 */
export const temporalText = (serial: number, format: Temporal, from1904: boolean): string | null => {
  if (!(serial >= 0) || serial >= (from1904 ? lastDay.from1904 : lastDay.from1900) + 1) return null;
  const total = Math.round(serial * secondsADay);
  const seconds = total % secondsADay;
  if (format === "elapsed") return clock(total, two(Math.floor(total / 3600)));
  const time = clock(seconds, two(Math.floor(seconds / 3600)));
  if (format === "time" && total < secondsADay) return time;
  const date = day((total - seconds) / secondsADay, from1904);
  return seconds === 0 ? date : `${date}T${time}`;
};
