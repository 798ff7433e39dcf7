import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Place, Problem } from "../src/errors.ts";
import { releasesOf } from "../src/store/release-manifest.ts";
import { type RunStatus, writeRunStatus } from "../src/store/run-status.ts";
import { problemsOf } from "../src/store/system-fault.ts";
import type { RunReport } from "./run.ts";

const mostShown = 200;

/** A place as it is called within the study's folder. */
const placed = (folder: string, { file, line, column }: Place): Place => {
  const own = relative(resolve(folder), resolve(file));
  return {
    file: file.startsWith(folder) && !own.startsWith("..") ? own : file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
};

const doneStatus = ({ ingest, publish }: RunReport) => ({
  refused: [],
  release: publish?.release ?? null,
  deliveries: ingest.deliveries.map(({ file, wave, rater, rows, accepted, rejected, skipped }) => ({
    ...{ file, wave, rater, rows, accepted, rejected, skipped },
  })),
  quarantined: ingest.quarantine.length,
  quarantine: ingest.quarantine.slice(0, mostShown).map((row) => ({ ...placed("", row), code: row.code })),
});

const refusedStatus = (folder: string, problems: readonly Problem[]) => ({
  refused: problems.slice(0, mostShown).map((problem) => ({
    code: problem.code,
    ...("place" in problem && problem.place ? placed(folder, problem.place) : {}),
  })),
  release: null,
  deliveries: [],
  quarantined: 0,
  quarantine: [],
});

/**
 * Runs stages and notes how that ended where a server can read it, unless it was not theirs to run: another run held the
 * study, or another user owns it. What was done is done and what was refused stays refused where that cannot be noted.
 */
export const withRunStatus = async (
  folder: string,
  command: string,
  run: () => Promise<RunReport>,
): Promise<RunReport> => {
  const note = async (ended: Omit<RunStatus, "at" | "command">): Promise<void> => {
    if (!existsSync(join(folder, ".spejl"))) return;
    await mkdir(releasesOf(folder), { recursive: true, mode: 0o700 });
    await writeRunStatus(folder, { at: new Date().toISOString(), command, ...ended });
  };
  try {
    const report = await run();
    await note(doneStatus(report)).catch(() => undefined);
    return report;
  } catch (fault) {
    const problems = problemsOf(fault);
    if (problems?.every(({ code }) => code !== "study-held" && code !== "store-of-another"))
      await note(refusedStatus(folder, problems)).catch(() => undefined);
    throw fault;
  }
};
