import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { Refusal } from "../../errors.ts";
import { messageOf, problemOf } from "../vault/open.ts";
import { isDamage } from "../vault/with-vault.ts";

const pause = 25;
const mostTries = 400;

const openLock = async (path: string): Promise<DuckDBInstance> => {
  for (let tries = 1; ; tries += 1) {
    try {
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
