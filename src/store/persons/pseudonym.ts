import { Buffer } from "node:buffer";
import { createHmac, hash } from "node:crypto";
import { isMissingText } from "../../formats/answers.ts";
import { tidyText } from "../../study/fold.ts";

/** Of the 43 characters of a hash; 144 bits, so that no two respondents ever share a pseudonym. */
const pseudonymLength = 24;

/** How the vault knows respondents: made from their ids, as texts or as their bytes in UTF-8. */
export interface Pseudonyms {
  readonly ofBytes: (id: Uint8Array, length: number) => string;
  readonly ofText: (id: string) => string;
}

/** Pseudonyms made from ids as they were delivered, by the study's key. */
export const pseudonymMaker = (key: string): Pseudonyms => {
  const prefix = Buffer.from(`${key}\x1f`, "latin1");
  const longest = 1 << 14;
  const buffer = Buffer.concat([prefix, Buffer.alloc(longest)]);
  const beginnings: Buffer[] = [];
  const hashed = (bytes: Buffer): string => hash("sha256", bytes, "base64url").slice(0, pseudonymLength);
  const ofBytes = (id: Uint8Array, length: number): string => {
    if (length > longest) return hashed(Buffer.concat([prefix, id.subarray(0, length)]));
    for (let k = 0; k < length; k += 1) buffer[prefix.length + k] = id[k] as number;
    const bytes = beginnings[length] ?? buffer.subarray(0, prefix.length + length);
    beginnings[length] = bytes;
    return hashed(bytes);
  };
  const ofText = (id: string): string => {
    const bytes = Buffer.from(id, "utf8");
    return ofBytes(bytes, bytes.length);
  };
  return { ofBytes, ofText };
};

/**
 * How the log and the list of erased persons know somebody: made from the pseudonym by the same key, so that without it
 * nobody can tell whose answers an entry is about, and with it nobody needs the id to find who was erased.
 */
export const subjectOf = (key: string, pseudonym: string): string =>
  createHmac("sha256", key).update(pseudonym).digest("base64url").slice(0, 32);

/** The subject of an id as it was delivered, or as somebody types it. */
export const subjectOfId = (key: string, id: string): string =>
  subjectOf(key, pseudonymMaker(key).ofText(tidyText(id)));

/** The id that a cell says; empty where it says that there is none. */
export const respondentId = (cell: string): string => {
  const id = tidyText(cell);
  return isMissingText(id) ? "" : id;
};
