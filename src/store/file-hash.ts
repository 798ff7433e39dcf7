import { createHash } from "node:crypto";
import { chunksOf } from "./deliveries/copy.ts";

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
