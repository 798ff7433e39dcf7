import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Place, Refusal } from "../../errors.ts";

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

/** A file's bytes in chunks. A stream would take memory for a whole chunk twice, however small the file. */
export async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (let left = (await file.stat()).size; left > 0; ) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(left, readSize));
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      left -= bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

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

/** Copies a file of the study and takes the hash of the copy. Refuses what is missing, empty, unreadable, no file or still written. */
export const copyFile = async (name: string, path: string, target: string): Promise<CopiedFile> => {
  const place = { file: name };
  const original = await lookAt(path, place);
  const hash = createHash("sha256");
  const source = await open(path).catch((error: unknown) => refuseUnread(error, place));
  const copy = await open(target, "w", 0o600);
  const buffer = Buffer.allocUnsafe(Math.min(original.size, readSize));
  let bytes = 0;
  try {
    for (;;) {
      const { bytesRead } = await source
        .read(buffer, 0, buffer.length)
        .catch((error: unknown) => refuseUnread(error, place));
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      await copy.write(buffer, 0, bytesRead);
      bytes += bytesRead;
    }
  } catch (error) {
    if (causeOf(error) === "ENOSPC") throw new Refusal({ code: "disk-full", cause: target });
    throw error;
  } finally {
    await source.close();
    await copy.close();
  }
  const copied = { name, path: target, sha256: hash.digest("hex"), bytes, original };
  await refuseChanging(copied);
  return copied;
};

/** Keeps a copied file under its hash, once; the copy is gone afterwards. */
export const keepFile = async (file: CopiedFile, studyFolder: string): Promise<void> => {
  const folder = join(studyFolder, ".spejl", "deliveries");
  const target = join(folder, file.sha256);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = await stat(target).catch(() => null);
  if (kept?.size === file.bytes) await rm(file.path, { force: true });
  else await rename(file.path, target);
};
