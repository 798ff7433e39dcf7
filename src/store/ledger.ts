import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { LedgerRelease, PastFact, PastPage } from "../disclosure/lattice/past.ts";
import { Refusal } from "../errors.ts";
import { writeWhole } from "./new-file.ts";
import { releasesOf } from "./release-manifest.ts";
import { latestKnown } from "./releases.ts";

/** Grows when teams or facts are written in another way: lines of another form cannot be held against new ones. */
const form = 5;

const line = z.object({
  form: z.literal(form),
  release: z.string(),
  wave: z.string(),
  atoms: z.string(),
  facts: z.string(),
  pages: z.string(),
  atomsSha256: z.string(),
  factsSha256: z.string(),
  pagesSha256: z.string(),
  pattern: z.string(),
});
type Line = z.infer<typeof line>;

/** The files that a release has. */
const parts = ["atoms", "facts", "pages"] as const;
type Part = (typeof parts)[number];

const atom = z.object({
  wave: z.string(),
  leader: z.string(),
  rater: z.literal("self").exactOptional(),
  groups: z.record(z.string(), z.string().nullable()),
  n: z.record(z.string(), z.number()),
  members: z.array(z.string()),
  versions: z.record(z.string(), z.array(z.string().nullable())).exactOptional(),
});
const group = z.object({ grouping: z.string(), cell: z.string(), wave: z.string() });
const fact = group.extend({
  fact: z.string(),
  audience: z.string(),
  statistic: z.enum(["mean", "difference", "variance", "rate", "count", "within", "overall", "benchmark"]),
  scale: z.string(),
  rater: z.string(),
  against: group.optional(),
  value: z.number(),
  step: z.number(),
  since: z.string().optional(),
  shown: z.unknown().optional(),
});

const page = z.object({
  leader: z.string(),
  wave: z.string(),
  scales: z.array(z.string()),
  answers: z.string().nullable(),
  since: z.string().optional(),
});

/** What the auditor calls a team. */
const atomName = ({ leader, wave, rater }: LedgerRelease["atoms"][number]): string =>
  JSON.stringify([leader, wave, ...(rater ? [rater] : [])]);

const ownerOnly = 0o600;
const folderOf = (studyFolder: string): string => join(studyFolder, ".spejl", "ledger");
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const linesOf = (records: readonly unknown[]): string => records.map((each) => `${JSON.stringify(each)}\n`).join("");

const refuse = (file: string, cause: "absent" | "altered" | "unreadable", at?: number): never => {
  throw new Refusal({ code: "ledger-damaged", place: { file, ...(at === undefined ? {} : { line: at }) }, cause });
};

const parsed = <T>(text: string, schema: z.ZodType<T>, file: string): readonly T[] => {
  if (text !== "" && !text.endsWith("\n")) return refuse(file, "unreadable", text.split("\n").length);
  return text
    .split("\n")
    .slice(0, -1)
    .map((each, index) => {
      try {
        return schema.parse(JSON.parse(each));
      } catch {
        return refuse(file, "unreadable", index + 1);
      }
    });
};

const textOf = async (file: string, hash: string): Promise<string> => {
  const text = await readFile(file, "utf8").catch(() => refuse(file, "absent"));
  return sha256(text) === hash ? text : refuse(file, "altered");
};

const fileOf = (studyFolder: string): string => join(folderOf(studyFolder), "ledger.jsonl");

/** A folder without a whole file is what a first publication leaves that was stopped. */
const isBegun = async (folder: string): Promise<boolean> =>
  existsSync(folder) && (await readdir(folder)).some((name) => !name.endsWith(".partial"));

/** Tokens of another form cannot be held against those of this one: nothing would seem to be of the same person. */
const refuseOutdated = (text: string, file: string): void => {
  const forms = parsed(text, z.object({ form: z.number() }), file).map((each) => each.form);
  const at = forms.findIndex((each) => each !== form);
  if (at >= 0)
    throw new Refusal({ code: "ledger-outdated", place: { file, line: at + 1 }, form: forms[at]!, expected: form });
};

const releaseLines = async (studyFolder: string): Promise<readonly Line[]> => {
  const file = fileOf(studyFolder);
  if (!(await isBegun(folderOf(studyFolder)))) return [];
  const text = await readFile(file, "utf8").catch(() => refuse(file, "absent"));
  refuseOutdated(text, file);
  return parsed(text, line, file);
};

/** A release is noted down before it becomes the latest, so that the latest, where it can be told, is always among them. */
const refuseLost = async (studyFolder: string, lines: readonly Line[]): Promise<void> => {
  const latest = await latestKnown(studyFolder);
  if (latest === null || !existsSync(join(releasesOf(studyFolder), latest))) return;
  if (!lines.some(({ release }) => release === latest)) refuse(fileOf(studyFolder), "absent");
};

