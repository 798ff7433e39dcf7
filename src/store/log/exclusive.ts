import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { Refusal } from "../../errors.ts";

const pause = 25;
const mostTries = 400;

const openLock = async (path: string): Promise<DuckDBInstance> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await DuckDBInstance.create(path, { threads: "1" });
    } catch (error) {
      const holder = /lock.*PID (\d+)/is.exec(error instanceof Error ? error.message : "");
      if (!holder) throw error;
      if (tries === mostTries) throw new Refusal({ code: "study-held", pid: Number(holder[1]) });
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
