import { Buffer } from "node:buffer";
import { createHmac, hash } from "node:crypto";
import { isMissingText } from "../../formats/answers.ts";
import { tidyText } from "../../study/fold.ts";

/** Of the 43 characters of a hash; 144 bits, so that no two respondents ever share a pseudonym. */
const pseudonymLength = 24;

/** How the vault knows a respondent: made from the id as it was delivered, by the study's key. */
export const pseudonymMaker = (key: string): ((id: string) => string) => {
  const prefix = `${key}\x1f`;
  const longest = 1 << 14;
  const buffer = Buffer.alloc(prefix.length + 3 * longest);
  buffer.write(prefix, "latin1");
  return (id) => {
    if (id.length > longest) return hash("sha256", prefix + id, "base64url").slice(0, pseudonymLength);
    const bytes = buffer.write(id, prefix.length, "utf8");
    return hash("sha256", buffer.subarray(0, prefix.length + bytes), "base64url").slice(0, pseudonymLength);
  };
};

/**
 * How the log and the list of erased persons know somebody: made from the pseudonym by the same key, so that without it
 * nobody can tell whose answers an entry is about, and with it nobody needs the id to find who was erased.
 */
export const subjectOf = (key: string, pseudonym: string): string =>
  createHmac("sha256", key).update(pseudonym).digest("base64url").slice(0, 32);

/** The subject of an id as it was delivered, or as somebody types it. */
export const subjectOfId = (key: string, id: string): string => subjectOf(key, pseudonymMaker(key)(tidyText(id)));

/** The id that a cell says; empty where it says that there is none. */
export const respondentId = (cell: string): string => {
  const id = tidyText(cell);
  return isMissingText(id) ? "" : id;
};
