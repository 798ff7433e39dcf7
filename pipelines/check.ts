import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Problem, Refusal } from "../src/errors.ts";
import { type Departures, departuresOf } from "../src/estimation/trial/allocation.ts";
import { isErasedId, readErasures } from "../src/store/persons/erased.ts";
import { keptKey } from "../src/store/persons/study-key.ts";
import { parseStudyFolder } from "../src/store/study-files.ts";
import { openVault, sparing } from "../src/store/vault/open.ts";
import type { Study } from "../src/study/study.ts";
import { departedIn, recordedAssignment } from "./design/assignment.ts";
import { keep } from "./ingest/ingest.ts";
import { passingKey } from "./ingest/key.ts";
import { copyFiles } from "./ingest/open.ts";
import { prepare } from "./ingest/prepare.ts";
import type { IngestReport } from "./ingest/report.ts";
import type { Progress } from "./stage.ts";

export interface StudyCheck {
  readonly study: Study;
  /** What is wrong with the files that the study names. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** How the roster departs from the record of the draw; null for a study without arms, or one that cannot be read. */
  readonly allocation: Departures | null;
  /** What would become of every row; null where the files cannot be used. */
  readonly report: IngestReport | null;
}

/** What a run would refuse, and what a study that is being set up may still lack: leaders, and answers. */
export const isNotYet = (problem: Problem): boolean => problem.code === "no-answers" || problem.code === "no-leaders";

type Read = Pick<StudyCheck, "allocation"> & { readonly report: IngestReport };

/** Reads all files of a study as a run does, into a vault that nobody keeps. */
const readAll = async (study: Study, progress: Progress): Promise<Read> => {
  const scratch = await mkdtemp(join(tmpdir(), "spejl-check-"));
  try {
    const incoming = join(scratch, "incoming");
    await mkdir(incoming, { mode: 0o700 });
    using vault = await openVault(scratch);
    const copies = await copyFiles(study, incoming, progress);
    const assigned = await recordedAssignment(study);
    const erasures = await readErasures(study.folder);
    const kept = await keptKey(study.folder);
    const isErased = kept === null || erasures.length === 0 ? null : isErasedId(kept, erasures);
    const given = { copies, assigned, key: passingKey(), erasures, isErased };
    return await sparing(vault, async () => {
      const prepared = await prepare(vault, study, given, progress);
      const roster = study.arms.length > 0 ? prepared.ofRoster : null;
      return {
        allocation:
          roster && departuresOf(roster.reading.rows, departedIn(assigned, roster.reading.rows), assigned !== null),
        report: await keep(vault, study, prepared),
      };
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

/** Whether a study's files can be read and used, as a run would find; nothing is written. Throws a Refusal for a wrong study file. */
export const checkStudy = async (folder: string, progress: Progress = () => undefined): Promise<StudyCheck> => {
  const { study, warnings } = await parseStudyFolder(folder);
  try {
    const read = await readAll(study, progress);
    return { study, problems: [], ...read, warnings: [...warnings, ...read.report.warnings] };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return {
      study,
      problems: fault.problems.filter((problem) => !isNotYet(problem)),
      warnings: [...warnings, ...fault.problems.filter(isNotYet)],
      allocation: null,
      report: null,
    };
  }
};
