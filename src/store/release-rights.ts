import { stat } from "node:fs/promises";
import { releasesOf } from "./release-manifest.ts";

/** Who may read what lies in the folder of releases: its owner, and its group where the folder lets that in. */
export const releaseRights = async (
  studyFolder: string,
): Promise<{ readonly file: number; readonly folder: number }> => {
  const { mode } = await stat(releasesOf(studyFolder));
  return { file: 0o600 | (mode & 0o040), folder: 0o700 | (mode & 0o050) };
};
