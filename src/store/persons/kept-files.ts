import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Language, Refusal } from "../../errors.ts";
import type { ReadingOptions } from "../../study/study.ts";
import { type CopiedFile, keepFile } from "../deliveries/copy.ts";
import type { DeliveredFile } from "../deliveries/delivered-table.ts";
import { openDelivered } from "../deliveries/open.ts";
import { type LeftOut, redactFile } from "../deliveries/redact.ts";
import { writeWhole } from "../new-file.ts";
import { type IdentityColumns, type IsPerson, linesOf } from "./person-records.ts";

/** A table of a kept delivery: how it is read, and where it says who answered. */
export interface KeptTable {
  readonly reading: ReadingOptions;
  /** Hashes of the kept code books. */
  readonly codebook: readonly string[];
  readonly identities: readonly IdentityColumns[];
}

/** What is known of a kept delivery. */
export interface KeptFile {
  /** As the study file named it. */
  readonly file: string;
  /** Hash of the file as it was delivered; the kept one may have lost columns or records since. */
  readonly delivered: string;
  /** One for each way in which it is read: the sheets of a workbook may be deliveries of their own. */
  readonly tables: readonly KeptTable[];
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

/** As stores were written in which a file had one table. */
interface FormerKept extends Pick<KeptFile, "file" | "delivered">, Omit<KeptTable, "identities"> {
  readonly identities: readonly Pick<IdentityColumns, "respondent" | "leader">[];
}

const ofOneTable = ({ file, delivered, reading, codebook, identities }: FormerKept): KeptFile => {
  const columns = identities.map((one): IdentityColumns => ({ ...one, own: [], rated: null }));
  return { file, delivered, tables: [{ reading, codebook, identities: columns }] };
};

export const readKeptFiles = async (studyFolder: string): Promise<KeptFiles> => {
  const text = await readFile(registerOf(studyFolder), "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return "{}";
    throw fault;
  });
  try {
    return Object.fromEntries(
      Object.entries(JSON.parse(text) as Readonly<Record<string, KeptFile | FormerKept>>).map(([hash, one]) => [
        hash,
        "tables" in one ? one : ofOneTable(one),
      ]),
    );
  } catch {
    throw new Refusal({ code: "record-damaged", place: { file: registerOf(studyFolder) } });
  }
};

const writeRegister = (studyFolder: string, register: KeptFiles): Promise<void> =>
  writeWhole(registerOf(studyFolder), `${JSON.stringify(register, null, 2)}\n`, 0o600);

const without = (tables: readonly KeptTable[], others: readonly KeptTable[]): readonly KeptTable[] => {
  const known = new Set(others.map((one) => JSON.stringify(one)));
  return tables.filter((one) => !known.has(JSON.stringify(one)));
};

/** Notes of a kept file what it is. What it was known as before it still is: its bytes are the same. */
const registerKept = async (studyFolder: string, hash: string, added: KeptFile): Promise<void> => {
  const known = await readKeptFiles(studyFolder);
  const before = known[hash]?.tables ?? [];
  const tables = [...before, ...without(added.tables, before)];
  await writeRegister(studyFolder, { ...known, [hash]: { ...added, tables } });
};

/**
 * Keeps a delivery. What is said of a file is there before the file: nobody would look for a person in one of which nothing
 * is known.
 */
export const keepDelivery = async (studyFolder: string, file: CopiedFile, described: KeptFile): Promise<void> => {
  await registerKept(studyFolder, file.sha256, described);
  await keepFile(file, studyFolder);
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
  file: string,
  { reading, codebook }: KeptTable,
  language: Language,
): Promise<CopiedFile & DeliveredFile> => {
  const books = await Promise.all(codebook.map((book) => copied(studyFolder, book, book)));
  return openDelivered(await copied(studyFolder, hash, file), reading, books, language);
};

