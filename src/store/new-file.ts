import { access, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Refusal } from "../errors.ts";
import { naming } from "./system-fault.ts";

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const writePartial = async (partial: string, text: string, mode: number): Promise<void> => {
  const handle = await open(partial, "w", mode);
  try {
    await handle.writeFile(text);
    // A vault that is open lets nobody but the owner at what is made meanwhile.
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes a file whole or not at all, with the very rights of `mode`, in the place of one that may be there. */
export const writeWhole = (file: string, text: string, mode: number): Promise<void> =>
  naming(file, async () => {
    const partial = `${file}.partial`;
    try {
      await writePartial(partial, text, mode);
      await rename(partial, file);
    } catch (fault) {
      await rm(partial, { force: true }).catch(() => undefined);
      throw fault;
    }
  });

/** Writes a file that is there anew: whole or not at all, with the rights it had. */
export const replaceFile = async (file: string, text: string): Promise<void> =>
  writeWhole(file, text, (await stat(file)).mode);

/** Writes a file that is not there yet: whole or not at all, never over another. */
export const writeNewFile = async (file: string, text: string): Promise<void> => {
  if (await exists(file)) throw new Refusal({ code: "file-exists", place: { file } });
  if (!(await exists(dirname(file)))) throw new Refusal({ code: "file-missing", place: { file: dirname(file) } });
  await writeWhole(file, text, 0o644 & ~process.umask());
};
