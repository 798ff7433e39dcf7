import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { keyCheckOf, type OpenedBackup, type OutsideFile } from "../../src/store/backup/manifest.ts";
import { unpackFile } from "../../src/store/backup/pack.ts";
import { hashOfFile } from "../../src/store/file-hash.ts";
import { formerStore, restoringFolder } from "../../src/store/former-store.ts";
import { isInside } from "../../src/store/inside.ts";
import { uniteLedgers } from "../../src/store/ledger.ts";
import { emptyLog, holdsHead } from "../../src/store/log/chain.ts";
import { headFile, logFile, readLog } from "../../src/store/log/log.ts";
import { addErasures, erasedFile, isErasedId, readErasures } from "../../src/store/persons/erased.ts";
import { keptTraces } from "../../src/store/persons/kept-files.ts";
import { readRetired, retire } from "../../src/store/persons/retired.ts";
import { isKey, keptKey, keyFile } from "../../src/store/persons/study-key.ts";
import { isReleaseId } from "../../src/store/release-manifest.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import type { Study } from "../../src/study/study.ts";
import { eraseTextsAgain } from "./leader-texts.ts";
import { holdsErased, type Purged, purge } from "./purge.ts";
import { carryServer } from "./server-state.ts";
import { unpackedStudy } from "./study-parts.ts";

/** What a restore did. */
export interface Restored {
  readonly made: string;
  readonly files: number;
  /** Erased persons, of the study and of the backup, and what of them the backup still held. */
  readonly erased: number;
  readonly again: Purged;
  /** Deliveries that were put back into the study's folder, and those that have to be delivered again. */
  readonly putBack: readonly string[];
  readonly deliverAgain: readonly string[];
  /** Files that the study file names outside the study's folder, and where in the folder they were put. */
  readonly outside: readonly OutsideFile[];
}

/** Where a file lies in a folder. Refuses a path that leads out of it. */
const placeIn = (folder: string, path: string): string => {
  if (!isInside(path, folder)) throw new Refusal({ code: "backup-damaged", place: { file: path } });
  return join(folder, path);
};

const rooms = ["store", "study"] as const;
type Room = (typeof rooms)[number];

/** Unpacks what lies in some rooms of a backup into a study's folder. */
export const unpack = async (
  backup: string,
  { manifest, key }: OpenedBackup,
  stage: string,
  wanted: readonly Room[],
): Promise<void> => {
  for (const file of manifest.files) {
    const [room, ...rest] = file.path.split("/");
    if (!wanted.some((each) => each === room)) continue;
    const target = placeIn(stage, join(...(room === "store" ? [".spejl"] : []), ...rest));
    if (!(await unpackFile(join(backup, file.path), file, target, key)))
      throw new Refusal({ code: "backup-damaged", place: { file: file.path } });
  }
};

const givenKey = async (file: string): Promise<string> => {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Refusal({ code: "file-missing", place: { file } });
  });
  if (!isKey(text.trim())) throw new Refusal({ code: "key-other", place: { file } });
  return text.trim();
};

/** Under another key nobody can tell who of the backup was erased here. */
const refuseOtherErasures = async (folder: string, key: string): Promise<void> => {
  const [own, erasures] = [await keptKey(folder), await readErasures(folder)];
  if (erasures.length > 0 && own !== null && own !== key)
    throw new Refusal({ code: "erasures-other-key", place: { file: erasedFile(folder) }, persons: erasures.length });
};

/** The key that made the backup's pseudonyms: given, in the backup, or that of the study that is there. */
const settleKey = async (
  { manifest }: OpenedBackup,
  stage: string,
  folder: string,
  given: string | undefined,
): Promise<string | null> => {
  if (manifest.keyCheck === null) return null;
  const place = { file: given ?? keyFile(folder) };
  const key = given === undefined ? ((await keptKey(stage)) ?? (await keptKey(folder))) : await givenKey(given);
  if (key === null) throw new Refusal({ code: "key-missing", place });
  if (keyCheckOf(key) !== manifest.keyCheck) throw new Refusal({ code: "key-other", place });
  await refuseOtherErasures(folder, key);
  await writeFile(keyFile(stage), key, { mode: 0o600 });
  return key;
};

/** Erases again whoever was erased, here or before the backup was made. */
const replay = async (study: Study, folder: string, key: string | null) => {
  const erasures = await addErasures(study.folder, await readErasures(folder));
  const none: Purged = { kept: [], vault: [] };
  if (key === null || erasures.length === 0) return { erased: erasures.length, again: none };
  const inKept = await keptTraces(study.folder, isErasedId(key, erasures), study.language);
  const isHeld = inKept.length > 0 || (await holdsErased(study.folder, key, erasures));
  return { erased: erasures.length, again: isHeld ? await purge(study, key, erasures) : none };
};