/** Whether a file holds more than its tables: other sheets, shared texts, comments. None of it has a keyed name. */
export const holdsMore = ({ encoding }: DeliveredFile): boolean => encoding === "xlsx";

/** A kept file that holds a person, and what became of it. */
export interface KeptTrace {
  readonly file: string;
  readonly kept: string;
  readonly records: number;
}

/** A table of a kept file, and the records of a person in it. */
interface TableTrace {
  readonly table: KeptTable;
  readonly opened: CopiedFile & DeliveredFile;
  readonly lines: readonly number[];
}

/** The tables of every kept file of which it is known how it is read. */
async function* keptTables(
  studyFolder: string,
  isPerson: IsPerson,
  language: Language,
): AsyncGenerator<{ readonly kept: string; readonly described: KeptFile; readonly tables: readonly TableTrace[] }> {
  const known = await readKeptFiles(studyFolder);
  for (const kept of await keptNames(studyFolder)) {
    const described = known[kept];
    if (!described) continue;
    const tables: TableTrace[] = [];
    for (const table of described.tables) {
      const opened = await openKept(studyFolder, kept, described.file, table, language);
      tables.push({ table, opened, lines: await linesOf(opened, table.identities, isPerson) });
    }
    yield { kept, described, tables };
  }
}

const recordsIn = (tables: readonly TableTrace[]): number => tables.reduce((sum, { lines }) => sum + lines.length, 0);

/** Kept files that hold a person. */
export const keptTraces = async (
  studyFolder: string,
  isPerson: IsPerson,
  language: Language,
): Promise<readonly KeptTrace[]> => {
  const traces: KeptTrace[] = [];
  for await (const { kept, described, tables } of keptTables(studyFolder, isPerson, language)) {
    const records = recordsIn(tables);
    if (records > 0) traces.push({ file: described.file, kept, records });
  }
  return traces;
};

/** A table that is kept as a file of its own, and what is left out of it. */
export interface TableLeft extends LeftOut {
  readonly opened: CopiedFile & DeliveredFile;
  readonly identities: readonly IdentityColumns[];
}

/** Keeps tables of a delivered file comma-separated, whatever it was, each under the hash that it then has. */
export const keepTables = async (
  studyFolder: string,
  { file, delivered }: Pick<KeptFile, "file" | "delivered">,
  tables: readonly TableLeft[],
  partial: string,
): Promise<readonly string[]> => {
  const hashes: string[] = [];
  for (const { opened, identities, ...leftOut } of tables) {
    const written = await redactFile(opened, leftOut, partial);
    const own = { file, delivered, tables: [{ reading: ownReading, codebook: [], identities }] };
    await keepDelivery(studyFolder, written, own);
    hashes.push(written.sha256);
  }
  return hashes;
};

/** Takes a person's records out of every kept file; the files that were written anew, under their new names. */
export const purgeKept = async (
  studyFolder: string,
  isPerson: IsPerson,
  language: Language,
): Promise<readonly KeptTrace[]> => {
  const partial = join(studyFolder, ".spejl", "kept.partial");
  const purged: KeptTrace[] = [];
  for await (const { kept, described, tables } of keptTables(studyFolder, isPerson, language)) {
    const records = recordsIn(tables);
    const first = tables[0];
    if (!first || (records === 0 && !holdsMore(first.opened))) continue;
    const left = tables.map(({ table: { identities }, opened, lines }) => ({
      opened,
      identities,
      columns: [],
      lines: new Set(lines),
    }));
    const names = await keepTables(studyFolder, described, left, partial);
    if (!names.includes(kept)) await rm(first.opened.path, { force: true });
    purged.push({ file: described.file, kept: names[0]!, records });
  }
  const left = new Set(await keptNames(studyFolder));
  const register = Object.entries(await readKeptFiles(studyFolder)).filter(([hash]) => left.has(hash));
  await writeRegister(studyFolder, Object.fromEntries(register));
  return purged;
};
