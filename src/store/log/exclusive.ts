import { existsSync } from "node:fs";
import { chmod, link, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { Refusal } from "../../errors.ts";
import { messageOf, problemOf } from "../vault/open.ts";
import { isDamage } from "../vault/with-vault.ts";

const pause = 25;
const mostTries = 400;

/** Puts a whole file in its place unless one is there. A file system without links has the place only. */
const place = (partial: string, path: string): Promise<void> =>
  link(partial, path).catch((fault: NodeJS.ErrnoException) =>
    fault.code === "EEXIST" || fault.code === "ENOENT" ? undefined : rename(partial, path),
  );

/**
 * Makes the lock's file where there is none: beside its place and linked into it whole, as a process that is killed
 * while the database writes leaves a file that is none. Who comes second finds the first one's.
 */
const makeLock = async (path: string): Promise<void> => {
  if (existsSync(path)) return;
  const partial = `${path}.${process.pid}.partial`;
  try {
    await rm(partial, { force: true });
    (await DuckDBInstance.create(partial, { threads: "1" })).closeSync();
    await chmod(partial, 0o600);
    await place(partial, path);
  } catch (fault) {
    // Where the lock is there by now, another process made it and cleared this one's away.
    if (!existsSync(path)) throw fault;
  }
  for (const name of await readdir(dirname(path)))
    if (name.startsWith(`${basename(path)}.`) && name.endsWith(".partial"))
      await rm(join(dirname(path), name), { force: true });
};

const openLock = async (path: string): Promise<DuckDBInstance> => {
  for (let tries = 1; ; tries += 1) {
    try {
      await makeLock(path);
      return await DuckDBInstance.create(path, { threads: "1" });
    } catch (error) {
      if (isDamage(error)) throw new Refusal({ code: "lock-damaged", place: { file: path } });
      const problem = problemOf(messageOf(error));
      if (problem === null) throw error;
      if (problem.code !== "study-held" || tries === mostTries) throw new Refusal(problem);
      await setTimeout(pause);
    }
  }
};

/** The system's lock keeps other processes out, not another call in this one. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs work while nobody else does in this folder. The lock is that of an empty database: the system gives it back
 * when the process ends, however it ends, which a file that merely exists cannot.
 */
export const exclusively = <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  const next = last.then(async () => {
    const lock = await openLock(join(folder, "log.lock"));
    try {
      return await work();
    } finally {
      lock.closeSync();
    }
  });
  last = next.catch(() => undefined);
  return next;
};
