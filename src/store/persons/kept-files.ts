import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Language, Refusal } from "../../errors.ts";
import type { ReadingOptions } from "../../study/study.ts";
import { type CopiedFile, keepFile } from "../deliveries/copy.ts";
import type { DeliveredFile } from "../deliveries/delivered-table.ts";
import { openDelivered } from "../deliveries/open.ts";
import { redactFile } from "../deliveries/redact.ts";
import { writeWhole } from "../new-file.ts";
import { type IdentityColumns, type IsPerson, isRecordOf, linesOf } from "./person-records.ts";

/** What is known of a kept delivery: how to read it, and where it says who answered. */
export interface KeptFile {
  /** As the study file named it. */
  readonly file: string;
  /** Hash of the file as it was delivered; the kept one may have lost columns or records since. */
  readonly delivered: string;
  readonly reading: ReadingOptions;
  /** Hashes of the kept code books. */
  readonly codebook: readonly string[];
  readonly identities: readonly IdentityColumns[];
}

/** By hash of the kept file. */
export type KeptFiles = Readonly<Record<string, KeptFile>>;

/** How a kept file is read that Spejl itself wrote. */
export const ownReading: ReadingOptions = {
  format: null,
  encoding: "utf-8",
  separator: ",",
  sheet: null,
  header: 1,
  decimal: null,
  codebook: [],
};

const folderOf = (studyFolder: string): string => join(studyFolder, ".spejl", "deliveries");
const registerOf = (studyFolder: string): string => join(studyFolder, ".spejl", "kept.json");

export const readKeptFiles = async (studyFolder: string): Promise<KeptFiles> => {
  const text = await readFile(registerOf(studyFolder), "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return "{}";
    throw fault;
  });
  try {
    return JSON.parse(text) as KeptFiles;
  } catch {
    throw new Refusal({ code: "record-damaged", place: { file: registerOf(studyFolder) } });
  }
};

/** Notes of kept files what they are. */
export const registerKept = async (studyFolder: string, added: KeptFiles): Promise<void> => {
  const known = await readKeptFiles(studyFolder);
  await writeWhole(registerOf(studyFolder), `${JSON.stringify({ ...known, ...added }, null, 2)}\n`, 0o600);
};

/** Names of the files that are kept as they were delivered, or nearly so. */
export const keptNames = async (studyFolder: string): Promise<readonly string[]> =>
  (await readdir(folderOf(studyFolder)).catch(() => [])).sort();

const copied = async (studyFolder: string, hash: string, name: string): Promise<CopiedFile> => {
  const path = join(folderOf(studyFolder), hash);
  const { size, mtimeMs } = await stat(path);
  return { name, path, sha256: hash, bytes: size, original: { path, size, modified: mtimeMs } };
};

export const openKept = async (
  studyFolder: string,
  hash: string,
  { file, reading, codebook }: KeptFile,
  language: Language,
): Promise<CopiedFile & DeliveredFile> => {
  const books = await Promise.all(codebook.map((book) => copied(studyFolder, book, book)));
  return openDelivered(await copied(studyFolder, hash, file), reading, books, language);
};

/** A kept file that holds a person, and what became of it. */
export interface KeptTrace {
  readonly file: string;
  readonly kept: string;
  readonly records: number;
}

/** Kept files that hold a person. */
export const keptTraces = async (
  studyFolder: string,
  isPerson: IsPerson,
  language: Language,
): Promise<readonly KeptTrace[]> => {
  const known = await readKeptFiles(studyFolder);
  const traces: KeptTrace[] = [];
  for (const kept of await keptNames(studyFolder)) {
    const described = known[kept];
    if (!described || described.identities.length === 0) continue;
    const lines = await linesOf(await openKept(studyFolder, kept, described, language), described.identities, isPerson);
    if (lines.length > 0) traces.push({ file: described.file, kept, records: lines.length });
  }
  return traces;
};

/** Writes a kept file anew without a person's records: comma-separated, whatever it was, under the hash that it then has. */
const rewriteKept = async (
  studyFolder: string,
  hash: string,
  described: KeptFile,
  isPerson: IsPerson,
  language: Language,
): Promise<string> => {
  const file = await openKept(studyFolder, hash, described, language);
  const record = isRecordOf(described.identities, isPerson);
  const written = await redactFile(file, { columns: [], record }, join(studyFolder, ".spejl", "kept.partial"));
  await keepFile(written, studyFolder);
  const after = { ...described, reading: ownReading, codebook: [] };
  await registerKept(studyFolder, { [written.sha256]: after });
  if (written.sha256 !== hash) await rm(file.path, { force: true });
  return written.sha256;
};

/** Takes a person's records out of every kept file; the files that held them, under their new names. */
export const purgeKept = async (
  studyFolder: string,
  isPerson: IsPerson,
  language: Language,
): Promise<readonly KeptTrace[]> => {
  const traces = await keptTraces(studyFolder, isPerson, language);
  const known = await readKeptFiles(studyFolder);
  const purged: KeptTrace[] = [];
  for (const trace of traces) {
    const kept = await rewriteKept(studyFolder, trace.kept, known[trace.kept]!, isPerson, language);
    purged.push({ ...trace, kept });
  }
  const left = new Set(await keptNames(studyFolder));
  const register = Object.entries(await readKeptFiles(studyFolder)).filter(([hash]) => left.has(hash));
  await writeWhole(registerOf(studyFolder), `${JSON.stringify(Object.fromEntries(register), null, 2)}\n`, 0o600);
  return purged;
};
