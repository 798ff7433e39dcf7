import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromRelease } from "../disclosure/published.ts";
import { type Problem, Refusal } from "../errors.ts";
import type { LeaderFacts, LeaderModel, LeaderStudy } from "../reporting/leader/model.ts";
import { withNearestId } from "../study/nearest.ts";
import { hashOfBytes, hashOfFile } from "./file-hash.ts";
import {
  isReleaseId,
  type LeaderEntry,
  type Manifest,
  manifestName,
  orderOf,
  pointerOf,
  readManifest,
  readOrder,
  releasesOf,
  waveOf,
} from "./release-manifest.ts";

/** A frozen release, opened for reading. */
export interface Release {
  readonly id: string;
  readonly folder: string;
  /** The day on which it was made, ISO. */
  readonly date: string;
  readonly versions: Manifest["versions"];
  readonly parts: Manifest["parts"];
  /** The text of a part, read and checked once. */
  readonly text: (name: string) => Promise<string>;
  /** The leaders' index, read once. */
  readonly index: () => Promise<ReadonlyMap<string, LeaderEntry>>;
}

const absent = (fault: NodeJS.ErrnoException): null => {
  if (fault.code === "ENOENT") return null;
  throw fault;
};

const damaged = (file: string): Refusal => new Refusal({ code: "release-damaged", place: { file } });

/** What fails is tried again the next time: files are made whole again, and a system short of handles gets over it. */
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((fault: unknown) => {
      made = null;
      throw fault;
    });
    return made;
  };
};

const checkedText = async (folder: string, parts: Manifest["parts"], name: string): Promise<string> => {
  const path = join(folder, name);
  const bytes = await readFile(path).catch(absent);
  if (bytes === null || hashOfBytes(bytes) !== parts[name]) throw damaged(path);
  return bytes.toString("utf8");
};

/** A release by its id. Refuses one that is not as it was published. */
export const openRelease = async (studyFolder: string, id: string): Promise<Release> => {
  const folder = join(releasesOf(studyFolder), id);
  const path = join(folder, manifestName);
  const text = await readFile(path, "utf8").catch(absent);
  if (text === null) throw damaged(path);
  const manifest = readManifest(text, id);
  if (typeof manifest === "string") throw new Refusal({ code: manifest, place: { file: path } } as Problem);
  const { date, versions, parts } = manifest;
  const texts = new Map(Object.keys(parts).map((name) => [name, once(() => checkedText(folder, parts, name))]));
  const read = (name: string): Promise<string> => {
    const part = texts.get(name);
    if (part === undefined) throw damaged(join(folder, name));
    return part();
  };
  const index = once(async () => {
    const entries = JSON.parse(await read("leaders.index.json")) as readonly LeaderEntry[];
    return new Map(entries.map((entry) => [entry[0], entry]));
  });
  return { id, folder, date, versions, parts, text: read, index };
};

/** Which release is read; null before there is any. Refuses a pointer that is lost or names none. */
const latestId = async (studyFolder: string): Promise<string | null> => {
  const pointer = pointerOf(studyFolder);
  const text = await readFile(pointer, "utf8").catch(absent);
  if (text === null) {
    const found = (await readdir(releasesOf(studyFolder)).catch(absent)) ?? [];
    if (found.some(isReleaseId)) throw damaged(pointer);
    return null;
  }
  if (!isReleaseId(text)) throw damaged(pointer);
  return text;
};

/** The release that was published last. Refuses where there is none, or it is not as it was published. */
export const latestRelease = async (studyFolder: string): Promise<Release> => {
  const id = await latestId(studyFolder);
  if (id === null) throw new Refusal({ code: "release-missing", study: studyFolder });
  return openRelease(studyFolder, id);
};

/** What was published, in this order and as often. Refuses an order that is lost, or is not as it was written. */
export const publishedOrder = async (studyFolder: string): Promise<readonly string[]> => {
  const file = orderOf(studyFolder);
  const text = await readFile(file, "utf8").catch(absent);
  if (text === null && (await latestId(studyFolder)) === null) return [];
  const order = text === null ? null : readOrder(text);
  if (order === null) throw damaged(file);
  return order;
};

/**
 * Of each wave but that of the current release the one that was published last, latest first. What two releases of one
 * wave differ by can be one person's answers, and one may have been withdrawn: none but the last is shown, also where that
 * cannot be read. `failed` hears of it.
 */
