import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { type AssignmentDifference, Refusal } from "../../src/errors.ts";
import { packageVersion } from "../../src/store/assets.ts";
import { writeNewFile } from "../../src/store/new-file.ts";
import { contentHash } from "../../src/study/plan-hash.ts";
import type { Roster, Study } from "../../src/study/study.ts";
import {
  type AssignmentCount,
  type AssignmentRecord,
  armsHash,
  drawArms,
  listHash,
  readAssigned,
  readRecord,
  recordFile,
} from "./assignment.ts";
import { assignmentText, type Drawing, type Listed, readStudyRoster } from "./roster-list.ts";

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

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

/** Writes the list of a draw that was stopped after its record: the same again. Refuses where the list is there, or would be another. */
const finished = async (study: Study, roster: Roster, recorded: string): Promise<AssignmentRecord> => {
  const record = await readRecord(recorded);
  const out = resolve(study.folder, record.assignment.file);
  if (existsSync(out)) throw new Refusal({ code: "assignment-exists", place: { file: recorded } });
  const list = await readStudyRoster(study, roster, record);
  const arms = drawArms(list.leaders, record.shares, record.seed);
  const same =
    listHash(list.leaders) === record.list.sha256 && armsHash(list.leaders, arms) === record.assignment.sha256;
  const differences = [{ what: "list", leaders: [] }] as const;
  if (!same) throw new Refusal({ code: "assignment-differs", place: { file: recorded }, differences });
  await writeNewFile(out, assignmentText(list, arms));
  return record;
};

/** Draws an arm for every leader of the roster, writes the list with it and the record of the draw. Never over another. */
export const randomise = async (
  study: Study,
  options: Drawing & { readonly seed: number; readonly out: string },
): Promise<AssignmentRecord> => {
  const { by, within, seed, out } = options;
  const roster = rosterOf(study);
  const recorded = recordFile(study.folder);
  if (existsSync(recorded)) return finished(study, roster, recorded);
  const list = await readStudyRoster(study, roster, options);
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
  const record = await readRecord(recordFile(study.folder));
  const { leaders } = await readAssigned(study, roster, record);
  const arms = drawArms(leaders, record.shares, record.seed);
  const same = listHash(leaders) === record.list.sha256;
  const wrong = same ? leaders.filter(({ arm }, index) => arm !== arms[index]).map(({ leader }) => leader) : [];
  const now = await readStudyRoster(study, roster, record);
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
