import type { Study } from "../../study/study.ts";
import type { AllocationRow, DepartedLeader, RosterRow } from "../../tables/roster.ts";
import type { Design } from "../design/design.ts";

/** How a roster departs from the record of the draw. */
export interface Departures {
  /** Leaders whom the roster has in another arm than they were given; they are analysed in the arm they were given. */
  readonly changed: readonly { readonly leader: string; readonly assigned: string; readonly roster: string }[];
  /** Leaders of the roster who were not there when arms were drawn; they are in no arm. */
  readonly joined: readonly string[];
  /** Leaders who were given an arm and whom the roster no longer has; they are in no analysis. */
  readonly departed: readonly { readonly leader: string; readonly assigned: string }[];
}

/** How leaders came to their arms, and how the roster departs from the record of it. */
export interface AllocationFound extends Departures {
  /** `leader`, or what was given to an arm whole. */
  readonly by: string;
  /** False where nobody drew. */
  readonly randomised: boolean;
  /** The recorded draw, made again and found as it was; null without a record. */
  readonly record: { readonly assigned: string; readonly seed: number } | null;
  readonly arms: readonly { readonly arm: string; readonly units: number; readonly leaders: number }[];
}

/** @param isRecorded whether there is a record: without one nobody came later than the draw */
export const departuresOf = (
  roster: readonly RosterRow[],
  departed: readonly DepartedLeader[],
  isRecorded: boolean,
): Departures => ({
  changed: roster.flatMap(({ leader, arm, roster_arm }) =>
    arm !== null && roster_arm !== null && arm !== roster_arm ? [{ leader, assigned: arm, roster: roster_arm }] : [],
  ),
  joined: isRecorded ? roster.flatMap(({ leader, arm }) => (arm === null ? [leader] : [])) : [],
  departed: departed.map(({ leader, arm }) => ({ leader, assigned: arm })),
});

/** Null for a study without arms. */
export function allocationFound(
  study: Study,
  design: Design,
  row: AllocationRow | undefined,
  roster: readonly RosterRow[],
  departed: readonly DepartedLeader[],
): AllocationFound | null {
  if (row === undefined) return null;
  const recorded = row.assigned !== null && row.seed !== null;
  return {
    by: row.allocated_by,
    randomised: row.randomised,
    record: recorded ? { assigned: row.assigned!, seed: row.seed! } : null,
    arms: study.arms.map(({ id }, arm) => ({
      arm: id,
      units: new Set(design.cluster.filter((_, leader) => design.arm[leader] === arm)).size,
      leaders: design.arm.filter((own) => own === arm).length,
    })),
    ...departuresOf(roster, departed, recorded),
  };
}
