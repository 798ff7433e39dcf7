import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Refusal, type RetentionClass } from "../../errors.ts";
import { writeWhole } from "../new-file.ts";
import { keyFile } from "./study-key.ts";

/** What was deleted when its time was up, and on which day. */
export type Retired = Readonly<Partial<Record<RetentionClass, string>>>;

const retiredFile = (studyFolder: string): string => join(studyFolder, ".spejl", "retired.json");

export const readRetired = async (studyFolder: string): Promise<Retired> => {
  const file = retiredFile(studyFolder);
  const text = await readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return "{}";
    throw fault;
  });
  try {
    return JSON.parse(text) as Retired;
  } catch {
    throw new Refusal({ code: "record-damaged", place: { file } });
  }
};

const pathsOf = (studyFolder: string, what: RetentionClass): readonly string[] => {
  const store = join(studyFolder, ".spejl");
  if (what === "key") return [keyFile(studyFolder)];
  if (what === "raw") return [join(store, "deliveries"), join(store, "kept.json")];
  return [join(store, "vault.duckdb"), join(store, "vault.duckdb.wal")];
};

/** Deletes what a study no longer may keep; first it is noted, so that no run makes it anew. */
export const retire = async (studyFolder: string, ended: Retired): Promise<void> => {
  const all = { ...ended, ...(await readRetired(studyFolder)) };
  await writeWhole(retiredFile(studyFolder), `${JSON.stringify(all)}\n`, 0o600);
  for (const what of Object.keys(all) as RetentionClass[])
    for (const path of pathsOf(studyFolder, what)) await rm(path, { recursive: true, force: true });
};
