import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

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

export const hashOfBytes = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The content hash of a file; null where there is none. */
export const hashOfFile = async (path: string): Promise<string | null> => {
  const hash = createHash("sha256");
  try {
    for await (const chunk of chunksOf(path)) hash.update(chunk);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fault;
  }
  return hash.digest("hex");
};
