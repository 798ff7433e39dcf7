import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../../errors.ts";
import { writeWhole } from "../new-file.ts";
import type { IsPerson } from "./person-records.ts";
import { pseudonymMaker, subjectOf } from "./pseudonym.ts";

/** Somebody who was erased, by a name that only the study's key makes: a delivery does not bring them back. */
export interface Erasure {
  readonly subject: string;
  /** UTC. */
  readonly at: string;
}

export const erasedFile = (studyFolder: string): string => join(studyFolder, ".spejl", "erased.jsonl");

const isErasure = (value: unknown): value is Erasure =>
  typeof value === "object" && value !== null && typeof (value as Erasure).subject === "string";

const parseLine = (text: string, line: number, file: string): Erasure => {
  try {
    const value: unknown = JSON.parse(text);
    if (isErasure(value)) return value;
  } catch {
    // Said below, with its line.
  }
  throw new Refusal({ code: "record-damaged", place: { file, line } });
};

/** Everybody who was erased. Refuses a list that cannot be read: a person on it would come back. */
export const readErasures = async (studyFolder: string): Promise<readonly Erasure[]> => {
  const file = erasedFile(studyFolder);
  const text = await readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return "";
    throw fault;
  });
  return text
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line !== "")
    .map(({ line, number }) => parseLine(line, number, file));
};

/** Adds to the list of erased persons, on disk when this returns; who is on it stays on it. */
export const addErasures = async (studyFolder: string, added: readonly Erasure[]): Promise<readonly Erasure[]> => {
  const all = new Map<string, Erasure>();
  for (const one of [...(await readErasures(studyFolder)), ...added])
    if (!all.has(one.subject)) all.set(one.subject, one);
  const list = [...all.values()];
  if (list.length > 0)
    await writeWhole(erasedFile(studyFolder), list.map((one) => `${JSON.stringify(one)}\n`).join(""), 0o600);
  return list;
};

/** Whether a pseudonym is of somebody who was erased. */
export const isErasedPseudonym = (key: string, erasures: readonly Erasure[]): ((pseudonym: string) => boolean) => {
  if (erasures.length === 0) return () => false;
  const subjects = new Set(erasures.map(({ subject }) => subject));
  return (pseudonym) => subjects.has(subjectOf(key, pseudonym));
};

/** Whether an id, as it was delivered, is of somebody who was erased. */
export const isErasedId = (key: string, erasures: readonly Erasure[]): IsPerson => {
  const pseudonym = pseudonymMaker(key);
  const isErased = isErasedPseudonym(key, erasures);
  return (id) => isErased(pseudonym.ofText(id));
};
