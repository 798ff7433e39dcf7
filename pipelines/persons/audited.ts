import { type Problem, Refusal } from "../../src/errors.ts";
import { type Access, accessFile, readAccess } from "../../src/server/state/access-log.ts";
import { stateFolder } from "../../src/server/state/secret.ts";
import { holdsHead, type LogEntry, type LogHead, type LogReading } from "../../src/store/log/chain.ts";
import { headFile, logFile, readHead, readLog } from "../../src/store/log/log.ts";
import { erasedFile, readErasures } from "../../src/store/persons/erased.ts";
import { subjectOfId } from "../../src/store/persons/pseudonym.ts";
import { keptKey } from "../../src/store/persons/study-key.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import type { Study } from "../../src/study/study.ts";
import { type Located, locate } from "./locate.ts";

/** A head that was kept apart from the log, and where. */
interface Anchor extends LogHead {
  readonly place: string;
}

/** What a log proves. */
export interface Audit {
  readonly head: LogHead;
  readonly torn: number;
  /** Whether a head stood beside the log. */
  readonly anchored: boolean;
  /** Entries with which a command began that has not ended. */
  readonly unfinished: readonly LogEntry[];
  readonly erased: number;
}

const anchorProblems = (reading: LogReading, anchors: readonly Anchor[]): readonly Problem[] =>
  anchors
    .filter((anchor) => holdsHead(reading, anchor) !== true)
    .map(({ place, entries }) => ({
      code: "log-differs" as const,
      place: { file: place },
      entry: entries,
      entries: reading.head.entries,
    }));

/** Persons whom the log says were erased, and whom the list of erased persons lacks. */
const missingErasures = async (folder: string, { entries }: LogReading): Promise<readonly Problem[]> => {
  const known = new Set((await readErasures(folder)).map(({ subject }) => subject));
  const logged = entries.filter(({ command, result }) => command === "erase" && result === "done");
  const missing = new Set(logged.flatMap(({ about }) => about).filter((subject) => !known.has(subject)));
  return missing.size === 0
    ? []
    : [{ code: "erasures-missing", place: { file: erasedFile(folder) }, persons: missing.size }];
};

const logProblems = async (folder: string, reading: LogReading, anchors: readonly Anchor[]) => {
  const file = logFile(folder);
  const { broken } = reading;
  return [
    ...(broken.length > 0 ? [{ code: "log-broken" as const, place: { file, line: broken[0]! }, lines: broken }] : []),
    ...anchorProblems(reading, anchors),
    ...(await missingErasures(folder, reading)),
  ];
};

const unfinishedOf = ({ entries }: LogReading): readonly LogEntry[] => {
  const ended = new Set(entries.flatMap(({ of }) => of ?? []));
  return entries.filter(({ n, result }) => result === "begun" && !ended.has(n));
};

/** Follows the chain of a study's log, and compares it with what was kept apart from it. Refuses a log that does not hold. */
export const auditLog = async (
  folder: string,
  given: LogHead | undefined,
): Promise<{ readonly audit: Audit; readonly reading: LogReading }> => {
  const reading = await readLog(folder);
  const head = await readHead(folder);
  const anchors: readonly Anchor[] = [
    ...(head === null ? [] : [{ ...head, place: headFile(folder) }]),
    ...(given === undefined ? [] : [{ ...given, place: "--anchor" }]),
  ];
  if (reading === null) throw new Refusal({ code: "log-missing", place: { file: logFile(folder) } });
  const problems = await logProblems(folder, reading, anchors);
  if (problems.length > 0) throw new Refusal(...problems);
  const erased = (await readErasures(folder)).length;
  const unfinished = unfinishedOf(reading);
  return { reading, audit: { head: reading.head, torn: reading.torn, anchored: head !== null, unfinished, erased } };
};

/** The server's log of who read what; null where no server has run. Refuses one that is not as it was written. */
export const wholeAccess = async (state: string): Promise<LogReading<Access> | null> => {
  const reading = await readAccess(state);
  const [line] = reading?.broken ?? [];
  if (reading === null || line === undefined) return reading;
  throw new Refusal({ code: "log-broken", place: { file: accessFile(state), line }, lines: reading.broken });
};

/** What the server's log proves; null where no server has run. Refuses one that does not hold. */
export const auditAccess = async (folder: string, anchor: LogHead | undefined): Promise<LogHead | null> => {
  const state = stateFolder(folder);
  const reading = await wholeAccess(state);
  const place = { file: accessFile(state) };
  if (reading === null && anchor !== undefined) throw new Refusal({ code: "log-missing", place });
  if (reading === null) return null;
  const { head, from } = reading;
  if (anchor !== undefined && anchor.entries < from.entries)
    throw new Refusal({ code: "entry-pruned", place, entry: anchor.entries, pruned: from.entries });
  if (anchor !== undefined && holdsHead(reading, anchor) !== true)
    throw new Refusal({ code: "log-differs", place, entry: anchor.entries, entries: head.entries });
  return head;
};

/** What a study holds about one person, and what was done with it. */
export interface AboutPerson extends Located {
  readonly erased: boolean;
  readonly entries: readonly LogEntry[];
}

/** Everything that a study knows about one person. */
export const aboutPerson = async (study: Study, id: string, { entries }: LogReading): Promise<AboutPerson> => {
  const { folder } = study;
  const key = await keptKey(folder);
  const located = await onVault(folder, (vault) => locate(study, vault, id, key));
  const subject = key && subjectOfId(key, id);
  const erased = (await readErasures(folder)).some((one) => one.subject === subject);
  return { ...located, erased, entries: entries.filter(({ about }) => subject !== null && about.includes(subject)) };
};
