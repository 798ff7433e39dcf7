import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { openArchive } from "../../src/formats/xlsx/zip.ts";
import { chunksOf } from "../../src/store/file-hash.ts";
import { type Needle, needle, searchBytes } from "../../src/store/persons/byte-search.ts";
import { keptNames, keptTraces, openKept, readKeptFiles } from "../../src/store/persons/kept-files.ts";
import { shortestTelling } from "../../src/store/persons/person-records.ts";
import { pseudonymMaker } from "../../src/store/persons/pseudonym.ts";
import { copyVault } from "../../src/store/vault/rebuild.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import { tidyText } from "../../src/study/fold.ts";
import type { Study } from "../../src/study/study.ts";

/** What was searched after an erasure, and where the person was still found. */
export interface Scan {
  readonly files: number;
  readonly bytes: number;
  /** Kept deliveries whose tables, and parts of archives, that were unpacked and searched too. */
  readonly tables: number;
  /** Places that hold the pseudonym: none, or the erasure has failed. */
  readonly pseudonym: readonly string[];
  /** Kept deliveries in which records of the person are left: none, or the erasure has failed. */
  readonly records: readonly string[];
  /** Other places that hold the id as a word of its own; null for an id so short that it says nothing. */
  readonly id: readonly string[] | null;
}

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== "log.lock")
    .map((entry) => join(entry.parentPath, entry.name));
};

/** The texts of kept files: what is packed, as in a system file, is not found in its bytes. */
async function* keptTexts(study: Study): AsyncGenerator<readonly [string, AsyncIterable<Uint8Array>]> {
  const known = await readKeptFiles(study.folder);
  for (const kept of await keptNames(study.folder))
    for (const table of known[kept]?.tables ?? []) {
      const opened = await openKept(study.folder, kept, known[kept]!.file, table, study.language);
      yield [kept, opened.text()];
    }
}

/** The vault without compression, in which every text stands as it is. */
async function* plainVault(study: Study): AsyncGenerator<Uint8Array> {
  const temp = join(study.folder, ".spejl", "temp");
  const plain = join(temp, "plain.duckdb");
  await mkdir(temp, { recursive: true, mode: 0o700 });
  try {
    await onVault(study.folder, (vault) => copyVault(vault, plain, "uncompressed"));
    yield* chunksOf(plain);
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

const isArchive = async (file: string): Promise<boolean> => {
  const opened = await open(file);
  try {
    const { buffer } = await opened.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.readUInt32LE(0) === 0x04034b50;
  } finally {
    await opened.close();
  }
};

/** Every part of a workbook, unpacked: other sheets and what else stands in it too. */
async function* archiveParts(file: string): AsyncGenerator<Uint8Array> {
  const { names, read } = openArchive({ file }, await readFile(file));
  for (const name of names) yield read(name);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Searches everything in a study's store for a person: records of kept deliveries by their columns of ids, every file's
 * bytes, unpacked tables and archives, and the vault as plain text. A short id is found in columns of ids only.
 * The vault must not be open in this process: to close a file that is read gives its lock away.
 */
export const scanStore = async (study: Study, id: string, key: string): Promise<Scan> => {
  const store = join(study.folder, ".spejl");
  const tidy = tidyText(id);
  const isTelling = tidy.length >= shortestTelling;
  const needles: readonly Needle[] = [
    ...needle("pseudonym", pseudonymMaker(key).ofText(tidy), false),
    ...(isTelling ? needle("id", tidy, true) : []),
  ];
  const places: Readonly<Record<string, string[]>> = { pseudonym: [], id: [] };
  let [files, bytes, tables] = [0, 0, 0];
  const search = async (place: string, chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    const result = await searchBytes(chunks, needles);
    bytes += result.bytes;
    for (const name of result.found) if (!places[name]!.includes(place)) places[name]!.push(place);
  };
  for (const file of await filesBelow(store)) {
    files += 1;
    await search(relative(store, file), chunksOf(file));
    if (!(await isArchive(file))) continue;
    for await (const part of archiveParts(file)) {
      tables += 1;
      await search(relative(store, file), once(part));
    }
  }
  for await (const [kept, text] of keptTexts(study)) {
    tables += 1;
    await search(join("deliveries", kept), text);
  }
  await search("vault.duckdb", plainVault(study));
  const left = await keptTraces(study.folder, (one) => one === tidy, study.language);
  const records = left.map(({ kept }) => join("deliveries", kept));
  return { files, bytes, tables, pseudonym: places["pseudonym"]!, records, id: isTelling ? places["id"]! : null };
};
