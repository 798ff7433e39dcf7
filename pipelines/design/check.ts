import { join } from "node:path";
import { type Problem, Refusal } from "../../src/errors.ts";
import { type DeliveredFile, examineFile } from "../../src/store/delivery-files.ts";
import { parseStudyFolder } from "../../src/store/study-files.ts";
import { deliveryFormat } from "../../src/study/delivery-format.ts";
import type { Study } from "../../src/study/study.ts";
import { deliveryColumns, requireColumns } from "../ingest/columns.ts";

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

type HeaderCheck = (file: DeliveredFile) => void;

/** What has to be in the header of each file that the study names. */
const headerChecks = (study: Study): ReadonlyMap<string, readonly HeaderCheck[]> => {
  const checks = new Map<string, HeaderCheck[]>();
  const add = (file: string, check: HeaderCheck): void => void checks.set(file, [...(checks.get(file) ?? []), check]);
  const { roster } = study;
  if (roster !== null)
    add(roster.file, (file) => requireColumns(file, [...Object.values(roster.columns), ...Object.keys(roster.where)]));
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
  for (const [name, checks] of headerChecks(study)) {
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
