import type { Language } from "../../src/errors.ts";
import type { Restored } from "../persons/restored.ts";
import { sayOf } from "./person-words.ts";

/** What a restore brought back, and what it did not. */
export const restoredText = (
  { made, files, erased, again, putBack, deliverAgain, outside }: Restored,
  language: Language,
): string => {
  const rows = again.vault.reduce((sum, one) => sum + one.rows, 0);
  const isPurged = again.vault.length + again.kept.length > 0;
  return [
    `${sayOf("restored", language)} ${made}: ${files} ${sayOf("files", language)}.`,
    `${erased} ${sayOf("replayed", language)} ${rows} ${sayOf("rows", language)}.`,
    ...(putBack.length > 0 ? [`${putBack.join(", ")}: ${sayOf("putBack", language)}`] : []),
    ...(deliverAgain.length > 0 ? [sayOf("deliverAgain", language), ...deliverAgain.map((file) => `  ${file}`)] : []),
    ...(outside.length > 0
      ? [sayOf("outside", language), ...outside.map(({ name, path }) => `  ${name} → ${path}`)]
      : []),
    ...(isPurged ? [sayOf("runNext", language)] : []),
  ].join("\n");
};
