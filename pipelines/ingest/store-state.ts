import { Refusal } from "../../src/errors.ts";
import { type Erasure, erasedFile } from "../../src/store/persons/erased.ts";
import { readRetired } from "../../src/store/persons/retired.ts";
import { keptKey } from "../../src/store/persons/study-key.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { pseudonymKey } from "./key.ts";

/**
 * The key by which a study's pseudonyms are made. Refuses where it was destroyed by
 * rule, and where it is gone and erased persons would come back with another.
 */
export const keyFor = async (vault: Vault, studyFolder: string, erasures: readonly Erasure[]): Promise<string> => {
  const retired = await readRetired(studyFolder);
  for (const what of ["key", "responses"] as const) {
    const date = retired[what];
    if (date !== undefined) throw new Refusal({ code: "retention-ended", place: { file: studyFolder }, what, date });
  }
  if (erasures.length > 0 && (await keptKey(studyFolder)) === null)
    throw new Refusal({ code: "key-missing", place: { file: erasedFile(studyFolder) } });
  return pseudonymKey(vault, studyFolder);
};
