import { mkdir, readdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { chunksOf } from "../../src/store/file-hash.ts";
import { type Needle, needle, searchBytes } from "../../src/store/persons/byte-search.ts";
import { keptNames, openKept, readKeptFiles } from "../../src/store/persons/kept-files.ts";
import { pseudonymMaker } from "../../src/store/persons/pseudonym.ts";
import { copyVault } from "../../src/store/vault/rebuild.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import { tidyText } from "../../src/study/fold.ts";
import type { Study } from "../../src/study/study.ts";

/** What was searched after an erasure, and where the person was still found. */
export interface Scan {
  readonly files: number;
  readonly bytes: number;
  /** Kept deliveries whose tables were unpacked and searched too. */
  readonly tables: number;
  /** Places that hold the pseudonym: none, or the erasure has failed. */
  readonly pseudonym: readonly string[];
  /** Places that hold the id as a word of its own; null for an id so short that it says nothing. */
  readonly id: readonly string[] | null;
}

/** A shorter id is found everywhere: as an answer, in a date, in a count. */
const shortestId = 5;

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== "log.lock")
    .map((entry) => join(entry.parentPath, entry.name));
};

/** The texts of kept files: what is packed, as in a workbook, is not found in its bytes. */
async function* keptTexts(study: Study): AsyncGenerator<readonly [string, AsyncIterable<Uint8Array>]> {
  const known = await readKeptFiles(study.folder);
  for (const kept of await keptNames(study.folder)) {
    const described = known[kept];
    if (!described) continue;
    try {
      yield [kept, (await openKept(study.folder, kept, described, study.language)).text()];
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
    }
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

/**
 * Searches everything in a study's store for a person: every file's bytes, unpacked tables, and the vault as plain text.
 * The vault must not be open in this process: to close a file that is read gives its lock away.
 */
export const scanStore = async (study: Study, id: string, key: string): Promise<Scan> => {
  const store = join(study.folder, ".spejl");
  const tidy = tidyText(id);
  const needles: readonly Needle[] = [
    ...needle("pseudonym", pseudonymMaker(key).ofText(tidy), false),
    ...(tidy.length < shortestId ? [] : needle("id", tidy, true)),
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
  }
  for await (const [kept, text] of keptTexts(study)) {
    tables += 1;
    await search(join("deliveries", kept), text);
  }
  await search("vault.duckdb", plainVault(study));
  return { files, bytes, tables, pseudonym: places["pseudonym"]!, id: tidy.length < shortestId ? null : places["id"]! };
};
