import { Refusal } from "../errors.ts";
import { pointerOf } from "../store/release-manifest.ts";
import { earlierReleases, latestRelease, type Release } from "../store/releases.ts";
import { versionOf } from "./state/files.ts";

const unlessMissing = (fault: unknown): null => {
  if (fault instanceof Refusal && fault.problems.every(({ code }) => code === "release-missing")) return null;
  throw fault;
};

/**
 * The release that is read now; null before there is one. Where another is published, those who come after read that
 * one, and who has begun goes on with the one that they began with.
 */
export const followRelease = (studyFolder: string, published: (id: string) => Promise<void>) => {
  let seen: string | null = null;
  let current: Release | null = null;
  let opening: Promise<Release | null> | null = null;
  const open = async (version: string | null): Promise<Release | null> => {
    const found = await latestRelease(studyFolder).catch(unlessMissing);
    if (found !== null && found.id !== current?.id) await published(found.id);
    // Also where it is the same one: it may have been made whole again.
    current = found;
    seen = version;
    return current;
  };
  return async (): Promise<Release | null> => {
    const version = await versionOf(pointerOf(studyFolder));
    if (version === seen) return current;
    opening ??= open(version).finally(() => {
      opening = null;
    });
    return opening;
  };
};

/**
 * The earlier releases beside a current one, opened once for each that becomes the current one. What the system could not
 * read is tried again the next time; what is damaged stays so until something is published.
 */
export const followEarlier = (studyFolder: string, failed: (fault: unknown) => void) => {
  let known: { readonly current: Release; readonly earlier: Promise<readonly Release[]> } | null = null;
  return (current: Release): Promise<readonly Release[]> => {
    if (known?.current === current) return known.earlier;
    const told = (fault: unknown): void => {
      if (!(fault instanceof Refusal)) known = null;
      failed(fault);
    };
    known = { current, earlier: earlierReleases(studyFolder, current, told) };
    return known.earlier;
  };
};

export type CurrentRelease = ReturnType<typeof followRelease>;
