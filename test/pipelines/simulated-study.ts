import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";

/** A delivered table as a reader with no part in the generator sees it: records by column. */
export function tableIn(folder: string, file: string): readonly Readonly<Record<string, string>>[] {
  const bytes = readFileSync(join(folder, file));
  const marked = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  return parse(iconv.decode(bytes, marked ? "utf-8" : "windows-1252"), {
    columns: true,
    delimiter: marked ? "," : ";",
    relax_column_count: true,
  });
}

export function grouped<T>(rows: readonly T[], key: (row: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()];
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const variance = (values: readonly number[]): number => {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
};

/** Valid answers as numbers, reversed where the item is; null for anything else. */
export const answersOf = (
  cells: readonly (string | undefined)[],
  reversed: readonly boolean[],
): readonly (number | null)[] =>
  cells.map((cell, i) => (/^[1-5]$/.test(cell ?? "") ? (reversed[i] ? 6 - Number(cell) : Number(cell)) : null));

/** Mean of the answers on 0–100, where at least half are there. */
export function scoreOf(answers: readonly (number | null)[]): number | null {
  const given = answers.filter((answer) => answer !== null);
  return given.length * 2 < answers.length ? null : (mean(given) - 1) * 25;
}

/** Cronbach's alpha of complete rows. */
export function alphaOf(rows: readonly (readonly (number | null)[])[]): number {
  const complete = rows.filter((row) => row.every((answer) => answer !== null)) as number[][];
  const k = complete[0]!.length;
  const items = Array.from({ length: k }, (_, i) => variance(complete.map((row) => row[i]!)));
  return (k / (k - 1)) * (1 - items.reduce((sum, v) => sum + v, 0) / variance(complete.map((row) => k * mean(row))));
}

/** ICC(1) by one-way analysis of variance with the adjusted mean group size. */
export function iccOf(groups: readonly (readonly number[])[]): number {
  const values = groups.flat();
  const centre = mean(values);
  const between =
    groups.reduce((sum, group) => sum + group.length * (mean(group) - centre) ** 2, 0) / (groups.length - 1);
  const within =
    groups.reduce((sum, group) => sum + group.reduce((part, value) => part + (value - mean(group)) ** 2, 0), 0) /
    (values.length - groups.length);
  const squares = groups.reduce((sum, group) => sum + group.length ** 2, 0);
  const size = (values.length - squares / values.length) / (groups.length - 1);
  return (between - within) / (between + (size - 1) * within);
}
