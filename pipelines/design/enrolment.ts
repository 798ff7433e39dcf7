import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Study } from "../../src/study/study.ts";
import { recordedAssignment } from "./assignment.ts";
import { type Listed, readRosterList } from "./roster-list.ts";

/** Who is in which arm, as far as the study's folder knows. */
export interface Enrolment {
  /** What was given to arms whole: `leader`, or a column; null where the study does not say. */
  readonly by: string | null;
  /** Of the recorded draw; null without one. */
  readonly record: { readonly assigned: string; readonly seed: number } | null;
  /** Blocks that arms were drawn in; empty without any. */
  readonly blocks: readonly string[];
  /** Arms in the study's order; empty where nobody has an arm yet. */
  readonly arms: readonly { readonly arm: string; readonly leaders: number; readonly units: number }[];
  /** Of the roster; null without one. */
  readonly leaders: number | null;
  readonly units: number | null;
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];

const counted = (study: Study, leaders: readonly Listed[], armOf: (one: Listed) => string): Enrolment["arms"] => {
  const arms = study.arms.map(({ id }) => {
    const own = leaders.filter((one) => armOf(one) === id);
    return { arm: id, leaders: own.length, units: distinct(own.map(({ unit }) => unit)).length };
  });
  return arms.some(({ leaders: count }) => count > 0) ? arms : [];
};

/** Reads the recorded draw or, without one, the roster. */
export const enrolmentOf = async (study: Study): Promise<Enrolment> => {
  const recorded = await recordedAssignment(study);
  const by = recorded ? (recorded.record.by ?? "leader") : (study.allocation?.by ?? null);
  const none = { by, record: null, blocks: [], arms: [], leaders: null, units: null };
  const { roster } = study;
  const file = recorded?.record.assignment.file ?? roster?.file;
  if (roster === null || file === undefined || !existsSync(join(study.folder, file))) return none;
  const drawing = recorded?.record ?? { by: by === "leader" ? null : by, within: null };
  const { leaders } = await readRosterList(file, study.folder, roster, drawing);
  return {
    by,
    record: recorded && { assigned: recorded.record.assigned, seed: recorded.record.seed },
    blocks: distinct(leaders.map(({ block }) => block)).filter((block) => block !== ""),
    arms: counted(study, leaders, ({ leader, arm }) => recorded?.armOf.get(leader) ?? arm),
    leaders: leaders.length,
    units: distinct(leaders.map(({ unit }) => unit)).length,
  };
};
