import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { writeWhole } from "../../src/store/new-file.ts";
import { isKey, keyFile } from "../../src/store/persons/study-key.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { exists, read } from "../../src/store/vault/read.ts";
import { stagedDeliveries } from "../../src/tables/staged.ts";

const newKey = (): string => randomBytes(32).toString("hex");

const orNone =
  <T>(none: T) =>
  (fault: NodeJS.ErrnoException): T => {
    if (fault.code === "ENOENT") return none;
    throw fault;
  };

/** Whether respondents have had pseudonyms already: the database holds answers, or deliveries were kept of which it did. */
const hasPseudonyms = async (vault: Vault, studyFolder: string): Promise<boolean> => {
  const kept = await readdir(join(studyFolder, ".spejl", "deliveries")).catch(orNone([]));
  if (kept.length > 0) return true;
  if (!(await exists(vault, stagedDeliveries))) return false;
  return (await read(vault, stagedDeliveries, "pipelines/ingest/staged-deliveries.sql")).length > 0;
};

/**
 * The key of a study's pseudonyms: made once, kept outside the database. Refuses one that is not as it was made, and the
 * loss of one that was used: with another, nobody could be found again under the pseudonym that they had.
 */
export const pseudonymKey = async (vault: Vault, studyFolder: string): Promise<string> => {
  const file = keyFile(studyFolder);
  const kept = await readFile(file, "utf8").catch(orNone(null));
  if (kept !== null && isKey(kept)) return kept;
  if (kept !== null) throw new Refusal({ code: "key-altered", place: { file } });
  if (await hasPseudonyms(vault, studyFolder)) throw new Refusal({ code: "key-missing", place: { file } });
  const key = newKey();
  await writeWhole(file, key, 0o600);
  return key;
};

/** A key for pseudonyms that nobody keeps. */
export const passingKey = newKey;
