import { access, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Refusal } from "../errors.ts";

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const refuseWrite = (file: string, fault: unknown): never => {
  const cause = (fault as NodeJS.ErrnoException).code;
  if (cause === undefined) throw fault;
  throw new Refusal(
    cause === "ENOSPC" ? { code: "disk-full", cause: file } : { code: "file-unreadable", place: { file }, cause },
  );
};

/** Writes a file that is there anew: whole or not at all, with the rights it had. */
export const replaceFile = async (file: string, text: string): Promise<void> => {
  const partial = `${file}.partial`;
  try {
    const { mode } = await stat(file);
    await writeFile(partial, text, { mode });
    await rename(partial, file);
  } catch (fault) {
    await rm(partial, { force: true });
    refuseWrite(file, fault);
  }
};

/** Writes a file that is not there yet: whole or not at all, never over another. */
export const writeNewFile = async (file: string, text: string): Promise<void> => {
  const partial = `${file}.partial`;
  if (await exists(file)) throw new Refusal({ code: "file-exists", place: { file } });
  try {
    await writeFile(partial, text, { mode: 0o644 });
    await rename(partial, file);
  } catch (fault) {
    await rm(partial, { force: true });
    const cause = (fault as NodeJS.ErrnoException).code;
    if (cause === "ENOENT") throw new Refusal({ code: "file-missing", place: { file: dirname(file) } });
    refuseWrite(file, fault);
  }
};
