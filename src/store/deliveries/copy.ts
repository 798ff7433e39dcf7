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

/** A file as it looked at some time: where something changes it, the next look is another. */
interface Look {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/** A file of the study as it was copied: nothing that happens to the original afterwards is read. */
export interface CopiedFile extends SourceFile {
  readonly sha256: string;
  /** The original, before the first byte was read. */
  readonly original: Look;
}

const readSize = 1 << 20;

/** The last bytes of a file. */
export const lastBytesOf = async (path: string, most: number): Promise<Uint8Array> => {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, most);
    return (await file.read(new Uint8Array(length), 0, length, size - length)).buffer;
  } finally {
    await file.close();
  }
};

const causeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

const refuseUnread = (error: unknown, place: Place): never => {
  const cause = causeOf(error);
  if (cause === "ENOENT" || cause === "ENOTDIR") throw new Refusal({ code: "file-missing", place });
  throw new Refusal({ code: "file-unreadable", place, cause });
};

const lookAt = async (path: string, place: Place): Promise<Look> => {
  const found = await stat(path).catch((error: unknown) => refuseUnread(error, place));
  if (!found.isFile()) throw new Refusal({ code: "file-unreadable", place, cause: "not a file" });
  if (found.size === 0) throw new Refusal({ code: "file-empty", place });
  return { path, size: found.size, modified: found.mtimeMs };
};

/** Refuses a file of the study that is not as it was when its copy was begun: somebody is still writing it. */
export const refuseChanging = async ({ name, original }: CopiedFile): Promise<void> => {
  const place = { file: name };
  const { size, modified } = await lookAt(original.path, place);
  if (size !== original.size || modified !== original.modified) throw new Refusal({ code: "file-changing", place });
};

/** A file of the study, to be read where it lies. Refuses what is missing, empty or no file. */
export const sourceFile = async (name: string, path: string): Promise<SourceFile> => ({
  name,
  path,
  bytes: (await lookAt(path, { file: name })).size,
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

/** Copies a file of the study and takes the hash of the copy. Refuses what is missing, empty, unreadable, no file or still written. */
export const copyFile = async (name: string, path: string, target: string): Promise<CopiedFile> => {
  const place = { file: name };
  const original = await lookAt(path, place);
  const source = await open(path).catch((error: unknown) => refuseUnread(error, place));
  try {
    const written = await naming(target, () => copyTo(target, source, Math.min(original.size, readSize), place));
    const copied = { name, path: target, ...written, original };
    await refuseChanging(copied);
    return copied;
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
