import { randomBytes } from "node:crypto";
import { constants, type FileHandle, open, readFile, rename, unlink } from "node:fs/promises";

const { O_WRONLY, O_CREAT, O_EXCL, O_DSYNC } = constants;

/** Without it `fsync` would be needed, which Node forbids a process that may only use some folders. */
const durable = O_WRONLY | O_CREAT | O_EXCL | O_DSYNC;
const ownerOnly = 0o600;
const groupToo = 0o640;

const hasCode = (fault: unknown, code: string): boolean => (fault as NodeJS.ErrnoException).code === code;

const written = async (handle: FileHandle, text: string): Promise<void> => {
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
};

/** Makes a file that is not there, on disk when this returns; whether it was this call that made it. */
export const createFile = async (path: string, text: string): Promise<boolean> => {
  try {
    await written(await open(path, durable, ownerOnly), text);
    return true;
  } catch (fault) {
    if (hasCode(fault, "EEXIST")) return false;
    throw fault;
  }
};

const replace = async (path: string, text: string, mode: number): Promise<void> => {
  const beside = `${path}.${randomBytes(8).toString("hex")}.partial`;
  try {
    await written(await open(beside, durable, mode), text);
    await rename(beside, path);
  } catch (fault) {
    await unlink(beside).catch(() => undefined);
    throw fault;
  }
};

/** Writes a file whole or not at all in the place of one that may be there. */
export const replaceFile = (path: string, text: string): Promise<void> => replace(path, text, ownerOnly);

/** As `replaceFile`, of what a user in the state's group may read too. */
export const replaceShared = (path: string, text: string): Promise<void> => replace(path, text, groupToo);

/** The text of a file; null where there is none. */
export const textOf = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, "utf8");
  } catch (fault) {
    if (hasCode(fault, "ENOENT")) return null;
    throw fault;
  }
};

/** What a JSON file of ours says; null where there is none, or half of one, whose maker did not live to answer. */
export const recordIn = async <T>(path: string): Promise<T | null> => {
  const text = await textOf(path);
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
};

/** Takes a file away; whether it was this call that did. The system lets exactly one call do it. */
export const removeOnce = async (path: string): Promise<boolean> => {
  try {
    await unlink(path);
    return true;
  } catch (fault) {
    if (hasCode(fault, "ENOENT")) return false;
    throw fault;
  }
};
