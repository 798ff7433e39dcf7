import type { Language, Problem } from "../../src/errors.ts";
import { explain } from "../../src/explain/explain.ts";
import { explainQuarantine } from "../../src/explain/quarantine.ts";
import type { DeliveryReport, IngestReport, RefusedRow } from "../ingest/report.ts";
import { coercionText } from "./coercions.ts";
import { placeText } from "./terminal.ts";
import { number, textTable } from "./text-table.ts";
import { heads, say } from "./words.ts";

export const ingestTable = ({ deliveries }: IngestReport, language: Language): string =>
  textTable([
    heads(
      [
        "file",
        "format",
        "wave",
        "rater",
        "rows",
        "accepted",
        "rejected",
        "skipped",
        "unchanged",
        "corrected",
        "removed",
      ],
      language,
    ),
    ...deliveries.map((one) => [
      one.file,
      `${one.format}, ${one.encoding}`,
      one.wave,
      one.rater,
      ...[one.rows, one.accepted, one.rejected, one.skipped, one.unchanged, one.changed, one.removed].map((count) =>
        number(count, 0, language),
      ),
    ]),
  ]);

const placeOf = (file: string, line: number | undefined, column: string | number | null | undefined): string =>
  [file, line, column ?? undefined].filter((part) => part !== undefined).join(":");

/** What was changed in the cells of each delivery: how often, and where first. */
export const coercionLines = (deliveries: readonly DeliveryReport[], language: Language): string =>
  deliveries
    .flatMap(({ file, coercions }) =>
      coercions.map(
        ({ kind, count, line, column }) =>
          `${placeOf(file, line, column)}: ${number(count, 0, language)} ${coercionText(kind, language)}`,
      ),
    )
    .join("\n");

/** What looks wrong although it was read, with what to do. */
export const warningLines = (warnings: readonly Problem[], language: Language): string =>
  warnings
    .map((warning) => {
      const { message, hint } = explain(warning, language);
      return `${placeText(warning)}${message}${hint ? ` ${hint}` : ""}`;
    })
    .join("\n");

/** Refused rows by file, reason and column, most first: the place of the first, how many, why, what may be meant. */
export const quarantineLines = ({ quarantine }: IngestReport, most: number, language: Language): string => {
  const groups = new Map<string, { readonly first: RefusedRow; rows: number; nearest: string | undefined }>();
  for (const row of quarantine) {
    const key = JSON.stringify([row.file, row.code, row.column]);
    const group = groups.get(key) ?? { first: row, rows: 0, nearest: row.nearest };
    group.rows += 1;
    group.nearest ??= row.nearest;
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort((a, b) => b.rows - a.rows);
  const lines = sorted.slice(0, most).map(({ first, rows, nearest }) => {
    const meant = nearest === undefined ? "" : ` ${say("nearest", language)}: ${nearest}.`;
    const count = `${number(rows, 0, language)} ${say(rows === 1 ? "row" : "rows", language)}`;
    return `${placeOf(first.file, first.line, first.column)}: ${count}. ${explainQuarantine(first.code, language)}${meant}`;
  });
  const more = sorted.length - lines.length;
  return [...lines, ...(more > 0 ? [`… ${say("and", language)} ${more} ${say("more", language)}`] : [])].join("\n");
};
