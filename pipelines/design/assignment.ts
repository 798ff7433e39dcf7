import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { assignInBlocks } from "../../src/stats/draws/blocked-assignment.ts";
import { blockStream } from "../../src/stats/draws/random-streams.ts";
import { pathOf } from "../../src/store/inside.ts";
import { refuseIrregular } from "../../src/store/regular-file.ts";
import { contentHash } from "../../src/study/plan-hash.ts";
import type { Roster, Study } from "../../src/study/study.ts";
import type { DepartedLeader, RosterRow } from "../../src/tables/roster.ts";
import { type Listed, readRosterList } from "./roster-list.ts";

/** How many leaders, and units drawn, of a block came to an arm. */
export interface AssignmentCount {
  readonly block: string;
  readonly arm: string;
  readonly leaders: number;
  readonly units: number;
}

/** Everything that an assignment can be made from again, and told from another. */
export interface AssignmentRecord {
  readonly format: 1;
  readonly spejl: string;
  readonly study: string;
  /** UTC, ISO 8601. */
  readonly assigned: string;
  readonly algorithm: "blocked-cycle/1 on xoroshiro128+";
  readonly seed: number;
  readonly by: string | null;
  readonly within: readonly string[] | null;
  readonly shares: readonly { readonly arm: string; readonly share: number }[];
  /** The list that was drawn from: SHA-256 of leader, block and unit, in the order of ids. */
  readonly list: { readonly leaders: number; readonly units: number; readonly sha256: string };
  /** Where the assignment was written, from the study's folder: SHA-256 of leader and arm, in the order of ids. */
  readonly assignment: { readonly file: string; readonly sha256: string };
  readonly counts: readonly AssignmentCount[];
  /** SHA-256 of everything else in the record. */
  readonly seal: string;
}

export const recordFile = (folder: string): string => join(folder, "assignment.json");

/** A stream of its own, beyond those from which tests draw. */
const assignmentStream = 1000;

export const listHash = (leaders: readonly Listed[]): string =>
  contentHash(leaders.map(({ leader, block, unit }) => [leader, block, unit]));
export const armsHash = (leaders: readonly Listed[], arms: readonly string[]): string =>
  contentHash(leaders.map(({ leader }, index) => [leader, arms[index]]));

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/** The arm of every leader: a function of ids, blocks, units, shares and seed, not of the order of rows. */
export const drawArms = (
  leaders: readonly Listed[],
  shares: AssignmentRecord["shares"],
  seed: number,
): readonly string[] => {
  const units = sorted(leaders.map(({ unit }) => unit));
  const blocks = sorted(leaders.map(({ block }) => block));
  const blockOf = new Map(leaders.map(({ unit, block }) => [unit, blocks.indexOf(block)]));
  const block = Int32Array.from(units, (unit) => blockOf.get(unit)!);
  const drawn = assignInBlocks(
    block,
    shares.map(({ share }) => share),
    blockStream(seed, assignmentStream),
  );
  const armOf = new Map(units.map((unit, index) => [unit, shares[drawn[index]!]!.arm]));
  return leaders.map(({ unit }) => armOf.get(unit)!);
};

/** The record of a draw, as it was written; refused where a byte of it is not. */
export const readRecord = async (file: string): Promise<AssignmentRecord> => {
  const place = { file };
  await refuseIrregular(file);
  const text = await readFile(place.file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") throw new Refusal({ code: "assignment-missing", place });
    throw new Refusal({ code: "file-unreadable", place, cause: fault.code ?? "" });
  });
  const altered = () =>
    new Refusal({ code: "assignment-differs", place, differences: [{ what: "record", leaders: [] }] });
  try {
    const record = JSON.parse(text) as AssignmentRecord;
    const { seal, ...whole } = record;
    if (contentHash(whole) !== seal) throw altered();
    return record;
  } catch (fault) {
    throw fault instanceof SyntaxError || fault instanceof TypeError ? altered() : fault;
  }
};

/** The list that was drawn from, in the file that the draw left. */
export const readAssigned = (study: Study, roster: Roster, record: AssignmentRecord) => {
  const { file } = record.assignment;
  return isAbsolute(file)
    ? readRosterList(basename(file), dirname(file), roster, record)
    : readRosterList(file, study.folder, roster, record);
};

/** What a record says of each leader of a study: the arm that chance gave, and the unit that it was given to. */
export interface RecordedAssignment {
  readonly record: AssignmentRecord;
  readonly armOf: ReadonlyMap<string, string>;
  readonly unitOf: ReadonlyMap<string, string>;
  readonly armOfUnit: ReadonlyMap<string, string>;
}

/** Leaders who were drawn and whom a roster no longer has. */
export const departedIn = (
  assigned: RecordedAssignment | null,
  roster: readonly Pick<RosterRow, "leader">[],
): readonly DepartedLeader[] => {
  const present = new Set(roster.map(({ leader }) => leader));
  return [...(assigned?.armOf ?? [])].flatMap(([leader, arm]) => (present.has(leader) ? [] : [{ leader, arm }]));
};

/**
 * The recorded draw of a study, made again from its list and seed, so that nothing that was changed since decides who is
 * in which arm. Null without a record. Refused where the record, or the list that it was drawn from, is not as it was.
 */
export const recordedAssignment = async (study: Study): Promise<RecordedAssignment | null> => {
  const { allocation, roster } = study;
  if (allocation === null || roster === null) return null;
  const file =
    allocation.record === null
      ? recordFile(study.folder)
      : await pathOf(allocation.record, study.folder, study.outside);
  if (allocation.record === null && !existsSync(file)) return null;
  const record = await readRecord(file);
  const differs = (what: "by" | "list" | "record") =>
    new Refusal({ code: "assignment-differs", place: { file }, differences: [{ what, leaders: [] }] });
  if (allocation.by !== null && allocation.by !== (record.by ?? "leader")) throw differs("by");
  const { leaders } = await readAssigned(study, roster, record);
  if (listHash(leaders) !== record.list.sha256) throw differs("list");
  const arms = drawArms(leaders, record.shares, record.seed);
  if (armsHash(leaders, arms) !== record.assignment.sha256) throw differs("record");
  const by = <K extends "leader" | "unit">(key: K) => new Map(leaders.map((one, k) => [one[key], arms[k]!]));
  return {
    record,
    armOf: by("leader"),
    unitOf: new Map(leaders.map(({ leader, unit }) => [leader, unit])),
    armOfUnit: by("unit"),
  };
};
