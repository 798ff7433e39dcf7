import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Release } from "../../src/audit/publication.ts";
import { Refusal } from "../../src/errors.ts";

const entrySchema = z.object({
  release: z.string(),
  wave: z.string(),
  atoms: z.string().regex(/^[^/\\]+$/),
  facts: z.string().regex(/^[^/\\]+$/),
  pages: z.string().regex(/^[^/\\]+$/),
  atomsSha256: z.string(),
  factsSha256: z.string(),
  pagesSha256: z.string(),
});

const atomSchema = z.object({
  atom: z.string(),
  wave: z.string(),
  leader: z.string(),
  rater: z.string().exactOptional(),
  groups: z.record(z.string(), z.string().nullable()),
  n: z.record(z.string(), z.number().int().nonnegative()),
  members: z.array(z.string()),
  versions: z.record(z.string(), z.array(z.string().nullable())).exactOptional(),
});

const cellSchema = z.object({ grouping: z.string(), cell: z.string(), wave: z.string() });

const factSchema = cellSchema.extend({
  fact: z.string(),
  audience: z.string(),
  statistic: z.enum(["mean", "difference", "rate", "count", "estimate", "variance", "within", "overall", "benchmark"]),
  scale: z.string(),
  rater: z.string(),
  against: cellSchema.exactOptional(),
  value: z.number().nullable(),
  step: z.number().nonnegative(),
  /** The release whose number this one still shows: nothing new. */
  since: z.string().exactOptional(),
});

const pageSchema = z.object({
  leader: z.string(),
  wave: z.string(),
  scales: z.array(z.string()),
  answers: z.string().nullable(),
  since: z.string().exactOptional(),
});

const damaged = (cause: "absent" | "altered" | "unreadable", file: string, line?: number): Refusal =>
  new Refusal({ code: "ledger-damaged", place: line === undefined ? { file } : { file, line }, cause });

const readText = async (file: string): Promise<string> => {
  if (!existsSync(file)) throw damaged("absent", file);
  return readFile(file, "utf8");
};

const parseLine = <T>(schema: z.ZodType<T>, file: string, text: string, line: number): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw damaged("unreadable", file, line);
  }
};

const parseLines = <T>(schema: z.ZodType<T>, file: string, text: string): readonly T[] =>
  text.split("\n").flatMap((line, index) => (line === "" ? [] : [parseLine(schema, file, line, index + 1)]));

const readPart = async <T>(schema: z.ZodType<T>, file: string, sha256: string): Promise<readonly T[]> => {
  const text = await readText(file);
  if (createHash("sha256").update(text).digest("hex") !== sha256) throw damaged("altered", file);
  return parseLines(schema, file, text);
};

/** The file that lists the releases of a study's ledger. */
export const ledgerOf = (studyFolder: string): string => join(studyFolder, ".spejl", "ledger", "ledger.jsonl");

/** All releases that a study's ledger holds, in order. Refuses where there is none, or a file is not as it was written. */
export const readLedger = async (studyFolder: string): Promise<readonly Release[]> => {
  const book = ledgerOf(studyFolder);
  const folder = dirname(book);
  if (!existsSync(book)) throw new Refusal({ code: "ledger-missing", study: studyFolder });
  const entries = parseLines(entrySchema, book, await readText(book));
  return Promise.all(
    entries.map(async ({ release, ...files }) => ({
      release,
      atoms: await readPart(atomSchema, join(folder, files.atoms), files.atomsSha256),
      facts: (await readPart(factSchema, join(folder, files.facts), files.factsSha256)).filter(
        ({ since }) => since === undefined,
      ),
      pages: await readPart(pageSchema, join(folder, files.pages), files.pagesSha256),
    })),
  );
};
