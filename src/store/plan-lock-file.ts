import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Place, Refusal } from "../errors.ts";
import { isUnaltered, type PlanLock } from "../study/plan-lock.ts";
import { writeNewFile } from "./new-file.ts";
import { refuseIrregular } from "./regular-file.ts";

/** Stands beside study.yaml, so that it can be kept under version control and cited; `.spejl` can be made anew. */
const lockFile = "plan.lock.json";
export const planLockPlace = (studyFolder: string): Place => ({ file: join(studyFolder, lockFile) });

const parsed = (text: string): PlanLock | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as PlanLock) : null;
  } catch {
    return null;
  }
};

/** The locked plan of a study; null while none is locked. Refuses one that is not as it was written. */
export const readPlanLock = async (studyFolder: string): Promise<PlanLock | null> => {
  const place = planLockPlace(studyFolder);
  await refuseIrregular(place.file);
  const text = await readFile(place.file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return null;
    throw new Refusal({ code: "file-unreadable", place, cause: fault.code ?? "" });
  });
  if (text === null) return null;
  const lock = parsed(text);
  if (lock === null || !isUnaltered(lock)) throw new Refusal({ code: "plan-lock-altered", place });
  return lock;
};

/** Keeps a lock; refuses where there is one. */
export const writePlanLock = (studyFolder: string, lock: PlanLock): Promise<void> =>
  writeNewFile(planLockPlace(studyFolder).file, `${JSON.stringify(lock, null, 2)}\n`);