export const earlierReleases = async (
  studyFolder: string,
  current: Release,
  failed: (fault: unknown) => void,
): Promise<readonly Release[]> => {
  const orNull = (fault: unknown): null => {
    failed(fault);
    return null;
  };
  const order = (await publishedOrder(studyFolder).catch(orNull)) ?? [];
  const last = new Map(order.map((id, at) => [waveOf(id), { id, at }]));
  last.delete(waveOf(current.id));
  const latestFirst = [...last.values()].toSorted((a, b) => b.at - a.at);
  const opened = await Promise.all(latestFirst.map(({ id }) => openRelease(studyFolder, id).catch(orNull)));
  return opened.filter((release) => release !== null);
};

/** A release of which every byte is as it was published. */
export const wholeRelease = async (studyFolder: string, id: string): Promise<Release> => {
  const release = await openRelease(studyFolder, id);
  for (const [name, hash] of Object.entries(release.parts)) {
    const path = join(release.folder, name);
    if ((await hashOfFile(path)) !== hash) throw damaged(path);
  }
  return release;
};

/** The day on which a release was made, where its manifest still says so. */
export const dateOf = (studyFolder: string, id: string): Promise<string | null> =>
  openRelease(studyFolder, id).then(
    ({ date }) => date,
    () => null,
  );

/** What is wrong with the latest release or the order of all: null where they are whole, or none has been made. */
export const latestFault = async (studyFolder: string): Promise<Problem | null> => {
  try {
    const id = await latestId(studyFolder);
    if (id === null) return null;
    await wholeRelease(studyFolder, id);
    if (!(await publishedOrder(studyFolder)).includes(id)) throw damaged(orderOf(studyFolder));
    return null;
  } catch (fault) {
    if (fault instanceof Refusal && fault.problems[0]) return fault.problems[0];
    throw fault;
  }
};

/** The id of the latest release; null where it cannot be told. */
export const latestKnown = (studyFolder: string): Promise<string | null> =>
  latestId(studyFolder).catch((fault: unknown) => {
    if (fault instanceof Refusal) return null;
    throw fault;
  });

/** One model of a release, with the day on which the release was made and, where it tells of them, the versions. */
export const readModel = async <T extends { readonly date: string }>(
  { date, versions, text }: Release,
  report: "research" | "research-public" | "management",
): Promise<T> => {
  const model = fromRelease<T>(await text(`${report}.json`));
  return { ...model, date, ...("versions" in model ? { versions } : {}) };
};

/** The leaders of a release, in the order of their ids. */
export const leadersOf = async (release: Release): Promise<readonly string[]> => [...(await release.index()).keys()];

const readLine = async (path: string, [, offset, bytes, hash]: LeaderEntry): Promise<string> => {
  const file = await open(path).catch(absent);
  if (file === null) throw damaged(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, offset);
    if (hashOfBytes(buffer.subarray(0, bytesRead)) !== hash) throw damaged(path);
    return buffer.toString("utf8");
  } finally {
    await file.close();
  }
};

/**
 * Reads pages of leaders as a release has them, each release opened once; null for a leader who has none in it, and where
 * it is damaged, gone or of an older form.
 */
export const leaderModelIn = (studyFolder: string): ((id: string, leader: string) => Promise<LeaderModel | null>) => {
  const releases = new Map<string, Promise<Release | null>>();
  const orNull = (fault: unknown): null => {
    if (fault instanceof Refusal) return null;
    throw fault;
  };
  return async (id, leader) => {
    const release = releases.get(id) ?? openRelease(studyFolder, id).catch(orNull);
    releases.set(id, release);
    const found = await release;
    return found && readLeaderModel(found, leader).catch(orNull);
  };
};

/** One leader's model. Refuses an id that is not in the release, with the nearest that is. */
export const readLeaderModel = async (release: Release, leader: string): Promise<LeaderModel> => {
  const index = await release.index();
  const entry = index.get(leader);
  if (!entry) throw new Refusal({ code: "leader-unknown", leader, ...withNearestId(leader, [...index.keys()]) });
  return {
    study: fromRelease<LeaderStudy>(await release.text("leader-study.json")),
    facts: fromRelease<LeaderFacts>(await readLine(join(release.folder, "leaders.jsonl"), entry)),
  };
};
