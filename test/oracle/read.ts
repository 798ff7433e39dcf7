import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Answers of R, made by the script of the same name in `r/`. */
export const expected = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./expected/${name}.json`, import.meta.url), "utf8"));

/** Rows of an input by column name; the files hold no quotes. */
export function input(name: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...lines] = readFileSync(new URL(`./input/${name}.csv`, import.meta.url), "utf8")
    .trim()
    .split("\n");
  const names = header!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, index) => [names[index]!, cell])));
}

/** Fails unless the two differ by at most `tolerance`, relative to the expected value. */
export function expectClose(actual: number | null | undefined, wanted: number, tolerance: number, what = ""): void {
  const difference = Math.abs((actual ?? Number.NaN) - wanted) / Math.abs(wanted || 1);
  expect(difference, `${what}: ${actual} against ${wanted}`).toBeLessThanOrEqual(tolerance);
}
