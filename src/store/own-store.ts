import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../errors.ts";

/** Refuses to work as root in another user's store: what root makes there, that user can read no more, nor can the server. */
export const refuseRoot = async (studyFolder: string): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  const file = join(studyFolder, ".spejl");
  const owner = await stat(file).then(
    ({ uid }) => uid,
    () => 0,
  );
  if (owner !== 0) throw new Refusal({ code: "store-of-another", place: { file }, user: owner });
};
