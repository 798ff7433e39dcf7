import type { Language } from "../../src/errors.ts";
import type { Estimate } from "../../src/estimation/inference/estimate.ts";
import { formatNumber } from "../../src/reporting/page/locale.ts";
import { say } from "./words.ts";

/** Lines of a table whose columns are as wide as their widest cell; numbers stand to the right. */
export const textTable = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const numeric = (text: string): boolean => /^[−<\d+]/.test(text) || text === "–";
  return rows
    .map((row) =>
      row
        .map((cell, k) => (numeric(cell) ? cell.padStart(widths[k] ?? 0) : cell.padEnd(widths[k] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};

export const number = (value: number | null, digits: number, language: Language): string =>
  value === null ? "–" : formatNumber(value, digits, language);

export const probability = (value: number | null, language: Language): string =>
  value !== null && value < 0.0001 ? `<${number(0.0001, 4, language)}` : number(value, 4, language);

export const interval = (low: number | null, high: number | null, digits: number, language: Language): string =>
  low === null || high === null
    ? "–"
    : `${number(low, digits, language)} ${say("to", language)} ${number(high, digits, language)}`;

/** The scale, and who answers it where it is not the employees. */
export const outcomeText = ({ outcome, rater }: Pick<Estimate, "outcome" | "rater">): string =>
  rater === null || rater === "employee" ? outcome : `${rater} ${outcome}`;
