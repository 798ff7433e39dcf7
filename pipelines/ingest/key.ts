import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const newKey = (): string => randomBytes(32).toString("hex");

/** The key of a study's pseudonyms: made once, kept outside the database. */
export const pseudonymKey = async (studyFolder: string): Promise<string> => {
  const path = join(studyFolder, ".spejl", "pseudonym.key");
  const kept = await readFile(path, "utf8").catch(() => null);
  if (kept !== null && kept.length === 64) return kept;
  const key = newKey();
  await writeFile(`${path}.partial`, key, { mode: 0o600 });
  await rename(`${path}.partial`, path);
  return key;
};

/** A key for pseudonyms that nobody keeps. */
export const passingKey = newKey;
