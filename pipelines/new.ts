import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Refusal } from "../src/errors.ts";
import { asset } from "../src/store/assets.ts";

/** Files of a starting study, and where the package ships each; the deliveries hold only their header. */
const shipped: readonly (readonly [file: string, asset: string])[] = [
  ["study.yaml", "data/new/study.yaml"],
  ["instrument.yaml", "data/new/instrument.yaml"],
  ["study.schema.json", "data/study.schema.json"],
  ["instrument.schema.json", "data/instrument.schema.json"],
  ["roster.csv", "data/new/roster.csv"],
  ["deliveries/foer-medarbejdere.csv", "data/new/deliveries/foer-medarbejdere.csv"],
  ["deliveries/foer-ledere.csv", "data/new/deliveries/foer-ledere.csv"],
  ["deliveries/efter-medarbejdere.csv", "data/new/deliveries/efter-medarbejdere.csv"],
  ["deliveries/efter-ledere.csv", "data/new/deliveries/efter-ledere.csv"],
];

const refuseWrite = (file: string, fault: unknown): never => {
  const cause = (fault as NodeJS.ErrnoException).code;
  if (cause === undefined) throw fault;
  throw new Refusal(
    cause === "ENOSPC" ? { code: "disk-full", cause: file } : { code: "file-unreadable", place: { file }, cause },
  );
};

/** Refuses a folder that holds anything. */
export const requireEmpty = async (directory: string): Promise<void> => {
  const found = await readdir(directory).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return [];
    if (fault.code === "ENOTDIR") return [directory];
    return refuseWrite(directory, fault);
  });
  if (found.length > 0) throw new Refusal({ code: "folder-occupied", place: { file: directory } });
};

/**
 * Writes an annotated starting study into a new or empty folder; returns the files written. Throws a Refusal where the
 * folder holds anything, and leaves nothing behind where a file cannot be written.
 */
export const newStudy = async (directory: string): Promise<string[]> => {
  await requireEmpty(directory);
  let created: string | undefined;
  try {
    created = await mkdir(directory, { recursive: true });
    for (const [file, source] of shipped) {
      const path = join(directory, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, asset(source), { flag: "wx" });
    }
  } catch (fault) {
    const written = created === undefined ? shipped.map(([file]) => join(directory, file.split("/")[0]!)) : [created];
    await Promise.all(written.map((path) => rm(path, { recursive: true, force: true })));
    return refuseWrite(directory, fault);
  }
  return shipped.map(([file]) => join(directory, file));
};
