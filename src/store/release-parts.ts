import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { bareNumbers, frozenModel } from "../disclosure/published.ts";
import { Refusal } from "../errors.ts";
import { type LeaderFacts, type LeaderStudy, leaderNumbers, sharedNumbers } from "../reporting/leader/model.ts";
import { managementNumbers } from "../reporting/management/model.ts";
import { researchNumbers } from "../reporting/research/model.ts";
import { writeWhole } from "./new-file.ts";
import {
  type LeaderEntry,
  type Manifest,
  manifestName,
  manifestOf,
  pointerOf,
  releasesOf,
} from "./release-manifest.ts";
import { releaseRights } from "./release-rights.ts";
import { dateOf, wholeRelease } from "./releases.ts";
import { naming } from "./system-fault.ts";

/** A file of a release; its text is made while it is written, one part after the other. */
export interface ReleasePart {
  readonly name: string;
  readonly text: () => AsyncIterable<string>;
}

const writePart = (folder: string, part: ReleasePart, mode: number): Promise<string> =>
  naming(join(folder, part.name), async () => {
    const hash = createHash("sha256");
    const file = await open(join(folder, part.name), "w", mode);
    try {
      await file.chmod(mode);
      for await (const text of part.text()) {
        hash.update(text);
        await file.writeFile(text);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return hash.digest("hex");
  });

const writeParts = async (folder: string, parts: readonly ReleasePart[], mode: number): Promise<Manifest["parts"]> => {
  const hashes: Record<string, string> = {};
  for (const part of parts) hashes[part.name] = await writePart(folder, part, mode);
  return hashes;
};

/** Takes a release away that nobody is to read. */
export const removeRelease = (studyFolder: string, id: string): Promise<void> =>
  rm(join(releasesOf(studyFolder), id), { recursive: true, force: true });

/** Makes a release the one that is read. */
export const pointTo = async (studyFolder: string, id: string): Promise<void> =>
  writeWhole(pointerOf(studyFolder), id, (await releaseRights(studyFolder)).file);

const isWhole = (studyFolder: string, id: string): Promise<boolean> =>
  wholeRelease(studyFolder, id).then(
    () => true,
    () => false,
  );

/**
 * Freezes parts as a release: written beside its place and moved into it whole, unless it is there already, whole. The
 * id comes from the content alone. Returns the id; what is read stays what it was until `pointTo`.
 */
export const writeRelease = async (
  studyFolder: string,
  made: Pick<Manifest, "date" | "versions" | "wave">,
  parts: readonly ReleasePart[],
): Promise<string> => {
  const releases = releasesOf(studyFolder);
  const partial = join(releases, "next.partial");
  await rm(partial, { recursive: true, force: true });
  await mkdir(releases, { recursive: true, mode: 0o700 });
  const rights = await releaseRights(studyFolder);
  await mkdir(partial, { mode: 0o700 });
  const written = await writeParts(partial, parts, rights.file).catch(async (fault: unknown) => {
    await rm(partial, { recursive: true, force: true });
    throw fault;
  });
  const { id } = manifestOf({ ...made, parts: written });
  const place = join(releases, id);
  if (existsSync(place) && (await isWhole(studyFolder, id))) {
    await rm(partial, { recursive: true });
    return id;
  }
  const date = (await dateOf(studyFolder, id)) ?? made.date;
  const manifest = manifestOf({ ...made, date, parts: written });
  await writeWhole(join(partial, manifestName), JSON.stringify(manifest, null, 2), rights.file);
  // Not before: what is made in a folder whose rights were set may no longer be of the group that it is for.
  await chmod(partial, rights.folder);
  await rm(place, { recursive: true, force: true });
  await rename(partial, place);
  return id;
};

/** Versions of Node sum in another order: their estimates agree to 12 digits, and readers see at most four. */
const digits = 9;

/**
 * A model in the text of a release. Refuses a number that disclosure control did not let out, unless it stands in one of
 * the `plain` places, where numbers say nothing of anybody's answers.
 */
export const frozenText = (name: string, model: unknown, plain: readonly RegExp[]): string => {
  const bare = bareNumbers(model).filter((place) => !plain.some((each) => each.test(place)));
  if (bare.length > 0) throw new Refusal({ code: "candidate-leaks", place: { file: name }, facts: bare });
  return JSON.stringify(frozenModel(model), (_, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value,
  );
};

const plainNumbers = {
  management: managementNumbers,
  research: researchNumbers,
  "research-public": researchNumbers,
} as const;

/** A model as it is frozen: day and versions belong to the release, not to the content. */
export const modelPart = (report: keyof typeof plainNumbers, model: { readonly date: string }): ReleasePart => ({
  name: `${report}.json`,
  text: async function* () {
    const content = { ...model, date: "", ...("versions" in model ? { versions: {} } : {}) };
    yield frozenText(`${report}.json`, content, plainNumbers[report]);
  },
});

/** The leaders' models, one line each, what they share, and the index by which one is found without the others. */
export const leaderParts = (
  shared: LeaderStudy,
  batches: () => AsyncIterable<readonly LeaderFacts[]>,
): readonly ReleasePart[] => {
  const entries: LeaderEntry[] = [];
  const lines = async function* () {
    let offset = 0;
    for await (const batch of batches()) {
      const text = batch.map((facts) => {
        const line = `${frozenText("leaders.jsonl", facts, leaderNumbers)}\n`;
        const bytes = Buffer.byteLength(line);
        entries.push([facts.leader, offset, bytes, createHash("sha256").update(line).digest("hex")]);
        offset += bytes;
        return line;
      });
      yield text.join("");
    }
  };
  return [
    {
      name: "leader-study.json",
      text: async function* () {
        yield frozenText("leader-study.json", shared, sharedNumbers);
      },
    },
    { name: "leaders.jsonl", text: lines },
    {
      name: "leaders.index.json",
      text: async function* () {
        yield JSON.stringify(entries);
      },
    },
  ];
};
