import { chmod, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isMainThread } from "node:worker_threads";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type Problem, Refusal } from "../../errors.ts";
import { problemOfCode } from "../system-fault.ts";

/** The study's own database: responses under pseudonyms and what the stages made of them. */
export interface Vault extends Disposable {
  readonly connection: DuckDBConnection;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Errors of the system as DuckDB spells them. */
const spelled: Readonly<Record<string, string>> = {
  "Permission denied": "EACCES",
  "Operation not permitted": "EPERM",
  "Read-only file system": "EROFS",
  "Input/output error": "EIO",
  "fsync failed": "EIO",
  "Is a directory": "EISDIR",
  "Not a directory": "ENOTDIR",
  "Too many levels of symbolic links": "ELOOP",
  "Too many open files": "EMFILE",
  "File too large": "EFBIG",
  "Disk quota exceeded": "EDQUOT",
  "Cannot allocate memory": "ENOMEM",
};

/** The refusal that an error of the database deserves; null for what is a bug, or damage. */
export const problemOf = (message: string): Problem | null => {
  const holder = /lock.*PID (\d+)/is.exec(message);
  if (holder) return { code: "study-held", pid: Number(holder[1]) };
  if (/No space left|disk.*full|max_temp_directory_size/i.test(message)) return { code: "disk-full", cause: message };
  if (/Out of Memory/i.test(message)) return { code: "memory-full", cause: message };
  const system = Object.entries(spelled).find(([words]) => message.includes(words));
  return system ? problemOfCode(system[1], /file "([^"]+)"/.exec(message)?.[1] ?? "") : null;
};

/** Runs work on the database; a full disk, full memory or a held study comes back as a refusal. */
export const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const problem = problemOf(messageOf(error));
    if (problem) throw new Refusal(problem);
    throw error;
  }
};

/** What queries may hold in memory; beyond it they spill to disk. */
const memoryLimit = "1GB";
/** The same while rows are written one by one: DuckDB holds about 200 MB more than it counts. */
const sparingLimit = "96MB";

export const vaultFile = (studyFolder: string): string => join(studyFolder, ".spejl", "vault.duckdb");

/** While a vault is open, every file that the process makes is its owner's: the database makes some on its own. */
const ownerOnly = (): (() => void) => {
  if (!isMainThread) return () => undefined;
  const before = process.umask(0o077);
  return () => process.umask(before);
};

const openDatabase = async (file: string, temporary: string): Promise<Vault> => {
  const release = ownerOnly();
  try {
    const instance = await DuckDBInstance.create(file, {
      temp_directory: temporary,
      allow_community_extensions: "false",
      autoinstall_known_extensions: "false",
      preserve_insertion_order: "false",
      memory_limit: memoryLimit,
    });
    const connection = await instance.connect();
    await chmod(file, 0o600);
    return {
      connection,
      [Symbol.dispose]: () => {
        connection.closeSync();
        instance.closeSync();
        release();
      },
    };
  } catch (fault) {
    release();
    throw fault;
  }
};

/** Opens (or makes) the vault in a study's folder. Refuses when another process holds it. */
export const openVault = async (studyFolder: string): Promise<Vault> => {
  // DuckDB takes what follows a question mark for options, and then finds no place for its log.
  if (resolve(studyFolder).includes("?"))
    throw new Refusal({ code: "file-unreadable", place: { file: studyFolder }, cause: "question-mark" });
  const folder = join(studyFolder, ".spejl");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return guarded(() => openDatabase(vaultFile(studyFolder), join(folder, "temp")));
};

/** Runs work that writes rows one by one: with little memory, and one thread, as the others would only wait for rows. */
export const sparing = async <T>(vault: Vault, work: () => Promise<T>): Promise<T> => {
  const before = await vault.connection.runAndReadAll("SELECT current_setting('threads')");
  const threads = Number(before.getRowsJS()[0]?.[0]);
  await vault.connection.run(`SET memory_limit = '${sparingLimit}'; SET threads = 1`);
  try {
    return await work();
  } finally {
    await vault.connection.run(`SET memory_limit = '${memoryLimit}'; SET threads = ${threads}`);
  }
};
