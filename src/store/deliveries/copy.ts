import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Place, Refusal } from "../../errors.ts";
import { hashOfFile } from "../file-hash.ts";
import { naming } from "../system-fault.ts";

/** A file of the study where it lies. */
export interface SourceFile {
  /** As the study file names it. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** A file of the study as it was copied: nothing that happens to the original afterwards is read. */
export interface CopiedFile extends SourceFile {
  readonly sha256: string;
}

const readSize = 1 << 20;

const causeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

const refuseUnread = (error: unknown, place: Place): never => {
  const cause = causeOf(error);
  if (cause === "ENOENT" || cause === "ENOTDIR") throw new Refusal({ code: "file-missing", place });
  throw new Refusal({ code: "file-unreadable", place, cause });
};

const sizeOf = async (path: string, place: Place): Promise<number> => {
  const found = await stat(path).catch((error: unknown) => refuseUnread(error, place));
  if (!found.isFile()) throw new Refusal({ code: "file-unreadable", place, cause: "not a file" });
  if (found.size === 0) throw new Refusal({ code: "file-empty", place });
  return found.size;
};

/** A file of the study, to be read where it lies. Refuses what is missing, empty or no file. */
export const sourceFile = async (name: string, path: string): Promise<SourceFile> => ({
  name,
  path,
  bytes: await sizeOf(path, { file: name }),
});

const copyTo = async (target: string, source: FileHandle, size: number, place: Place) => {
  const hash = createHash("sha256");
  const copy = await open(target, "w", 0o600);
  const buffer = Buffer.allocUnsafe(size);
  let bytes = 0;
  try {
    for (;;) {
      const { bytesRead } = await source
        .read(buffer, 0, buffer.length)
        .catch((error: unknown) => refuseUnread(error, place));
      if (bytesRead === 0) return { sha256: hash.digest("hex"), bytes };
      hash.update(buffer.subarray(0, bytesRead));
      await copy.writeFile(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await copy.close();
  }
};

/** Copies a file of the study and takes the hash of the copy. Refuses what is missing, empty, unreadable or no file. */
export const copyFile = async (name: string, path: string, target: string): Promise<CopiedFile> => {
  const place = { file: name };
  const size = await sizeOf(path, place);
  const source = await open(path).catch((error: unknown) => refuseUnread(error, place));
  try {
    const written = await naming(target, () => copyTo(target, source, Math.min(size, readSize), place));
    return { name, path: target, ...written };
  } finally {
    await source.close();
  }
};

const keptFile = (studyFolder: string, sha256: string): string => join(studyFolder, ".spejl", "deliveries", sha256);

/** The file that is kept under a hash, where it is missing or no longer has the hash; else null. */
export const damagedKept = async (studyFolder: string, sha256: string): Promise<string | null> => {
  const file = keptFile(studyFolder, sha256);
  return (await hashOfFile(file)) === sha256 ? null : file;
};

/** Keeps a copied file under its hash, once; the copy is gone afterwards. */
export const keepFile = async (file: CopiedFile, studyFolder: string): Promise<void> => {
  const target = keptFile(studyFolder, file.sha256);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  if ((await damagedKept(studyFolder, file.sha256)) === null) await rm(file.path, { force: true });
  else await rename(file.path, target);
};
