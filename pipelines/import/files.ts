import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { surveyxactRole } from "../../src/formats/surveyxact.ts";
import { copyFile, type SourceFile, sourceFile } from "../../src/store/deliveries/copy.ts";
import { delimitedCells } from "../../src/store/deliveries/delimited.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import { openDelivered } from "../../src/store/deliveries/open.ts";
import { asItShows, type Study } from "../../src/study/study.ts";

/** A vendor's files, told apart by what they hold. */
export interface VendorFiles {
  readonly answers: readonly SourceFile[];
  readonly codebook: readonly SourceFile[];
}

const mostCodebook = 1 << 25;

const isCodebook = async (file: SourceFile): Promise<boolean> => {
  const handle = await open(file.path);
  const start = Buffer.alloc(1 << 12);
  const { bytesRead } = await handle.read(start, 0, start.length, 0).finally(() => handle.close());
  const text = start.subarray(0, bytesRead).toString("utf8");
  if (/^\uFEFF?\s*<\?xml|^\uFEFF?\s*<document/.test(text)) return true;
  if (file.bytes > mostCodebook || text.startsWith("PK")) return false;
  const cells = await delimitedCells(file).catch(() => null);
  const role = cells && surveyxactRole(cells);
  return role === "structure" || role === "labels";
};

/** Tells files of answers and code books apart. Refuses files that are missing or empty. */
export const vendorFiles = async (paths: readonly string[]): Promise<VendorFiles> => {
  const [answers, codebook]: [SourceFile[], SourceFile[]] = [[], []];
  for (const path of paths) {
    const file = await sourceFile(path, resolve(path));
    ((await isCodebook(file)) ? codebook : answers).push(file);
  }
  return { answers, codebook };
};

/** Opens a file of answers as a run would that knows no more of it than its content. */
export const openAnswers = (
  answers: SourceFile,
  codebook: readonly SourceFile[],
  language: Study["language"],
): Promise<DeliveredFile> => openDelivered(answers, asItShows, codebook, language);

/** A file's name from the study's folder, where it lies inside; null where it lies elsewhere. */
const nameInside = (path: string, folder: string): string | null => {
  const near = relative(resolve(folder), path);
  return near.startsWith("..") || isAbsolute(near) ? null : near.split(sep).join("/");
};

/** Where a file will lie in a study, and whether it has to be brought there. */
export interface PlacedFile {
  readonly source: SourceFile;
  readonly name: string;
  readonly isCopy: boolean;
}

const sameBytes = async (one: string, other: string): Promise<boolean> => {
  const [a, b] = [await stat(one), await stat(other)];
  return a.size === b.size && (await readFile(one)).equals(await readFile(other));
};

/** Names for a file that are not taken: its own, then `name-2`, `name-3`, …; a copy of the same bytes is the file itself. */
const freeName = async (source: SourceFile, folder: string, taken: readonly string[]): Promise<PlacedFile> => {
  const extension = extname(source.path);
  const stem = basename(source.path, extension);
  for (let k = 1; ; k += 1) {
    const name = `deliveries/${stem}${k === 1 ? "" : `-${k}`}${extension}`;
    if (taken.includes(name)) continue;
    if (!existsSync(join(folder, name))) return { source, name, isCopy: true };
    if (await sameBytes(source.path, join(folder, name))) return { source, name, isCopy: false };
  }
};

/** Where each file lies or will lie in the study: where it is, if that is inside, else in `deliveries/`. */
export const placeFiles = async (
  sources: readonly SourceFile[],
  folder: string,
): Promise<ReadonlyMap<SourceFile, PlacedFile>> => {
  const placed = new Map<SourceFile, PlacedFile>();
  for (const source of sources) {
    const inside = nameInside(source.path, folder);
    const taken = [...placed.values()].map(({ name }) => name);
    placed.set(
      source,
      inside === null ? await freeName(source, folder, taken) : { source, name: inside, isCopy: false },
    );
  }
  return placed;
};

/** Copies a file into a study, whole or not at all, never over another. */
export const bringFile = async ({ source, name }: PlacedFile, folder: string): Promise<void> => {
  const target = join(folder, name);
  await mkdir(join(folder, "deliveries"), { recursive: true });
  const scratch = await mkdtemp(join(folder, "deliveries", ".incoming-"));
  try {
    const copied = await copyFile(source.name, source.path, join(scratch, "copy"));
    if (existsSync(target)) throw new Refusal({ code: "file-exists", place: { file: name } });
    await rename(copied.path, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};
