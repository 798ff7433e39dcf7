import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { vi } from "vitest";

/** A disk on which files can be written over but not grow, until it is let go. */
export const fullDisk = async () => {
  const file = await open(tmpdir());
  const handles = Object.getPrototypeOf(file) as { write: (...words: readonly unknown[]) => Promise<unknown> };
  await file.close();
  const { write } = handles;
  const spy = vi.spyOn(handles, "write").mockImplementation(async function (this: typeof file, ...words) {
    const [bytes, from = 0, length = (bytes as Buffer).length - (from as number), place] = words as [
      Buffer,
      number?,
      number?,
      number?,
    ];
    const { size } = await this.stat();
    if (typeof place !== "number" || place + length > size)
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    return write.call(this, bytes, from, length, place);
  });
  return () => spy.mockRestore();
};
