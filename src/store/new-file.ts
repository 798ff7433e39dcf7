import { access, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Refusal } from "../errors.ts";

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

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
    if (cause === undefined) throw fault;
    if (cause === "ENOENT") throw new Refusal({ code: "file-missing", place: { file: dirname(file) } });
    throw new Refusal(
      cause === "ENOSPC" ? { code: "disk-full", cause: file } : { code: "file-unreadable", place: { file }, cause },
    );
  }
};
