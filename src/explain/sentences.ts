import type { AssignmentDifference, Language, OpenPart, Problem } from "../errors.ts";
import { assignmentDifference, openName } from "./terms.ts";

export type Sentences = Readonly<Record<Language, readonly [message: string, hint: string]>>;
export type Explained = { readonly [C in Problem["code"]]: (problem: Extract<Problem, { code: C }>) => Sentences };

const most = 12;
export const listed = (words: readonly string[]): string =>
  words.length > most ? `${words.slice(0, most).join(", ")}, …` : words.join(", ");

export const differenceText = ({ what, leaders }: AssignmentDifference, language: Language): string =>
  leaders.length > 0
    ? `${assignmentDifference(what, language)} (${leaders.length}: ${listed(leaders)})`
    : assignmentDifference(what, language);

export const suggestion = (nearest: string | undefined, allowed: readonly string[]): { da: string; en: string } => {
  const da = allowed.length > 0 ? `Kendte: ${listed(allowed)}.` : "Her er ingen at vælge imellem.";
  const en = allowed.length > 0 ? `Known: ${listed(allowed)}.` : "There is none to choose from.";
  if (nearest === undefined) return { da, en };
  return { da: `Mente du \`${nearest}\`? ${da}`, en: `Did you mean \`${nearest}\`? ${en}` };
};

export const openText = ({ what, id, candidates }: OpenPart, language: Language): string => {
  const name = what === "item" ? id : openName(what, language);
  return candidates.length === 0 ? name : `${name} (${candidates.join(" | ")})`;
};

const only = (candidates: readonly string[]): string | undefined =>
  candidates.length === 1 ? candidates[0] : undefined;

export const openOptions = (open: readonly OpenPart[], column: string): readonly string[] =>
  open.map(({ what, id, candidates }) =>
    what === "item"
      ? `--item ${id}=${only(candidates) ?? column}`
      : `--${what} ${only(candidates) ?? (what === "leader" ? column : "ID")}`,
  );

export const ledgerFault = {
  absent: { da: "mangler", en: "is missing" },
  altered: { da: "er ændret, siden den blev skrevet", en: "has changed since it was written" },
  unreadable: { da: "kan ikke læses", en: "cannot be read" },
} as const;

/** Where every row fails at an id, and the nearest one begins with a zero, a spreadsheet has made numbers of the ids. */
export const lostZeros = (nearest: string, language: Language): string => {
  if (!nearest.startsWith("0")) return "";
  return language === "da"
    ? " Har et regneark fjernet nullerne foran, så gør kolonnen til tekst, og eksportér igen."
    : " If a spreadsheet took the leading zeros away, make the column text and export again.";
};
