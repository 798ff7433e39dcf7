import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

/** What an entry says; never an answer, a name or an id as it was delivered. */
export interface LogEntry {
  /** Place in the log, from 1. */
  readonly n: number;
  /** UTC. */
  readonly at: string;
  /** User of the operating system. */
  readonly actor: string;
  readonly command: string;
  /** `begun` before anything is read; then `done`, or why not: the codes of a refusal, `failed`. */
  readonly result: string;
  /** The entry with which the command began. */
  readonly of?: number;
  /** Persons whom it concerns, as `subjectOf` knows them; empty where it concerns all. */
  readonly about: readonly string[];
  /** What it was done with: hashes of deliveries, the release, counts. */
  readonly objects: Readonly<Record<string, string | number | readonly string[]>>;
}

/** The last entry of a log: how many there are, and the hash that depends on all of them. */
export interface LogHead {
  readonly entries: number;
  readonly hash: string;
}

export const emptyLog: LogHead = { entries: 0, hash: "0".repeat(64) };

const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

const opening = '{"hash":"';
const middle = '","entry":';
const entryAt = opening.length + 64 + middle.length;

/** What every entry of a log has: its place, from 1. */
interface Numbered {
  readonly n: number;
}

/** A line of the log: h = SHA-256(h of the line before ‖ entry), and the entry. */
export const chainedLine = <E extends Numbered>(entry: E, former: string): string => {
  const text = JSON.stringify(entry);
  return `${opening}${sha256(former, text)}${middle}${text}}\n`;
};

interface Line {
  readonly hash: string;
  /** The entry's bytes; null where the line is not of the form. */
  readonly entry: Uint8Array | null;
}

/** A line in which not one byte can be another: the form is fixed, and the hash is of the entry's bytes. */
const readLine = (bytes: Buffer): Line => {
  const start = bytes.toString("latin1", 0, entryAt);
  const found = /^\{"hash":"([0-9a-f]{64})","entry":$/.exec(start);
  if (!found || bytes.at(-1) !== 0x7d) return { hash: sha256(bytes), entry: null };
  return { hash: found[1]!, entry: bytes.subarray(entryAt, -1) };
};

const parsed = <E>(entry: Uint8Array): E | null => {
  try {
    return JSON.parse(Buffer.from(entry).toString("utf8")) as E;
  } catch {
    return null;
  }
};

/** A log as it stands. */
export interface LogReading<E = LogEntry> {
  readonly entries: readonly E[];
  /** By line, the hash that the next line was made from. */
  readonly hashes: readonly string[];
  /** Lines, from 1, that are not what was written there, or do not follow from the line before. */
  readonly broken: readonly number[];
  /** The last entry that is no longer here, from which the first one follows; `emptyLog` for a log that has all. */
  readonly from: LogHead;
  readonly head: LogHead;
  /** Bytes after the last whole line: a line that was being written when the process or the machine stopped. */
  readonly torn: number;
}

/** Follows a chain from what came before it: every line that was altered, moved, put in, or whose forerunner was taken out. */
export const followChain = <E extends Numbered>(bytes: Buffer, from: LogHead): LogReading<E> => {
  const entries: E[] = [];
  const hashes: string[] = [];
  const broken: number[] = [];
  let former = from.hash;
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    const { hash, entry } = readLine(bytes.subarray(start, end));
    const read = entry === null ? null : parsed<E>(entry);
    const line = hashes.push(hash);
    const follows = entry !== null && sha256(former, entry) === hash && read?.n === from.entries + line;
    if (!follows) broken.push(line);
    if (read !== null) entries.push(read);
    former = hash;
    start = end + 1;
  }
  const head = { entries: from.entries + hashes.length, hash: former };
  return { entries, hashes, broken, from, head, torn: bytes.length - start };
};

/** Reads a log that has all of its entries. */
export const readChain = <E extends Numbered = LogEntry>(bytes: Buffer): LogReading<E> => followChain(bytes, emptyLog);

/** Whether a log still holds, at its place, what was once its last entry; null where it does not reach there. */
export const holdsHead = (
  { hashes, from }: Pick<LogReading, "hashes" | "from">,
  { entries, hash }: LogHead,
): boolean | null => {
  if (entries < from.entries || entries > from.entries + hashes.length) return null;
  return entries === 0 || (entries === from.entries ? from.hash : hashes[entries - from.entries - 1]) === hash;
};
