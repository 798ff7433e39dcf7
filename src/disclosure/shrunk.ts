import { type ClusterMeans, empiricalBayesMean } from "../stats/measurement/shrinkage.ts";
import { type Cell, shown, suppressed, valueIn } from "./published.ts";
import type { Rules } from "./rules.ts";
import { mayPool, roundInside, type Spread, type TeamMean } from "./team.ts";
import type { Unit } from "./unit.ts";

/** A team's mean drawn towards the mean of all teams; `bound` as of the shown mean. */
export type ShrunkMean = Pick<TeamMean, "mean" | "bound">;

/** What all teams have in common, and behind how many other leaders' published means it stands. */
export interface Common {
  readonly teams: ClusterMeans | null;
  readonly others: number;
  readonly spread: Spread | null;
}

/**
 * A team's mean drawn towards the overall mean by its reliability, for the leader's own report. It is made of the mean as
 * shown (censored, rounded), the shown number of answers and two numbers of the whole study, so it says nothing more
 * about this team; of the others it says what their overall mean is near. So it is held to the rules of a benchmark: as
 * many other leaders, no team that is most of the study, whole points of an index.
 */
export const shrunkMean = (
  n: number,
  cell: Cell<TeamMean> | null,
  { teams, others, spread }: Common,
  unit: Unit,
  rules: Rules,
): Cell<ShrunkMean> => {
  const team = cell && valueIn(cell);
  if (team === null || teams === null || spread === null || !mayPool(spread, unit, rules)) return suppressed;
  if (rules.benchmark === null || others < rules.benchmark) return suppressed;
  const { mean, bound } = team;
  return shown({ mean: roundInside(empiricalBayesMean(teams, { n, mean }), unit), bound });
};
