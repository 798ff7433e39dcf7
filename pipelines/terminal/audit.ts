import type { Language } from "../../src/errors.ts";
import type { LogEntry, LogHead } from "../../src/store/log/chain.ts";
import type { AboutPerson, Audit } from "../persons/audited.ts";
import { sayOf } from "./person-words.ts";
import { locatedText } from "./persons.ts";

const entryLine = ({ n, at, actor, command, result }: LogEntry): string =>
  `  ${n}  ${at}  ${actor}  ${command}: ${result}`;

/** What the log proves, and what it cannot. */
export const auditText = ({ head, torn, anchored, unfinished, erased }: Audit, language: Language): string =>
  [
    `${head.entries} ${sayOf("entries", language)}; ${sayOf("holds", language)}. ${erased} ${sayOf("persons", language)}.`,
    ...(torn > 0 ? [`${torn} ${sayOf("torn", language)}.`] : []),
    ...(anchored ? [] : [sayOf("noHead", language)]),
    ...(unfinished.length > 0 ? [sayOf("unfinished", language), ...unfinished.map(entryLine)] : []),
    `${sayOf("head", language)} ${head.entries}:${head.hash}`,
    sayOf("limits", language),
  ].join("\n");

/** What the server's log of who read what proves. */
export const accessText = ({ entries, hash }: LogHead, language: Language): string =>
  `${entries} ${sayOf("accessEntries", language)}; ${sayOf("holds", language)}. ${sayOf("head", language)} ${entries}:${hash}`;

/** Everything about one person: where it lies, and who did what with it. */
export const aboutText = (person: AboutPerson, language: Language): string =>
  [
    locatedText(person, language),
    ...(person.erased ? [sayOf("already", language)] : []),
    sayOf("about", language),
    ...(person.entries.length > 0 ? person.entries.map(entryLine) : [`  ${sayOf("none", language)}`]),
  ].join("\n");
