import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../src/errors.ts";
import { packageRoot } from "../src/store/assets.ts";
import { append, remove, write } from "../src/store/vault/build.ts";
import type { Vault } from "../src/store/vault/open.ts";
import { transaction } from "../src/store/vault/query.ts";
import { exists, read } from "../src/store/vault/read.ts";
import { stages } from "../src/tables/staged.ts";
import { codeVersion } from "./code-version.ts";

/** What a running stage tells the person who waits: what it does now and, where it knows, how far it is. */
export type Progress = (text: string, share?: number) => void;

export interface StageRun<T> {
  readonly report: T;
  /** Content hash of everything that the stage was made from, itself included. */
  readonly key: string;
  readonly skipped: boolean;
  /** What the store no longer held as it was written, and holds again. */
  readonly repaired: readonly Problem[];
}

export const hashOf = (...parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));

/** Hash of everything in a folder of the package. */
export const filesHash = (folder: string): string =>
  hashOf(filesBelow(join(packageRoot, folder)).map((file) => readFileSync(file, "utf8")));

/**
 * Runs a stage, unless it has been run from the very same inputs by the very same code: then its report is read back.
 * What `prepare` makes nobody reads but `work`, which runs in one transaction: a stage that fails leaves the tables as
 * they were.
 */
export const runPreparedStage = async <P, T>(
  vault: Vault,
  stage: string,
  inputs: readonly unknown[],
  prepare: () => Promise<P>,
  work: (prepared: P) => Promise<T>,
): Promise<StageRun<T>> => {
  const key = hashOf(codeVersion(stage), stage, inputs);
  if (!(await exists(vault, stages))) await write(vault, stages, []);
  const found = (await read(vault, stages, "pipelines/stage.sql", { stage }))[0];
  if (found?.key === key) return { report: JSON.parse(found.report) as T, key, skipped: true, repaired: [] };
  const prepared = await prepare();
  return transaction(vault, async () => {
    const report = await work(prepared);
    await remove(vault, stages, { stage });
    await append(vault, stages, [{ stage, key, report: JSON.stringify(report) }]);
    return { report, key, skipped: false, repaired: [] };
  });
};

/** As `runPreparedStage`, for a stage that is one transaction from its beginning. */
export const runStage = <T>(
  vault: Vault,
  stage: string,
  inputs: readonly unknown[],
  work: () => Promise<T>,
): Promise<StageRun<T>> => runPreparedStage(vault, stage, inputs, async () => null, work);
