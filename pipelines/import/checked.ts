import { Refusal } from "../../src/errors.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { checkStudy, type StudyCheck } from "../check.ts";
import { quarantineLines, warningLines } from "../terminal/ingest.ts";
import { refuse, type Terminal } from "../terminal/terminal.ts";
import { say } from "../terminal/words.ts";

export type Checked = Pick<StudyCheck, "problems" | "warnings" | "report">;

/** The check of a study as a value, also where the study's own files are refused. */
export const checked = async (folder: string): Promise<Checked> => {
  try {
    return await checkStudy(folder);
  } catch (fault) {
    if (fault instanceof Refusal) return { problems: fault.problems, warnings: [], report: null };
    throw fault;
  }
};

/** Says what `spejl check` would say of a study that has just been written. */
export const sayChecked = async (
  folder: string,
  { problems, warnings, report }: Checked,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  const parts = [warningLines(warnings, language), report ? quarantineLines(report, 10, language) : ""];
  for (const part of parts) if (part !== "") terminal.say(part);
  if (problems.length === 0) {
    const { deliveries, id } = await readStudy(folder);
    terminal.say(`${id}: ${say("studyFileAnd", language)} ${deliveries.length} ${say("deliveriesFit", language)}`);
    return;
  }
  terminal.say(say("doesNotFit", language));
  refuse(new Refusal(...problems), false, language);
};