/**
 * What earlier releases let out and of which teams, in order of publication. Refuses a ledger that is not as it was
 * written: without it nobody can tell what a new release would give away beside the old ones.
 */
export const readLedger = async (studyFolder: string): Promise<readonly LedgerRelease[]> => {
  const releases: LedgerRelease[] = [];
  const lines = await releaseLines(studyFolder);
  await refuseLost(studyFolder, lines);
  for (const each of lines) {
    const read = async <T>(part: Part, schema: z.ZodType<T>): Promise<readonly T[]> => {
      const file = join(folderOf(studyFolder), each[part]);
      return parsed(await textOf(file, each[`${part}Sha256`]), schema, file);
    };
    releases.push({
      release: each.release,
      atoms: await read("atoms", atom),
      facts: (await read("facts", fact)) as readonly PastFact[],
      pages: (await read("pages", page)) as readonly PastPage[],
    });
  }
  return releases;
};

/** Files of a release that was published before with other teams behind the same numbers get names of their own. */
const nameOf = (folder: string, release: string, what: Part, text: string): string => {
  const plain = `${release}.${what}.jsonl`;
  return existsSync(join(folder, plain)) ? `${release}.${sha256(text).slice(0, 8)}.${what}.jsonl` : plain;
};

/** Makes the ledger where there is none: its first file comes before any other, so that others without it are a loss. */
const begin = async (studyFolder: string): Promise<void> => {
  await mkdir(folderOf(studyFolder), { recursive: true, mode: 0o700 });
  if (!existsSync(fileOf(studyFolder))) await writeWhole(fileOf(studyFolder), "", ownerOnly);
};

const ofParts = <T>(make: (part: Part) => T): Readonly<Record<Part, T>> => ({
  atoms: make("atoms"),
  facts: make("facts"),
  pages: make("pages"),
});

type Content = Pick<Line, "release" | `${Part}Sha256`>;

const contentOf = (made: Content): string => [made.release, ...parts.map((part) => made[`${part}Sha256`])].join();

/** Adds a release to the ledger, unless it is the last one there, of the same teams. */
export const appendLedger = async (studyFolder: string, wave: string, made: LedgerRelease): Promise<void> => {
  const folder = folderOf(studyFolder);
  const { release } = made;
  const texts = {
    atoms: linesOf(made.atoms.map((each) => ({ atom: atomName(each), ...each }))),
    facts: linesOf(made.facts),
    pages: linesOf(made.pages),
  };
  const hash = ofParts((part) => sha256(texts[part]));
  const hashes = { atomsSha256: hash.atoms, factsSha256: hash.facts, pagesSha256: hash.pages };
  const lines = await releaseLines(studyFolder);
  const last = lines.at(-1);
  if (last && contentOf(last) === contentOf({ release, ...hashes })) return;
  await begin(studyFolder);
  const names = ofParts((part) => nameOf(folder, release, part, texts[part]));
  for (const part of parts) await writeWhole(join(folder, names[part]), texts[part], ownerOnly);
  const pattern = sha256(made.facts.map((each) => each.fact).join("\n"));
  const all = [...lines, { form, release, wave, ...names, ...hashes, pattern }];
  // Whole or not at all: half a line would keep every later run from publishing.
  await writeWhole(fileOf(studyFolder), linesOf(all), ownerOnly);
};

/** Copies a file of a release from another ledger; gives the name that it has in this one. */
const copyText = async (studyFolder: string, other: string, line: Line, what: Part): Promise<string> => {
  const text = await textOf(join(folderOf(other), line[what]), line[`${what}Sha256`]);
  const folder = folderOf(studyFolder);
  const held = await readFile(join(folder, line[what]), "utf8").catch(() => null);
  if (held === text) return line[what];
  const name = nameOf(folder, line.release, what, text);
  await writeWhole(join(folder, name), text, ownerOnly);
  return name;
};

/**
 * Adds to a study's ledger what another copy of it knows: what was published once is never forgotten. Where both go on
 * from what they have in common, the other's publications are the later ones, also of a release that came before.
 */
export const uniteLedgers = async (studyFolder: string, other: string): Promise<void> => {
  const [own, others] = [await releaseLines(studyFolder), await releaseLines(other)];
  const parting = others.findIndex((each, at) => !own[at] || contentOf(own[at]) !== contentOf(each));
  if (parting < 0) return;
  const later = others.slice(parting);
  const known = new Set(later.map(contentOf));
  const all = [...own.slice(0, parting), ...own.slice(parting).filter((one) => !known.has(contentOf(one)))];
  for (const each of later) {
    await begin(studyFolder);
    const copied = { ...each };
    for (const part of parts) copied[part] = await copyText(studyFolder, other, each, part);
    all.push(copied);
  }
  await writeWhole(fileOf(studyFolder), linesOf(all), ownerOnly);
};
