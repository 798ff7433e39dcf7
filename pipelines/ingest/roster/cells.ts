import { numberIn } from "../../../src/formats/numbers.ts";

const slashed = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/;

/** A day of the roster as an ISO day; null for a text that is none. */
const isoDay = (text: string): string | null => {
  const [, day = "", month = "", year = ""] = slashed.exec(text) ?? [];
  const iso = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
  const date = new Date(`${iso}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
    ? iso
    : null;
};

/** The order of day and month that the dates of a file show; null where none of them shows it. */
export const orderOf = (text: string): "day-first" | "month-first" | null => {
  const [, first = "0", second = "0"] = slashed.exec(text) ?? [];
  return Number(first) > 12 ? "day-first" : Number(second) > 12 ? "month-first" : null;
};

/** A number from 0, of which thousands may be marked where it is whole; null for a text that is none. */
const countOf = (text: string): number | null => {
  const readings = [numberIn(text, "."), numberIn(text, ",")].filter((value) => value !== null);
  const count = readings.find(Number.isInteger) ?? readings[0] ?? null;
  return count !== null && count >= 0 ? count : null;
};

/** What a cell says, by what its column means; null where it says nothing that can be used. */
export const rosterValue = { employees: countOf, attended: countOf, from: isoDay, to: isoDay } as const;
