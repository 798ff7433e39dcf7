import type { Language, Problem } from "../../src/errors.ts";
import { explain } from "../../src/explain/explain.ts";
import type { Erased, Found } from "../persons/erasure.ts";
import type { Located, OwnFile } from "../persons/locate.ts";
import type { Scan } from "../persons/scan.ts";
import { type PersonWord, sayOf } from "./person-words.ts";
import { placeText } from "./terminal.ts";

const most = 20;
const listed = (lines: readonly number[]): string =>
  lines.length > most ? `${lines.slice(0, most).join(", ")}, … (${lines.length})` : lines.join(", ");

const ownLine = ({ file, lines }: OwnFile, language: Language): string =>
  `  ${file}: ${lines === null ? sayOf("unreadable", language) : `${sayOf("lines", language)} ${listed(lines)}`}`;

/** Everything that holds something about a person, one place a line. */
export const locatedText = ({ own, kept, vault }: Located, language: Language): string => {
  const say = (word: PersonWord): string => sayOf(word, language);
  const lines = [
    ...own.map((one) => `${ownLine(one, language)} (${say("ownFile")})`),
    ...kept.map(({ file, records }) => `  ${file}: ${records} ${say("records")} (${say("keptFile")})`),
    ...vault.map(({ wave, rater, rows }) => `  ${wave}, ${rater}: ${rows} ${say("rows")} (${say("inVault")})`),
  ];
  return [say("holdsPerson"), ...(lines.length > 0 ? lines : [`  ${say("none")}`])].join("\n");
};

/** What should have been deleted by rule. */
export const overdueText = (problems: readonly Problem[], language: Language): string =>
  [
    sayOf("overdue", language),
    ...problems.map((problem) => {
      const { message, hint } = explain(problem, language);
      return `  ${message} ${hint}`;
    }),
  ].join("\n");

/** What an erasure would take, and what it would not. */
export const foundText = (found: Found, language: Language): string =>
  [
    locatedText(found, language),
    ...(found.alreadyErased ? [sayOf("already", language)] : []),
    ...(found.texts > 0 ? [`${found.texts} ${sayOf("textsGo", language)}`] : []),
    ...(found.leader ? [sayOf("isLeader", language)] : []),
    ...(found.releases > 0 ? [`${found.releases} ${sayOf("releasesStay", language)}`] : []),
  ].join("\n");

const scanText = ({ files, bytes, tables, id }: Scan, language: Language): readonly string[] => {
  const say = (word: PersonWord): string => sayOf(word, language);
  const ofId =
    id === null
      ? [say("idShort")]
      : id.length === 0
        ? [say("idNowhere")]
        : [say("idIn"), ...id.map((place) => `  ${place}`)];
  return [
    `${say("scanned")} ${files} ${say("files")}, ${tables} ${say("tables")}, ${bytes} ${say("bytes")}.`,
    say("pseudonymNowhere"),
    ...ofId,
  ];
};

/** What an erasure did, what it proved, and what is left to the person at the terminal. */
export const erasedText = (
  { own }: Found,
  { kept, scan, problems }: Erased,
  remembered: string,
  language: Language,
): string =>
  [
    sayOf("erased", language),
    ...kept.map(({ file }) => `  ${file}: ${sayOf("rewritten", language)}`),
    ...scanText(scan, language),
    ...(problems.length > 0
      ? [
          sayOf("runAgain", language),
          ...problems.map((problem) => `  ${placeText(problem)}${explain(problem, language).message}`),
        ]
      : []),
    ...(own.length > 0 ? [sayOf("deleteYourself", language), ...own.map((one) => ownLine(one, language))] : []),
    sayOf("elsewhere", language),
    `${sayOf("remembered", language)} ${remembered}`,
  ].join("\n");
