import { join } from "node:path";
import type { Problem } from "../errors.ts";
import type { Versions } from "../reporting/research/methods/model.ts";
import { contentHash } from "../study/plan-hash.ts";

/** The form of the models that are frozen: another where a key of theirs is added, renamed or removed (a test says when). */
export const releaseForm = 5;

/** What a release is: which day and by what it was made, for which wave, and the content hash of every part. */
export interface Manifest {
  readonly id: string;
  readonly form: number;
  readonly date: string;
  readonly versions: Versions;
  readonly wave: string;
  readonly parts: Readonly<Record<string, string>>;
  /** SHA-256 of everything else in the manifest. */
  readonly seal: string;
}

/** Where a leader's line lies in `leaders.jsonl`, and its hash: a line is checked without the others. */
export type LeaderEntry = readonly [leader: string, offset: number, bytes: number, sha256: string];

export const releasesOf = (studyFolder: string): string => join(studyFolder, ".spejl", "releases");
export const pointerOf = (studyFolder: string): string => join(releasesOf(studyFolder), "latest");
/** In which order releases were published: what a store knows of it, the server may read only here. */
export const orderOf = (studyFolder: string): string => join(releasesOf(studyFolder), "order.json");
export const manifestName = "manifest.json";

/** The id is the content's: the same parts are the same release, whenever they are published. */
const idOf = ({ form, wave, parts }: Pick<Manifest, "form" | "wave" | "parts">): string =>
  `${wave}-${contentHash([form, wave, parts]).slice(0, 12)}`;

/** The wave that a release is of. */
export const waveOf = (id: string): string => id.slice(0, -"-".length - 12);

export const isReleaseId = (text: string): boolean => /^[A-Za-z0-9_.-]+-[0-9a-f]{12}$/.test(text);

/** The manifest of these parts. */
export const manifestOf = (made: Pick<Manifest, "date" | "versions" | "wave" | "parts">): Manifest => {
  const content = { form: releaseForm, ...made };
  const whole = { id: idOf(content), ...content };
  return { ...whole, seal: contentHash(whole) };
};

const objectIn = <T>(text: string): Partial<T> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
};

interface Order {
  /** Ids, each as often as it was published. */
  readonly published: readonly string[];
  /** SHA-256 of them. */
  readonly seal: string;
}

export const orderText = (published: readonly string[]): string =>
  JSON.stringify({ published, seal: contentHash(published) } satisfies Order);

/** The order of publication as it was written; null where it is not. */
export const readOrder = (text: string): readonly string[] | null => {
  const { published = [], seal } = objectIn<Order>(text) ?? {};
  return contentHash(published) === seal ? published : null;
};

/** The manifest of a release as it was written; else what is wrong with it. */
export const readManifest = (text: string, id: string): Manifest | Extract<Problem["code"], `release-${string}`> => {
  const found = objectIn<Manifest>(text);
  if (found === null) return "release-damaged";
  // Before there were forms, there were no seals.
  if (found.form === undefined && found.seal === undefined && found.id === id) return "release-outdated";
  const { seal, ...whole } = found as Manifest;
  if (contentHash(whole) !== seal || whole.id !== id || idOf(whole) !== id) return "release-damaged";
  return whole.form === releaseForm ? (found as Manifest) : "release-outdated";
};
