import type { Language } from "../../src/errors.ts";
import { explainQuarantine } from "../../src/explain/quarantine.ts";
import type { IngestReport } from "../ingest/ingest.ts";
import { number, textTable } from "./text-table.ts";
import { heads, say } from "./words.ts";

export const ingestTable = ({ deliveries }: IngestReport, language: Language): string =>
  textTable([
    heads(["file", "wave", "rater", "rows", "accepted", "rejected", "unchanged"], language),
    ...deliveries.map((one) => [
      one.file,
      one.wave,
      one.rater,
      number(one.rows, 0, language),
      number(one.accepted, 0, language),
      number(one.rejected, 0, language),
      number(one.unchanged, 0, language),
    ]),
  ]);

/** The first refused rows, each as `file:line:column: reason`. */
export const quarantineLines = ({ quarantine }: IngestReport, most: number, language: Language): string => {
  const lines = quarantine.slice(0, most).map(({ file, line, column, code }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    return `${place}: ${explainQuarantine(code, language)}`;
  });
  const more = quarantine.length - lines.length;
  return [...lines, ...(more > 0 ? [`… ${say("and", language)} ${more} ${say("more", language)}`] : [])].join("\n");
};
