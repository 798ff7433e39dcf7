import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";

const storeOf = (studyFolder: string): string => join(studyFolder, ".spejl");

/** Where a store lies that a restore has moved aside. */
export const formerStore = (studyFolder: string): string => join(studyFolder, ".spejl-former");

/** The folder beside the store in which a backup is unpacked: the store itself changes once the backup has proved whole. */
export const restoringFolder = (studyFolder: string): string => join(studyFolder, ".spejl-restoring");

/**
 * Puts back the store that a restore had moved aside when it was stopped. Without it a run would make a new one, with
 * another key and nobody erased.
 */
export const recoverStore = async (studyFolder: string): Promise<void> => {
  const former = formerStore(studyFolder);
  if (!existsSync(storeOf(studyFolder)) && existsSync(former)) await rename(former, storeOf(studyFolder));
};

/** Removes what a restore that was stopped has left beside the store: copies of all that it held. */
export const removeLeftByRestore = async (studyFolder: string): Promise<void> => {
  for (const path of [restoringFolder(studyFolder), formerStore(studyFolder)])
    await rm(path, { recursive: true, force: true });
};
