import { Buffer } from "node:buffer";
import { constants, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { chainedLine, emptyLog, followChain, type LogHead, type LogReading } from "../../store/log/chain.ts";
import { isDiskFull, openReserve, reservedIn } from "./log-reserve.ts";

/**
 * What a person did, or the server itself: began or ended to serve, went on after a cut line, found a broken chain; or
 * that the log lost its oldest entries by its own rule.
 */
export type Action =
  | "read"
  | "write"
  | "erase"
  | "refused"
  | "link"
  | "sign-in"
  | "sign-out"
  | "serve"
  | "repair"
  | "verify"
  | "prune";

/** One act at the server; never an answer, a name or an address. */
export interface Access {
  /** Place in the log, from 1. */
  readonly n: number;
  /** UTC. */
  readonly at: string;
  /** Who; null for the server itself. */
  readonly person: string | null;
  readonly action: Action;
  /** What it was done to: the route of a page. */
  readonly object: string;
  readonly release: string | null;
  readonly result: string;
}

export type NewAccess = Omit<Access, "n" | "at">;

export const accessFile = (stateFolder: string): string => join(stateFolder, "access.jsonl");

const prunedForm = /^\{"pruned":\{"entries":(\d+),"hash":"([0-9a-f]{64})"\}\}\n/;

/** The line that stands for entries that were pruned: the last of them. */
export const prunedLine = ({ entries, hash }: LogHead): string => `${JSON.stringify({ pruned: { entries, hash } })}\n`;

/** What the entry says that is made when a log is pruned. */
export const prunedResult = ({ entries, hash }: LogHead): string => `${entries}:${hash}`;

/** The last entry that was pruned, and how many bytes say so. */
const prunedIn = (bytes: Buffer): { readonly from: LogHead; readonly length: number } => {
  const [line = "", entries, hash] = prunedForm.exec(bytes.toString("latin1", 0, 200)) ?? [];
  if (entries === undefined || hash === undefined) return { from: emptyLog, length: 0 };
  return { from: { entries: Number(entries), hash }, length: line.length };
};

/** Follows the chain of a log. That its beginning is gone must be said within the chain, or it was taken away by a stranger. */
export const followAccess = (bytes: Buffer): LogReading<Access> => {
  const { from, length } = prunedIn(bytes);
  const reading = followChain<Access>(bytes.subarray(length), from);
  if (length === 0) return reading;
  const said = reading.entries.findLast(({ action }) => action === "prune");
  const isSaid = said?.result === prunedResult(from);
  return { ...reading, broken: [...(isSaid ? [] : [1]), ...reading.broken.map((line) => line + 1)] };
};

/** What of the reserve's lines is not in the log yet: a kill can leave lines in both. */
const notIn = ({ head }: LogReading<Access>, reserved: Buffer): Buffer => {
  const isNew = (line: string): boolean => Number(/"entry":\{"n":(\d+),/.exec(line)?.[1]) > head.entries;
  return Buffer.from(
    reserved
      .toString("utf8")
      .split(/(?<=\n)/)
      .filter(isNew)
      .join(""),
  );
};

/** The log as it stands, its chain followed; null where there is none. */
export const readAccess = async (stateFolder: string): Promise<LogReading<Access> | null> => {
  try {
    const bytes = await readFile(accessFile(stateFolder));
    const reading = followAccess(bytes);
    const held = notIn(reading, await reservedIn(stateFolder));
    if (held.length === 0) return reading;
    return followAccess(Buffer.concat([bytes.subarray(0, bytes.length - reading.torn), held]));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fault;
  }
};

/** The log of a running server, which alone writes it. */
export interface AccessLog {
  /** Adds an entry, on disk when this returns. */
  readonly append: (entry: NewAccess) => Promise<void>;
  readonly head: () => LogHead;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly entry: NewAccess;
  readonly done: () => void;
  readonly failed: (fault: unknown) => void;
}

const { O_RDWR, O_CREAT, O_APPEND, O_DSYNC } = constants;

/**
 * Opens the log to write it on. A line cut off by a stop is taken away, and said. Entries that arrive while one is
 * written share the next write, so that a disk that takes its time slows each reader once. On a full disk they go into
 * a reserve until there is space again, or the reserve is full too.
 */
export const openAccessLog = async (stateFolder: string, now: () => number): Promise<AccessLog> => {
  const file = await open(accessFile(stateFolder), O_RDWR | O_CREAT | O_APPEND | O_DSYNC, 0o600);
  const bytesThere = await readFile(accessFile(stateFolder));
  const reading = followAccess(bytesThere);
  let size = bytesThere.length - reading.torn;
  const reserve = await openReserve(stateFolder);
  /** Lines of the reserve that the log does not have yet. */
  let held = notIn(reading, reserve.found);
  let { head } = followAccess(Buffer.concat([bytesThere.subarray(0, size), held]));
  let waiting: Waiting[] = [];
  let work: Promise<void> | null = null;

  const add = async (bytes: Buffer): Promise<void> => {
    try {
      for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
    } catch (fault) {
      await file.truncate(size);
      throw fault;
    }
    size += bytes.length;
  };
  const addOrHold = async (bytes: Buffer): Promise<void> => {
    const wasHeld = held.length > 0;
    try {
      await add(Buffer.concat([held, bytes]));
      held = Buffer.alloc(0);
    } catch (fault) {
      if (!isDiskFull(fault) || !(await reserve.add(bytes))) throw fault;
      held = Buffer.concat([held, bytes]);
    }
    // What stands in both places counts once, so that this may fail.
    if (wasHeld && held.length === 0) await reserve.clear().catch(() => undefined);
  };

  const write = async (entries: readonly NewAccess[]): Promise<void> => {
    // Two that write would tear the chain in two; what another has written is left as it is.
    if ((await file.stat()).size !== size) throw new Error("The access log was written by another");
    let next = head;
    const lines = entries.map((entry) => {
      const n = next.entries + 1;
      const line = chainedLine({ n, at: new Date(now()).toISOString(), ...entry }, next.hash);
      next = { entries: n, hash: line.slice(9, 73) };
      return line;
    });
    await addOrHold(Buffer.from(lines.join("")));
    head = next;
  };

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await write(batch.map(({ entry }) => entry));
        for (const { done } of batch) done();
      } catch (fault) {
        for (const { failed } of batch) failed(fault);
      }
    }
    work = null;
  };

  const append = (entry: NewAccess): Promise<void> =>
    new Promise((done, failed) => {
      waiting.push({ entry, done, failed });
      work ??= writeAll();
    });

  const own = (action: Action, result: string) =>
    append({ person: null, action, object: "log", release: null, result });
  if (reading.torn > 0) {
    await file.truncate(size);
    await own("repair", `torn-line-removed:${reading.torn}`);
  }
  if (reserve.found.length > 0 && held.length === 0) await reserve.clear().catch(() => undefined);
  if (reading.broken.length > 0) await own("verify", `broken:${reading.broken.slice(0, 12).join(",")}`);
  return {
    append,
    head: () => head,
    close: async () => {
      await work;
      if (held.length > 0) await addOrHold(Buffer.alloc(0)).catch(() => undefined);
      await file.close();
      await reserve.close();
    },
  };
};