/** The study's own log goes on; that of the backup stands beside it where it is not its beginning. */
const carryLog = async (stage: string, folder: string): Promise<void> => {
  const own = await readLog(folder);
  if (own === null) return;
  const former = (await readLog(stage))?.head ?? emptyLog;
  if (holdsHead(own, former) !== true)
    await rename(logFile(stage), join(stage, ".spejl", `log.from-backup-${former.hash.slice(0, 12)}.jsonl`));
  await copyFile(logFile(folder), logFile(stage));
  if (existsSync(headFile(folder))) await copyFile(headFile(folder), headFile(stage));
};

/** What was published stays published: releases that came after the backup are kept. */
const carryReleases = async (stage: string, folder: string): Promise<void> => {
  const [own, restored] = [join(folder, ".spejl", "releases"), join(stage, ".spejl", "releases")];
  for (const name of existsSync(own) ? await readdir(own) : [])
    if (!isReleaseId(name) || !existsSync(join(restored, name)))
      await cp(join(own, name), join(restored, name), { recursive: true });
  await uniteLedgers(stage, folder);
};

const isDamaged = (fault: unknown): boolean =>
  fault instanceof Refusal && fault.problems.some(({ code }) => code === "vault-damaged");

const swap = async (stage: string, folder: string): Promise<void> => {
  const [store, former] = [join(folder, ".spejl"), formerStore(folder)];
  const move = async (): Promise<void> => {
    await rm(former, { recursive: true, force: true });
    if (existsSync(store)) await rename(store, former);
    await rename(join(stage, ".spejl"), store);
  };
  if (!existsSync(join(store, "vault.duckdb"))) await move();
  else
    await onVault(folder, move).catch((fault: unknown) => {
      // Nobody holds a vault that cannot be opened, and to have it back is what the backup is for.
      if (!isDamaged(fault)) throw fault;
      return move();
    });
  await rm(former, { recursive: true, force: true });
};

/** Whether the study has a file of a backup, in its folder or where the study file names it. */
const isThere = ({ manifest }: OpenedBackup, folder: string, path: string): boolean => {
  const named = manifest.outside.find((one) => one.path === path)?.name;
  return existsSync(placeIn(folder, path)) || (named !== undefined && existsSync(resolve(folder, named)));
};

/** Puts files of the study where there are none; never over what is there, and never outside the folder. */
const putStudyFiles = async (opened: OpenedBackup, stage: string, folder: string): Promise<void> => {
  for (const { path: packed } of opened.manifest.files) {
    const [room, ...rest] = packed.split("/");
    const path = join(...rest);
    if (room !== "study" || isThere(opened, folder, path)) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(join(stage, path), join(folder, path));
  }
};

/** Files that the study file names outside the folder, and that lie in it now. */
const brought = ({ manifest }: OpenedBackup, folder: string): readonly OutsideFile[] =>
  manifest.outside.filter(({ name, path }) => !existsSync(resolve(folder, name)) && existsSync(join(folder, path)));

const putDeliveries = async (opened: OpenedBackup, folder: string) => {
  const { deliveries, outside } = opened.manifest;
  const missing = deliveries.filter(({ file }) => !isThere(opened, folder, file));
  const nameOf = (file: string): string => outside.find(({ path }) => path === file)?.name ?? file;
  const kept = (sha256: string): string => join(folder, ".spejl", "deliveries", sha256);
  const isKept = await Promise.all(
    missing.map(async ({ sha256 }) => (await hashOfFile(kept(sha256)).catch(() => "")) === sha256),
  );
  const putBack = missing.filter((_, index) => isKept[index]);
  for (const { file, sha256 } of putBack) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(kept(sha256), join(folder, file));
  }
  return {
    putBack: putBack.map(({ file }) => file),
    deliverAgain: missing.filter((_, index) => !isKept[index]).map(({ file }) => nameOf(file)),
    outside: brought(opened, folder),
  };
};

/** Unpacks a backup beside the study, erases who was erased, and puts it in the place of what is there. */
export const bringBack = async (
  backup: string,
  opened: OpenedBackup,
  folder: string,
  givenKeyFile: string | undefined,
): Promise<Restored> => {
  const stage = restoringFolder(folder);
  await rm(stage, { recursive: true, force: true });
  await mkdir(join(stage, ".spejl"), { recursive: true, mode: 0o700 });
  try {
    await unpack(backup, opened, stage, rooms);
    const key = await settleKey(opened, stage, folder, givenKeyFile);
    const study = existsSync(join(folder, "study.yaml"))
      ? await readStudy(folder)
      : await unpackedStudy(stage, opened.manifest.outside);
    const replayed = await replay({ ...study, folder: stage }, folder, key);
    const retired = { ...(await readRetired(stage)), ...(await readRetired(folder)) };
    if (Object.keys(retired).length > 0) await retire(stage, retired);
    await carryLog(stage, folder);
    await carryReleases(stage, folder);
    await carryServer(stage, folder);
    await putStudyFiles(opened, stage, folder);
    const erasures = key === null ? [] : await readErasures(stage);
    if (key !== null && erasures.length > 0) await eraseTextsAgain(stage, isErasedId(key, erasures));
    await swap(stage, folder);
    const { made, files } = opened.manifest;
    return { made, files: files.length, ...replayed, ...(await putDeliveries(opened, folder)) };
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
};
