import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fromRelease } from "../disclosure/published.ts";
import { Refusal } from "../errors.ts";
import type { LeaderFacts, LeaderModel, LeaderStudy } from "../reporting/leader/model.ts";
import { withNearest } from "../study/nearest.ts";

/** A file of a release; its text is made while it is written, one part after the other. */
export interface ReleasePart {
  readonly name: string;
  readonly text: () => AsyncIterable<string>;
}

/** What a release is: which day it was made, for which wave, and the content hash of every part. */
interface Manifest {
  readonly id: string;
  readonly date: string;
  readonly wave: string;
  readonly parts: Readonly<Record<string, string>>;
}

/** A frozen release, opened for reading. */
export interface Release {
  readonly id: string;
  readonly folder: string;
  /** The day on which it was made, ISO. */
  readonly date: string;
}

const releasesOf = (studyFolder: string): string => join(studyFolder, ".spejl", "releases");
const ownerOnly = { mode: 0o600 };

const writePart = async (folder: string, part: ReleasePart): Promise<string> => {
  const hash = createHash("sha256");
  const file = await open(join(folder, part.name), "w", ownerOnly.mode);
  try {
    for await (const text of part.text()) {
      hash.update(text);
      await file.write(text);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest("hex");
};

const writeParts = async (folder: string, parts: readonly ReleasePart[]): Promise<Readonly<Record<string, string>>> => {
  const hashes: Record<string, string> = {};
  for (const part of parts) hashes[part.name] = await writePart(folder, part);
  return hashes;
};

const point = async (releases: string, id: string): Promise<void> => {
  await writeFile(join(releases, "latest.partial"), id, ownerOnly);
  await rename(join(releases, "latest.partial"), join(releases, "latest"));
};

/**
 * Freezes parts as a release: written beside its place and moved into it whole. The id comes from the content alone, so
 * that the same content is the same release, whenever it is published. `record` notes down what it lets out, once it is
 * there and before it is the latest. Returns the id.
 */
export const writeRelease = async (
  studyFolder: string,
  made: { readonly date: string; readonly wave: string },
  parts: readonly ReleasePart[],
  record: (id: string) => Promise<void> = async () => undefined,
): Promise<string> => {
  const releases = releasesOf(studyFolder);
  const partial = join(releases, "next.partial");
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const hashes = await writeParts(partial, parts);
  const content = createHash("sha256")
    .update(JSON.stringify([made.wave, hashes]))
    .digest("hex");
  const id = `${made.wave}-${content.slice(0, 12)}`;
  const manifest: Manifest = { id, date: made.date, wave: made.wave, parts: hashes };
  await writeFile(join(partial, "manifest.json"), JSON.stringify(manifest, null, 2), ownerOnly);
  if (existsSync(join(releases, id))) await rm(partial, { recursive: true });
  else await rename(partial, join(releases, id));
  await record(id);
  await point(releases, id);
  return id;
};

const readText = (release: Release, name: string): Promise<string> => readFile(join(release.folder, name), "utf8");

/** The release that was published last. Refuses where there is none. */
export const latestRelease = async (studyFolder: string): Promise<Release> => {
  const releases = releasesOf(studyFolder);
  if (!existsSync(join(releases, "latest"))) throw new Refusal({ code: "release-missing", study: studyFolder });
  const id = (await readFile(join(releases, "latest"), "utf8")).trim();
  const folder = join(releases, id);
  const { date }: Manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  return { id, folder, date };
};

/** One model of a release, dated with the day on which the release was made. */
export const readModel = async <T extends { readonly date: string }>(
  release: Release,
  report: "research" | "management",
): Promise<T> => ({ ...fromRelease<T>(await readText(release, `${report}.json`)), date: release.date });

/** A model as it is frozen: its date belongs to the release, not to the content. */
export const modelPart = (report: "research" | "management", model: { readonly date: string }): ReleasePart => ({
  name: `${report}.json`,
  text: async function* () {
    yield JSON.stringify({ ...model, date: "" });
  },
});

/** Where a leader's line lies in `leaders.jsonl`: leader, byte offset, bytes. */
type Entry = readonly [string, number, number];
type Index = ReadonlyMap<string, { readonly offset: number; readonly bytes: number }>;

/** The leaders' models, one line each, what they share, and the index by which one is found without the others. */
export const leaderParts = (
  shared: LeaderStudy,
  batches: () => AsyncIterable<readonly LeaderFacts[]>,
): readonly ReleasePart[] => {
  const entries: Entry[] = [];
  const lines = async function* () {
    let offset = 0;
    for await (const batch of batches()) {
      const text = batch.map((facts) => {
        const line = `${JSON.stringify(facts)}\n`;
        const bytes = Buffer.byteLength(line);
        entries.push([facts.leader, offset, bytes]);
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
        yield JSON.stringify(shared);
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

const parseIndex = (text: string): Index =>
  new Map((JSON.parse(text) as readonly Entry[]).map(([leader, offset, bytes]) => [leader, { offset, bytes }]));

const indexes = new Map<string, Promise<Index>>();

/** Parsed once per release: a release never changes. */
const indexOf = (release: Release): Promise<Index> => {
  const known = indexes.get(release.folder);
  if (known) return known;
  const index = readText(release, "leaders.index.json").then(parseIndex);
  indexes.set(release.folder, index);
  return index;
};

/** The leaders of a release, in the order of their ids. */
export const leadersOf = async (release: Release): Promise<readonly string[]> => [...(await indexOf(release)).keys()];

/** One leader's model. Refuses an id that is not in the release, with the nearest that is. */
export const readLeaderModel = async (release: Release, leader: string): Promise<LeaderModel> => {
  const index = await indexOf(release);
  const at = index.get(leader);
  if (!at) throw new Refusal({ code: "leader-unknown", leader, ...withNearest(leader, [...index.keys()]) });
  const { offset, bytes } = at;
  const file = await open(join(release.folder, "leaders.jsonl"));
  try {
    const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, offset);
    const study = fromRelease<LeaderStudy>(await readText(release, "leader-study.json"));
    return { study, facts: fromRelease<LeaderFacts>(buffer.toString("utf8")) };
  } finally {
    await file.close();
  }
};
