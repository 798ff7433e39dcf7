import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../../errors.ts";
import { isInside } from "../inside.ts";
import type { LogHead } from "../log/chain.ts";
import { writeWhole } from "../new-file.ts";
import { type Encryption, keyOf, type PackedFile, sealOf } from "./pack.ts";

/** What a backup holds, and of what. */
export interface Manifest {
  readonly form: 1;
  readonly study: string;
  /** UTC. */
  readonly made: string;
  readonly spejl: string;
  readonly encryption: Encryption | null;
  /** Last entry of the log when it was made: the log of the study must hold it ever after. */
  readonly log: LogHead | null;
  /** By which the key of the pseudonyms is known again, and nothing of it is told; null without one. */
  readonly keyCheck: string | null;
  /** Deliveries as they lay in the study's folder. */
  readonly deliveries: readonly { readonly file: string; readonly sha256: string }[];
  readonly files: readonly PackedFile[];
  /** Files that the study names outside its folder, by that name, and the path that they get in the folder restored. */
  readonly outside: readonly OutsideFile[];
}

export interface OutsideFile {
  readonly name: string;
  readonly path: string;
}

export const keyCheckOf = (key: string): string =>
  createHmac("sha256", key).update("spejl: which key").digest("hex").slice(0, 32);

const fileOf = (backup: string): string => join(backup, "backup.json");

export const writeManifest = async (backup: string, manifest: Manifest, key: Buffer | null): Promise<void> => {
  const seal = sealOf(JSON.stringify(manifest), key);
  await writeWhole(fileOf(backup), `${JSON.stringify({ ...manifest, seal }, null, 2)}\n`, 0o600);
};

const parsed = (text: string, backup: string): Manifest & { readonly seal: string } => {
  try {
    return JSON.parse(text) as Manifest & { readonly seal: string };
  } catch {
    throw new Refusal({ code: "backup-damaged", place: { file: fileOf(backup) } });
  }
};

/** Proves that a passphrase is the one: the manifest's seal is made with it. */
export interface OpenedBackup {
  readonly manifest: Manifest;
  readonly key: Buffer | null;
}

/** Reads what a backup says of itself. Refuses one that was changed, and one that is encrypted with another passphrase. */
export const openBackup = async (backup: string, passphrase: string | null): Promise<OpenedBackup> => {
  const text = await readFile(fileOf(backup), "utf8").catch(() => {
    throw new Refusal({ code: "backup-absent", place: { file: backup } });
  });
  const { seal, ...manifest } = parsed(text, backup);
  const { encryption, files = [], deliveries = [], outside = [] } = manifest;
  if (encryption && passphrase === null) throw new Refusal({ code: "backup-locked", place: { file: backup } });
  const key = encryption && passphrase !== null ? keyOf(passphrase, encryption) : null;
  const isSealed = sealOf(JSON.stringify(manifest), key) === seal;
  if (!isSealed && key !== null) throw new Refusal({ code: "backup-locked", place: { file: backup } });
  const paths = [...files, ...outside].map(({ path }) => path);
  const places = [...paths, ...deliveries.map(({ file }) => file)];
  if (!isSealed || !places.every((place) => isInside(place, backup)))
    throw new Refusal({ code: "backup-damaged", place: { file: fileOf(backup) } });
  return { manifest: { ...manifest, outside }, key };
};
