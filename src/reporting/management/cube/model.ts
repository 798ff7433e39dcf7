import type { Cell } from "../../../disclosure/published.ts";
import type { LevelDifference } from "../../page/level-change.ts";
import type { Level } from "../../page/levels.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";

/** What the groups of a dashboard are cells of, from the one whose numbers matter most. */
export const cubeGroupings = ["organisation", "arm", "department", "unit", "department-arm"] as const;
/** Those of them that are left out where they would cost the others their intervals. */
export const finestGroupings: readonly CubeGrouping[] = ["unit", "department-arm"];
/** Those of them in which what leaders answered themselves is shown: smaller ones hold too few leaders. */
export const ownGroupings: readonly CubeGrouping[] = ["organisation", "arm", "department"];
export type CubeGrouping = (typeof cubeGroupings)[number];

/** A choice of department, unit and arm that the dashboard can be asked for; null where all are meant. */
export interface CubeGroup {
  readonly grouping: CubeGrouping;
  /** The cell, as the ledger names it. */
  readonly id: string;
  readonly department: string | null;
  /** One unit, or the smallest ones of the department together; none where all are meant. */
  readonly units: readonly string[];
  readonly arm: string | null;
}

/** The numbers of one group on one outcome, by wave. */
export interface CubeSeries {
  /** Null where nobody of it was asked. */
  readonly levels: readonly (Cell<Level> | null)[];
  /** Since the first wave: null at that, and where a level is. */
  readonly changes: readonly (Cell<LevelDifference> | null)[];
  /** Means of what the leaders of it answered themselves; null where none of them was asked. */
  readonly intended: readonly (Cell<Level> | null)[];
  /** How far the intended lies above the level, which employees answer: null where either is. */
  readonly gaps: readonly (Cell<LevelDifference> | null)[];
}

export interface CubeOutcome {
  readonly outcome: ReportedOutcome;
  /** One for each group, in their order. */
  readonly series: readonly CubeSeries[];
}

/**
 * All numbers that the dashboard's filters reach: outcome × group × wave, as a level, a change or a gap. A choice that is no
 * group here is not in the release, and reads like a suppressed one.
 */
export interface Cube {
  readonly groups: readonly CubeGroup[];
  readonly outcomes: readonly CubeOutcome[];
}
