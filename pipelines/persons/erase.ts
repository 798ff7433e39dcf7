import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Problem, Refusal } from "../../src/errors.ts";
import { addErasures, erasedFile, readErasures } from "../../src/store/persons/erased.ts";
import { subjectOfId } from "../../src/store/persons/pseudonym.ts";
import { readStudy } from "../../src/store/study-files.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { exists, read } from "../../src/store/vault/read.ts";
import { tidyText } from "../../src/study/fold.ts";
import type { Study } from "../../src/study/study.ts";
import { roster } from "../../src/tables/roster.ts";
import { stages } from "../../src/tables/staged.ts";
import { asking } from "../import/ask.ts";
import { keyFor } from "../ingest/store-state.ts";
import { runTo, type StageName, stageNames } from "../run.ts";
import { sayOf } from "../terminal/person-words.ts";
import { erasedText, foundText } from "../terminal/persons.ts";
import { problemJson, type Terminal } from "../terminal/terminal.ts";
import { type Located, locate } from "./locate.ts";
import { logged } from "./logged.ts";
import { type Purged, purge, withVault } from "./purge.ts";
import { type Scan, scanStore } from "./scan.ts";

export interface ConfirmOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** What is known of somebody before the erasure. */
export interface Found extends Located {
  readonly alreadyErased: boolean;
  /** Somebody with this id leads others: what they answered of the leader is theirs, and stays. */
  readonly leader: boolean;
  /** Releases were frozen before; they hold aggregates, and a leader's own answers in that leader's report. */
  readonly releases: number;
}

/** What an erasure did. */
export interface Erased extends Purged {
  readonly scan: Scan;
  /** Why the stages could not be run again; nothing that was made with the person is left all the same. */
  readonly problems: readonly Problem[];
}

/** Asks the person at the terminal; refuses where there is none and no `--yes`. */
export const confirm = async (
  question: string,
  command: string,
  yes: boolean,
  terminal: Terminal,
): Promise<boolean> => {
  if (yes) return true;
  if (process.stdin.isTTY !== true || terminal.json) throw new Refusal({ code: "unconfirmed", command });
  return asking(async (ask) => /^(j|ja|y|yes)$/i.test((await ask(question)).trim()));
};

const countReleases = (studyFolder: string): number => {
  const folder = join(studyFolder, ".spejl", "releases");
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).length;
};

const isLeader = async (vault: Vault, id: string): Promise<boolean> => {
  if (!(await exists(vault, roster))) return false;
  const leaders = await read(vault, roster, "pipelines/estimate/leaders.sql");
  return leaders.some(({ leader }) => leader === tidyText(id));
};

const lastStage = async (vault: Vault): Promise<StageName | null> => {
  if (!(await exists(vault, stages))) return null;
  const run = new Set((await read(vault, stages, "pipelines/persons/stages-run.sql")).map(({ stage }) => stage));
  return stageNames.findLast((name) => run.has(name)) ?? null;
};

/** Runs the stages again up to the estimates: to publish at once what differs by one person would tell who it was. */
const runAgain = async (study: Study, last: StageName | null, terminal: Terminal): Promise<readonly Problem[]> => {
  if (last === null) return [];
  try {
    await withVault(study.folder, (vault) => runTo(vault, study, last === "publish" ? "estimate" : last, terminal));
    return [];
  } catch (fault) {
    if (fault instanceof Refusal) return fault.problems;
    throw fault;
  }
};

const perform = async (study: Study, id: string, key: string, terminal: Terminal): Promise<Erased> => {
  const last = await withVault(study.folder, lastStage);
  const at = new Date().toISOString();
  const erasures = await addErasures(study.folder, [{ subject: subjectOfId(key, id), at }]);
  const purged = await purge(study, key, erasures);
  const problems = await runAgain(study, last, terminal);
  const scan = await scanStore(study, id, key);
  const traces = scan.pseudonym.length;
  if (traces > 0) throw new Refusal({ code: "traces-left", place: { file: scan.pseudonym[0]! }, traces });
  return { ...purged, scan, problems };
};

const find = (study: Study, id: string, key: string): Promise<Found> =>
  withVault(study.folder, async (vault) => {
    const subject = subjectOfId(key, id);
    const alreadyErased = (await readErasures(study.folder)).some((one) => one.subject === subject);
    const located = await locate(study, vault, id, key);
    const leader = await isLeader(vault, id);
    return { ...located, alreadyErased, leader, releases: countReleases(study.folder) };
  });

const isNowhere = ({ own, kept, vault, alreadyErased }: Found): boolean =>
  !alreadyErased && kept.length + vault.length === 0 && own.every(({ lines }) => lines === null);

const countsOf = ({ kept, vault, scan }: Erased) => ({
  keptRecords: kept.reduce((sum, { records }) => sum + records, 0),
  rows: vault.reduce((sum, { rows }) => sum + rows, 0),
  scannedFiles: scan.files,
  scannedBytes: scan.bytes,
});

/** `spejl erase`: takes a respondent out of everything that a study keeps, for good. */
export const erase = async (
  id: string,
  folder: string,
  { yes, dryRun }: ConfirmOptions,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  const study = await readStudy(folder);
  const key = await keyFor(folder, await readErasures(folder));
  const found = await find(study, id, key);
  if (isNowhere(found)) throw new Refusal({ code: "person-absent", place: { file: join(folder, ".spejl") } });
  if (!terminal.json) terminal.say(foundText(found, language));
  const command = "spejl erase ID";
  const goes = !dryRun && (await confirm(sayOf("confirmErase", language), command, yes, terminal));
  if (!goes)
    return terminal.json ? terminal.print({ ...found, erased: null }) : terminal.say(sayOf("nothing", language));
  const about = [subjectOfId(key, id)];
  const erased = await logged(folder, { command: "erase", about }, () => perform(study, id, key, terminal), countsOf);
  if (!terminal.json) return terminal.say(erasedText(found, erased, erasedFile(folder), language));
  const problems = erased.problems.map((problem) => problemJson(problem, language));
  terminal.print({ ...found, erased: { ...erased, problems } });
};
