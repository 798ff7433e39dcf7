import { existsSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { holdStudy } from "../../src/server/lock.ts";
import { stateFolder } from "../../src/server/state/secret.ts";

/** What a server has seen is not unseen: its people, accounts and access log stay as they are. */
export const carryServer = async (stage: string, folder: string): Promise<void> => {
  const [own, restored] = [stateFolder(folder), stateFolder(stage)];
  if (!existsSync(own)) return;
  await rm(restored, { recursive: true, force: true });
  // What lies in `lock` is of processes that run here and now, and cannot be copied.
  const filter = (path: string): boolean => path !== join(own, "lock");
  await cp(own, restored, { recursive: true, preserveTimestamps: true, filter });
};

/** Work during which no server runs: it would write into a store that is no longer there. */
export const withoutServer = async <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  const state = stateFolder(folder);
  if (!existsSync(state)) return work();
  const lock = await holdStudy(folder, state);
  try {
    return await work();
  } finally {
    lock.close();
  }
};
