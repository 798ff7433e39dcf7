import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../new-file.ts";
import { chainedLine, type LogEntry, type LogHead, readChain } from "./chain.ts";
import { exclusively } from "./exclusive.ts";

export const logFile = (studyFolder: string): string => join(studyFolder, ".spejl", "log.jsonl");
export const headFile = (studyFolder: string): string => join(studyFolder, ".spejl", "log.head");

const readBytes = (file: string): Promise<Buffer | null> =>
  readFile(file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return null;
    throw fault;
  });

const isHead = (value: unknown): value is LogHead =>
  typeof value === "object" && value !== null && "entries" in value && "hash" in value;

/** What stands beside the log as its last entry; null where nothing does, or nothing that can be read. */
export const readHead = async (studyFolder: string): Promise<LogHead | null> => {
  const bytes = await readBytes(headFile(studyFolder));
  try {
    const value: unknown = bytes && JSON.parse(bytes.toString("utf8"));
    return isHead(value) ? value : null;
  } catch {
    return null;
  }
};

/** The log of a study as it stands; null where there is none. */
export const readLog = async (studyFolder: string) => {
  const bytes = await readBytes(logFile(studyFolder));
  return bytes && readChain(bytes);
};

/** The user of the operating system, who cannot be another by a variable of the environment. */
const actor = (): string => {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "?"}`;
  }
};

const windowBytes = 1 << 20;

/** The end of a log: its last entry, where its whole lines end, and what follows them. */
interface LogEnd {
  readonly head: LogHead;
  readonly end: number;
  readonly torn: Buffer;
  /** Whether the log still holds a former head, as far as it was read. */
  readonly holds: (former: LogHead) => boolean;
}

/** Long logs are read from their last megabyte. */
const endOf = async (file: string): Promise<LogEnd> => {
  const log = await open(file, "a+", 0o600);
  try {
    const { size } = await log.stat();
    const from = Math.max(0, size - windowBytes);
    const { buffer, bytesRead } = await log.read(Buffer.alloc(size - from), 0, size - from, from);
    const bytes = buffer.subarray(0, bytesRead);
    const lines = bytes.lastIndexOf(10) + 1;
    const { entries, hashes, head } = readChain(bytes.subarray(from === 0 ? 0 : bytes.indexOf(10) + 1, lines));
    const last = from === 0 ? head.entries : (entries.at(-1)?.n ?? 0);
    const unread = last - hashes.length;
    return {
      head: { entries: last, hash: head.hash },
      end: from + lines,
      torn: Buffer.from(bytes.subarray(lines)),
      holds: (former) =>
        former.entries <= unread || (former.entries <= last && hashes[former.entries - unread - 1] === former.hash),
    };
  } finally {
    await log.close();
  }
};

type NewEntry = Omit<LogEntry, "n" | "at" | "actor">;

/** What was cut off by a stop is taken away, and said. */
const repair = (torn: Buffer): readonly NewEntry[] => {
  if (torn.length === 0) return [];
  const sha256 = createHash("sha256").update(torn).digest("hex");
  return [{ command: "log", result: "torn-line-removed", about: [], objects: { bytes: torn.length, sha256 } }];
};

/**
 * Adds an entry, on disk when this returns; its place in the log. The head beside the log moves only with a log that
 * still holds the former head: one that was shortened stays found out.
 */
export const appendLog = async (studyFolder: string, entry: NewEntry): Promise<number> => {
  const folder = join(studyFolder, ".spejl");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return exclusively(folder, async () => {
    const { head, end, torn, holds } = await endOf(logFile(studyFolder));
    const kept = await readHead(studyFolder);
    const at = new Date().toISOString();
    const who = actor();
    let { entries, hash } = head;
    let text = "";
    for (const one of [...repair(torn), entry]) {
      entries += 1;
      const line = chainedLine({ n: entries, at, actor: who, ...one }, hash);
      hash = line.slice(9, 73);
      text += line;
    }
    const log = await open(logFile(studyFolder), "r+");
    try {
      await log.truncate(end);
      await log.write(text, end);
      await log.sync();
    } finally {
      await log.close();
    }
    if (kept === null || holds(kept))
      await writeWhole(headFile(studyFolder), `${JSON.stringify({ entries, hash })}\n`, 0o600);
    return entries;
  });
};
