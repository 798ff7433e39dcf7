import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { packageVersion } from "../../src/store/assets.ts";
import { keyCheckOf, openBackup, writeManifest } from "../../src/store/backup/manifest.ts";
import { keyOf, newEncryption, type PackedFile, packFile } from "../../src/store/backup/pack.ts";
import { readHead } from "../../src/store/log/log.ts";
import { keptKey } from "../../src/store/persons/study-key.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { copyVault } from "../../src/store/vault/rebuild.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import type { Study } from "../../src/study/study.ts";
import { sayOf } from "../terminal/person-words.ts";
import { pathFromHere, type Terminal } from "../terminal/terminal.ts";
import { logged } from "./logged.ts";
import { unpack } from "./restored.ts";
import { type StudyParts, studyParts, unpackedStudy } from "./study-parts.ts";

export interface BackupOptions {
  readonly withKey: boolean;
  readonly passphraseFile?: string;
}

/** The passphrase that a file holds, without the end of its line; null where none is named. */
export const passphraseOf = async (file: string | undefined): Promise<string | null> => {
  if (file === undefined) return null;
  const text = (
    await readFile(file, "utf8").catch(() => {
      throw new Refusal({ code: "file-missing", place: { file } });
    })
  ).replace(/\r?\n$/, "");
  if (text === "") throw new Refusal({ code: "file-empty", place: { file } });
  return text;
};

/**
 * Sessions, links and letters of a server end with it: from a backup they would let somebody in again. The keys of
 * leaders' texts are in no backup: a text whose key was erased would open again.
 */
const passing = /^(incoming|temp|log\.lock|vault\..*)$|\.partial$/;
const passingAtServer =
  /^server\/(sessions|links|lock|outbox|health|keys|access\.reserve|master\.key|master\.next\.key)(\/|$)|\.partial$/;
const keys = ["pseudonym.key", join("server", "secret.key")];

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
};

/** Files of the store that a backup holds; the head of the log before the log, which may grow meanwhile. */
const storeFiles = async (store: string, withKey: boolean): Promise<readonly string[]> => {
  const all = await filesBelow(store);
  return all
    .filter((path) => !passing.test(path.split("/")[0]!) && !passingAtServer.test(path))
    .filter((path) => withKey || !keys.includes(path))
    .sort((a, b) => (a === "log.head" ? -1 : b === "log.head" ? 1 : a < b ? -1 : 1));
};

/** Packs everything while the vault is held: no run changes anything meanwhile. */
const pack = async (study: Study, parts: StudyParts, target: string, withKey: boolean, key: Buffer | null) => {
  const store = join(study.folder, ".spejl");
  const files: PackedFile[] = [];
  const add = async (source: string, path: string): Promise<void> => {
    files.push(await packFile(source, path, target, key));
  };
  const log = await readHead(study.folder);
  await onVault(study.folder, async (vault) => {
    for (const path of await storeFiles(store, withKey)) await add(join(store, path), join("store", path));
    const copy = join(store, "temp", "backup.duckdb");
    await mkdir(join(store, "temp"), { recursive: true, mode: 0o700 });
    try {
      await copyVault(vault, copy);
      await add(copy, join("store", "vault.duckdb"));
    } finally {
      await rm(copy, { force: true });
    }
  });
  for (const { file, path } of parts.files) await add(file, join("study", path));
  return { files, log };
};

/** Reads the study out of a finished backup, as a restore would; each file was read back when it was packed. */
const proveBackup = async (backup: string, passphrase: string | null, folder: string): Promise<void> => {
  const opened = await openBackup(backup, passphrase);
  const proof = join(folder, ".spejl", "temp", "backup-proof");
  try {
    await unpack(backup, opened, proof, ["study"]);
    await unpackedStudy(proof, opened.manifest.outside);
  } finally {
    await rm(proof, { recursive: true, force: true });
  }
};

const makeBackup = async (study: Study, target: string, withKey: boolean, passphrase: string | null) => {
  const partial = `${target}.partial`;
  const encryption = passphrase === null ? null : newEncryption();
  const key = encryption && passphrase !== null ? keyOf(passphrase, encryption) : null;
  const pseudonymKey = await keptKey(study.folder);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const parts = await studyParts(study);
    const { files, log } = await pack(study, parts, partial, withKey, key);
    const manifest = {
      form: 1 as const,
      study: study.id,
      made: new Date().toISOString(),
      spejl: packageVersion(),
      encryption,
      log,
      keyCheck: pseudonymKey && keyCheckOf(pseudonymKey),
      deliveries: parts.deliveries.map(({ path, sha256 }) => ({ file: path, sha256 })),
      files,
      outside: parts.outside,
    };
    await writeManifest(partial, manifest, key);
    await proveBackup(partial, passphrase, study.folder);
    await rename(partial, target);
    return { folder: target, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), log };
  } catch (fault) {
    await rm(partial, { recursive: true, force: true });
    throw fault;
  }
};

/** `spejl backup`: everything that a study keeps, in a folder of its own, whole or not at all. */
export const backup = async (
  target: string,
  folder: string,
  { withKey, passphraseFile }: BackupOptions,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  const study = await readStudy(folder);
  if (existsSync(target)) throw new Refusal({ code: "folder-occupied", place: { file: target } });
  if (!existsSync(join(folder, ".spejl")))
    throw new Refusal({ code: "file-missing", place: { file: join(folder, ".spejl") } });
  const passphrase = await passphraseOf(passphraseFile);
  const encrypted = passphrase !== null;
  const objects = { encrypted: String(encrypted), key: String(withKey) };
  const made = await logged(
    folder,
    { command: "backup", objects },
    () => makeBackup(study, resolve(target), withKey, passphrase),
    ({ files, bytes }) => ({ ...objects, files, bytes }),
  );
  if (terminal.json) return terminal.print({ ...made, encrypted, key: withKey });
  terminal.say(`${sayOf("backedUp", language)} ${pathFromHere(made.folder)}`);
  terminal.say(sayOf(encrypted ? "encrypted" : "notEncrypted", language));
  terminal.say(sayOf(withKey ? "withKey" : "withoutKey", language));
};
