import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Access, openAccessLog, readAccess } from "../../../src/server/state/access-log.ts";
import { stateFolder } from "../../../src/server/state/secret.ts";
import { asReader, inviteCrowd, type Reader } from "../../crowd/crowd.ts";
import type { Answered, Asked } from "../../crowd/requests.ts";
import type { Bench, Tried } from "../kinds.ts";
import { leaders } from "../made-study.ts";

/** A published study with a crowd that may read it. */
export interface Opened {
  readonly study: string;
  readonly state: string;
  readonly readers: readonly Reader[];
  /** The next reader's own report. */
  readonly report: (count: number) => Asked;
}

/** Trials of a server; where the system does not tell of a process's children, none. */
export const onServer = async (
  { templates, place }: Bench,
  size: number,
  trial: (opened: Opened) => Promise<Tried>,
  home = place,
): Promise<Tried> => {
  if (process.platform !== "linux") return { skipped: "needs Linux" };
  const study = await mkdtemp(join(home, "served-"));
  try {
    await cp(templates.published.folder, study, { recursive: true });
    const readers = await inviteCrowd(study, leaders, size);
    const report = (count: number): Asked => ({ path: "/report", headers: asReader(readers[count % size]!) });
    return await trial({ study, state: stateFolder(study), readers, report });
  } finally {
    await rm(study, { recursive: true, force: true });
  }
};

/** Entries of reports that were read, and lines that are not as they were written; a line that a kill has cut is mended first. */
export const readings = async (
  state: string,
): Promise<{ readonly read: readonly Access[]; readonly broken: number }> => {
  await (await openAccessLog(state, Date.now)).close();
  const { entries, broken } = (await readAccess(state))!;
  return {
    read: entries.filter(({ action, object, result }) => action === "read" && object === "/report" && result === "200"),
    broken: broken.length,
  };
};

export const isPage = ({ status, body }: Answered): boolean => status === 200 && body.trimEnd().endsWith("</html>");

/** Answers that neither are a whole page nor ask to wait. */
export const cut = (got: readonly Answered[]): number => got.filter((one) => !isPage(one) && one.status !== 429).length;

export const latestOf = async (study: string): Promise<string> =>
  (await readFile(join(study, ".spejl", "releases", "latest"), "utf8")).trim();

export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};
