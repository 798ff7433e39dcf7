import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Place, Problem, QuarantineCode } from "../errors.ts";
import { writeWhole } from "./new-file.ts";
import { releasesOf } from "./release-manifest.ts";

/** What became of the rows of a delivery: rows = accepted + rejected + skipped. */
export interface DeliveryStatus {
  readonly file: string;
  readonly wave: string;
  readonly rater: string;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
}

/** How the last run of a study's stages ended, for who administers it: counts, places and codes, never a value or an id. */
export interface RunStatus {
  /** UTC. */
  readonly at: string;
  readonly command: string;
  /** Why it was refused; empty where it was done. */
  readonly refused: readonly (Partial<Place> & { readonly code: Problem["code"] })[];
  readonly release: string | null;
  readonly deliveries: readonly DeliveryStatus[];
  /** How many rows are in quarantine, and where the first of them stand. */
  readonly quarantined: number;
  readonly quarantine: readonly (Place & { readonly code: QuarantineCode })[];
}

/** Beside the releases: a server reads no other folder of a study. */
const fileIn = (studyFolder: string): string => join(releasesOf(studyFolder), "status.json");

export const writeRunStatus = (studyFolder: string, status: RunStatus): Promise<void> =>
  writeWhole(fileIn(studyFolder), `${JSON.stringify(status, null, 2)}\n`, 0o600);

/** The last run as it was noted; null where none was, or it cannot be read. */
export const readRunStatus = async (studyFolder: string): Promise<RunStatus | null> => {
  try {
    return JSON.parse(await readFile(fileIn(studyFolder), "utf8")) as RunStatus;
  } catch {
    return null;
  }
};
