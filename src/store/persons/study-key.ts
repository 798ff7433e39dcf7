import { readFile } from "node:fs/promises";
import { join } from "node:path";

export const keyFile = (studyFolder: string): string => join(studyFolder, ".spejl", "pseudonym.key");

export const isKey = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** The study's key as it lies; null where there is none. */
export const keptKey = async (studyFolder: string): Promise<string | null> => {
  const kept = await readFile(keyFile(studyFolder), "utf8").catch(() => "");
  return isKey(kept) ? kept : null;
};
