import { existsSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../../src/errors.ts";
import type { LogEntry } from "../../src/store/log/chain.ts";
import { appendLog } from "../../src/store/log/log.ts";
import { subjectOfId } from "../../src/store/persons/pseudonym.ts";
import { keptKey } from "../../src/store/persons/study-key.ts";

type Objects = LogEntry["objects"];

/** What a command is about to do with which data of which persons. */
export interface LoggedAct {
  readonly command: string;
  readonly about?: readonly string[];
  readonly objects?: Objects;
}

const resultOf = (fault: unknown): string =>
  fault instanceof Refusal ? [...new Set(fault.problems.map(({ code }) => code))].join(" ") : "failed";

/**
 * Runs work between two entries of the study's log: nothing is read before the first is on disk, and the second says
 * what came of it. A study without a store holds nothing to protect, and gets no log by what only looks at it.
 */
export const logged = async <T>(
  studyFolder: string,
  { command, about = [], objects = {} }: LoggedAct,
  work: () => Promise<T>,
  outcome: (result: T) => Objects = () => ({}),
): Promise<T> => {
  if (!existsSync(join(studyFolder, ".spejl"))) return work();
  const of = await appendLog(studyFolder, { command, result: "begun", about, objects });
  const end = (result: string, objects: Objects) => appendLog(studyFolder, { command, result, of, about, objects });
  try {
    const result = await work();
    await end("done", outcome(result));
    return result;
  } catch (fault) {
    await end(resultOf(fault), {});
    throw fault;
  }
};

/** How the log knows somebody; nobody where the study has no key to say it with. */
export const subjectsOf = async (studyFolder: string, id: string): Promise<readonly string[]> => {
  const key = await keptKey(studyFolder);
  return key === null ? [] : [subjectOfId(key, id)];
};
