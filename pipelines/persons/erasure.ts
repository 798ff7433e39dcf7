import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Problem, Refusal } from "../../src/errors.ts";
import { addErasures, readErasures } from "../../src/store/persons/erased.ts";
import { subjectOfId } from "../../src/store/persons/pseudonym.ts";
import { drop } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { exists, read } from "../../src/store/vault/read.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import { tidyText } from "../../src/study/fold.ts";
import type { Study } from "../../src/study/study.ts";
import { roster } from "../../src/tables/roster.ts";
import { formerStages } from "../../src/tables/staged.ts";
import { runTo, type StageName, stageNames } from "../run.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { eraseTextsOf, textsOf } from "./leader-texts.ts";
import { type Located, locate } from "./locate.ts";
import { type Purged, purge, stagesMade } from "./purge.ts";
import { type Scan, scanStore } from "./scan.ts";

/** What is known of somebody before the erasure. */
export interface Found extends Located {
  readonly alreadyErased: boolean;
  /** Somebody with this id leads others: what they answered of the leader is theirs, and stays. */
  readonly leader: boolean;
  /** Persons who have written texts at the server as the leader with this id. */
  readonly texts: number;
  /** Releases were frozen before; they hold aggregates, and a leader's own answers in that leader's report. */
  readonly releases: number;
}

/** What an erasure did. */
export interface Erased extends Purged {
  /** Persons whose texts at the server were erased, with their keys. */
  readonly texts: number;
  readonly scan: Scan;
  /** Why the stages could not be run again; nothing that was made with the person is left all the same. */
  readonly problems: readonly Problem[];
}

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
  const made = new Set(await stagesMade(vault));
  return stageNames.findLast((name) => made.has(name)) ?? null;
};

/** Runs the stages again up to the estimates: to publish at once what differs by one person would tell who it was. */
const runAgain = async (study: Study, last: StageName | null, terminal: Terminal): Promise<readonly Problem[]> => {
  if (last === null) return [];
  try {
    await onVault(study.folder, async (vault) => {
      await runTo(vault, { study, warnings: [] }, last === "publish" ? "estimate" : last, terminal);
      await drop(vault, formerStages);
    });
    return [];
  } catch (fault) {
    if (fault instanceof Refusal) return fault.problems;
    throw fault;
  }
};

/** Erases somebody, makes the numbers again, and proves that nothing is left. */
export const eraseForGood = async (study: Study, id: string, key: string, terminal: Terminal): Promise<Erased> => {
  const at = new Date().toISOString();
  // While the vault is held: of two that add to the list at once, one would be lost.
  const { last, erasures } = await onVault(study.folder, async (vault) => ({
    last: await lastStage(vault),
    erasures: await addErasures(study.folder, [{ subject: subjectOfId(key, id), at }]),
  }));
  const texts = await eraseTextsOf(study.folder, id);
  const purged = await purge(study, key, erasures);
  const problems = await runAgain(study, last, terminal);
  const scan = await scanStore(study, id, key);
  const [first, ...others] = new Set([...scan.pseudonym, ...scan.records]);
  if (first !== undefined)
    throw new Refusal({ code: "traces-left", place: { file: first }, traces: 1 + others.length });
  return { texts, ...purged, scan, problems };
};

/** Where a study holds somebody, and what an erasure would leave. */
export const findPerson = (study: Study, id: string, key: string): Promise<Found> =>
  onVault(study.folder, async (vault) => {
    const subject = subjectOfId(key, id);
    const alreadyErased = (await readErasures(study.folder)).some((one) => one.subject === subject);
    const located = await locate(study, vault, id, key);
    const leader = await isLeader(vault, id);
    const texts = await textsOf(study.folder, id);
    return { ...located, alreadyErased, leader, texts, releases: countReleases(study.folder) };
  });

/** Whether a study knows nothing of somebody. */
export const isNowhere = ({ own, kept, vault, alreadyErased, texts }: Found): boolean =>
  !alreadyErased && texts === 0 && kept.length + vault.length === 0 && own.every(({ lines }) => lines === null);
