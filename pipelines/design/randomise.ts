import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { type AssignmentDifference, Refusal } from "../../src/errors.ts";
import { assignInBlocks } from "../../src/stats/draws/blocked-assignment.ts";
import { blockStream } from "../../src/stats/draws/random-streams.ts";
import { packageVersion } from "../../src/store/assets.ts";
import { writeNewFile } from "../../src/store/new-file.ts";
import { contentHash } from "../../src/study/plan-hash.ts";
import type { Roster, Study } from "../../src/study/study.ts";
import { assignmentText, type Drawing, type Listed, readRosterList } from "./roster-list.ts";

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

const listHash = (leaders: readonly Listed[]): string =>
  contentHash(leaders.map(({ leader, block, unit }) => [leader, block, unit]));
const armsHash = (leaders: readonly Listed[], arms: readonly string[]): string =>
  contentHash(leaders.map(({ leader }, index) => [leader, arms[index]]));

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/** The arm of every leader: a function of ids, blocks, units, shares and seed, not of the order of rows. */
const drawArms = (leaders: readonly Listed[], shares: AssignmentRecord["shares"], seed: number): readonly string[] => {
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

const countsOf = (
  leaders: readonly Listed[],
  arms: readonly string[],
  shares: AssignmentRecord["shares"],
): readonly AssignmentCount[] =>
  sorted(leaders.map(({ block }) => block)).flatMap((block) =>
    shares.map(({ arm }) => {
      const those = leaders.filter((one, index) => one.block === block && arms[index] === arm);
      return { block, arm, leaders: those.length, units: new Set(those.map(({ unit }) => unit)).size };
    }),
  );

const rosterOf = (study: Study): Roster => {
  if (study.arms.length === 0 || study.roster === null) throw new Refusal({ code: "arms-absent", study: study.id });
  return study.roster;
};

const sharesOf = (study: Study): AssignmentRecord["shares"] => study.arms.map(({ id, share }) => ({ arm: id, share }));

/** Draws an arm for every leader of the roster, writes the list with it and the record of the draw. Never over another. */
export const randomise = async (
  study: Study,
  options: Drawing & { readonly seed: number; readonly out: string },
): Promise<AssignmentRecord> => {
  const { by, within, seed, out } = options;
  const roster = rosterOf(study);
  const recorded = recordFile(study.folder);
  if (existsSync(recorded)) throw new Refusal({ code: "assignment-exists", place: { file: recorded } });
  const list = await readRosterList(roster.file, study.folder, roster, options);
  const { leaders, armColumn } = list;
  if (leaders.some(({ arm }) => arm !== ""))
    throw new Refusal({ code: "arms-assigned", place: { file: roster.file, column: armColumn } });
  const shares = sharesOf(study);
  const arms = drawArms(leaders, shares, seed);
  const whole = {
    format: 1,
    spejl: packageVersion(),
    study: study.id,
    assigned: new Date().toISOString(),
    algorithm: "blocked-cycle/1 on xoroshiro128+",
    seed,
    by,
    within,
    shares,
    list: { leaders: leaders.length, units: new Set(leaders.map(({ unit }) => unit)).size, sha256: listHash(leaders) },
    assignment: { file: relative(resolve(study.folder), resolve(out)), sha256: armsHash(leaders, arms) },
    counts: countsOf(leaders, arms, shares),
  } as const;
  const record = { ...whole, seal: contentHash(whole) };
  await writeNewFile(recorded, `${JSON.stringify(record, null, 2)}\n`);
  try {
    await writeNewFile(out, assignmentText(list, arms));
  } catch (fault) {
    await rm(recorded, { force: true });
    throw fault;
  }
  return record;
};

const readRecord = async (folder: string): Promise<AssignmentRecord> => {
  const place = { file: recordFile(folder) };
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

type Difference = AssignmentDifference;

const rosterDifferences = (assigned: readonly Listed[], now: readonly Listed[]): readonly Difference[] => {
  const before = new Map(assigned.map((one) => [one.leader, one]));
  const after = new Map(now.map((one) => [one.leader, one]));
  const both = now.filter(({ leader }) => before.has(leader));
  const is = (what: Difference["what"], those: readonly Listed[]): Difference => ({
    what,
    leaders: those.map(({ leader }) => leader),
  });
  return [
    is(
      "left",
      assigned.filter(({ leader }) => !after.has(leader)),
    ),
    is(
      "joined",
      now.filter(({ leader }) => !before.has(leader)),
    ),
    is(
      "moved",
      both.filter((one) => one.block !== before.get(one.leader)!.block || one.unit !== before.get(one.leader)!.unit),
    ),
    is(
      "roster-arm",
      both.filter((one) => one.arm !== "" && one.arm !== before.get(one.leader)!.arm),
    ),
  ].filter(({ leaders }) => leaders.length > 0);
};

/** Draws a recorded assignment again and compares it with what was written and with the roster. Refuses where they differ. */
export const verifyAssignment = async (study: Study): Promise<AssignmentRecord> => {
  const roster = rosterOf(study);
  const record = await readRecord(study.folder);
  const { file } = record.assignment;
  const name = isAbsolute(file) ? relative(dirname(file), file) : file;
  const assigned = await readRosterList(name, isAbsolute(file) ? dirname(file) : study.folder, roster, record);
  const { leaders } = assigned;
  const arms = drawArms(leaders, record.shares, record.seed);
  const same = listHash(leaders) === record.list.sha256;
  const wrong = same ? leaders.filter(({ arm }, index) => arm !== arms[index]).map(({ leader }) => leader) : [];
  const now = await readRosterList(roster.file, study.folder, roster, record);
  const differences: readonly Difference[] = [
    ...(contentHash(record.shares) === contentHash(sharesOf(study)) ? [] : [{ what: "shares", leaders: [] } as const]),
    ...(same ? [] : [{ what: "list", leaders: [] } as const]),
    ...(wrong.length > 0 ? [{ what: "arm", leaders: wrong } as const] : []),
    ...(same && armsHash(leaders, arms) !== record.assignment.sha256 ? [{ what: "record", leaders: [] } as const] : []),
    ...rosterDifferences(leaders, now.leaders),
  ];
  const place = { file: recordFile(study.folder) };
  if (differences.length > 0) throw new Refusal({ code: "assignment-differs", place, differences });
  return record;
};
