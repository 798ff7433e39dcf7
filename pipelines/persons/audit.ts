import type { LogHead } from "../../src/store/log/chain.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { aboutText, accessText, auditText } from "../terminal/audit.ts";
import { overdueText } from "../terminal/persons.ts";
import { problemJson, type Terminal } from "../terminal/terminal.ts";
import { today } from "../today.ts";
import { aboutPerson, auditAccess, auditLog } from "./audited.ts";
import { overdue } from "./retention.ts";

export interface AuditOptions {
  readonly about?: string;
  readonly anchor?: LogHead;
  readonly accessAnchor?: LogHead;
}

/** `spejl audit`: whether the log is as it was written, and what it says of one person. */
export const audit = async (
  folder: string,
  { about, anchor, accessAnchor }: AuditOptions,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  const study = await readStudy(folder);
  const { audit, reading } = await auditLog(folder, anchor);
  const access = await auditAccess(folder, accessAnchor);
  const person = about === undefined ? null : await aboutPerson(study, about, reading);
  const late = await overdue(study, today());
  const retention = late.map((problem) => problemJson(problem, language));
  if (terminal.json)
    return terminal.print({
      ...audit,
      ...(access === null ? {} : { access }),
      retention,
      ...(person === null ? {} : { about: person }),
    });
  terminal.say(auditText(audit, language));
  if (access !== null) terminal.say(accessText(access, language));
  if (late.length > 0) terminal.say(overdueText(late, language));
  if (person !== null) terminal.say(`\n${aboutText(person, language)}`);
};
