import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Problem, Refusal } from "../src/errors.ts";
import { type DeliveredFile, examineFile } from "../src/store/delivery-files.ts";
import { parseStudyFolder } from "../src/store/study-files.ts";
import { deliveryFormat } from "../src/study/delivery-format.ts";
import type { Roster, Study } from "../src/study/study.ts";
import { recordedAssignment } from "./design/assignment.ts";
import { deliveryColumns } from "./ingest/columns.ts";
import { readRoster } from "./ingest/roster.ts";

export interface StudyCheck {
  readonly study: Study;
  /** What is wrong with the files that the study names. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

const caught = async (check: () => void | Promise<void>): Promise<readonly Problem[]> => {
  try {
    await check();
    return [];
  } catch (fault) {
    if (fault instanceof Refusal) return fault.problems;
    throw fault;
  }
};

type FileCheck = (file: DeliveredFile) => void | Promise<void>;

const isEmptyList = (problem: Problem): boolean => problem.code === "no-row-accepted" && problem.rejected === 0;

/** Reads the whole roster as a run does: only there can an arm be missing, or a leader stand twice. No leader yet is no fault. */
const rosterCheck =
  (study: Study, roster: Roster): FileCheck =>
  async (file) => {
    const scratch = await mkdtemp(join(tmpdir(), "spejl-check-"));
    try {
      const found = await caught(
        async () =>
          void (await readRoster(study, roster, file, join(scratch, "rows"), await recordedAssignment(study))),
      );
      const problems = found.filter((problem) => !isEmptyList(problem));
      if (problems.length > 0) throw new Refusal(...problems);
    } finally {
      await rm(scratch, { recursive: true });
    }
  };

/** What each file that the study names has to hold. */
const fileChecks = (study: Study): ReadonlyMap<string, readonly FileCheck[]> => {
  const checks = new Map<string, FileCheck[]>();
  const add = (file: string, check: FileCheck): void => void checks.set(file, [...(checks.get(file) ?? []), check]);
  const { roster } = study;
  if (roster !== null) add(roster.file, rosterCheck(study, roster));
  for (const delivery of study.deliveries) add(delivery.file, (file) => void deliveryColumns(study, delivery, file));
  return checks;
};

const distinctProblems = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

/** Whether a study's files are there, are text, and hold the columns that the study maps. Throws a Refusal for a wrong study file. */
export const checkStudy = async (folder: string): Promise<StudyCheck> => {
  const { study, warnings } = await parseStudyFolder(folder);
  const problems: Problem[] = [];
  for (const [name, checks] of fileChecks(study)) {
    const found = await caught(async () => {
      deliveryFormat(name, { file: name });
      const file = await examineFile(name, join(folder, name));
      const faults = await Promise.all(checks.map((check) => caught(() => check(file))));
      if (faults.flat().length > 0) throw new Refusal(...faults.flat());
    });
    problems.push(...found);
  }
  return { study, problems: distinctProblems(problems), warnings };
};
