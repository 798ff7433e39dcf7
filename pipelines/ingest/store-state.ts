import { Refusal } from "../../src/errors.ts";
import { type Erasure, erasedFile } from "../../src/store/persons/erased.ts";
import { keptKey } from "../../src/store/persons/study-key.ts";
import { pseudonymKey } from "./key.ts";

/** The key by which a study's pseudonyms are made. Refuses where it is gone and erased persons would come back with another. */
export const keyFor = async (studyFolder: string, erasures: readonly Erasure[]): Promise<string> => {
  if (erasures.length > 0 && (await keptKey(studyFolder)) === null)
    throw new Refusal({ code: "key-missing", place: { file: erasedFile(studyFolder) } });
  return pseudonymKey(studyFolder);
};
