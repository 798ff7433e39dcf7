import { correlation, disattenuated, meanOf } from "../../stats/measurement/correlation.ts";
import { type ClusterMeans, clusterMeans, reliabilityOfMean } from "../../stats/measurement/shrinkage.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Scale, Study } from "../../study/study.ts";
import type { CellsOf } from "../design/cells-of.ts";
import type { Design } from "../design/design.ts";
import { type LeaderMeansOf, leaderMeansOf } from "../design/leader-means.ts";
import { gapChanges } from "./gap-change.ts";
import type { IntendedPerceived } from "./intended-perceived.ts";
import { outcomeSurfaces } from "./outcome-surfaces.ts";
import { clearGaps, groupCounts, meanGap, type Pairs, pairsOf } from "./rating-pairs.ts";

/** `alphaOf`: reliability of the own ratings of a scale at a wave, null where there is none. */
export interface RatingSource {
  readonly study: Study;
  readonly design: Design;
  readonly cellsOf: CellsOf;
  readonly alphaOf: (scale: string, wave: string) => number | null;
}

function teamsOf(cells: Cells, design: Design, wave: number): ClusterMeans | null {
  const cluster = cells.leader.map((leader, c) => (cells.wave[c] === wave ? leader : -1));
  return clusterMeans({ cells, cluster, clusters: design.leaders.length });
}

const nothing = {
  intended: null,
  perceived: null,
  gap: null,
  clear: null,
  correlation: null,
  corrected: null,
  reliability: { intended: null, perceived: null },
  groups: [],
  surfaces: [],
} as const;

/** Employees' cells of a scale, the wave, and who has both ratings at it. */
interface Rated {
  readonly wave: number;
  readonly employees: Cells;
  readonly pairs: Pairs;
  readonly teams: ClusterMeans | null;
}

/** The numbers of at least three pairs, but for the outcomes'. */
function compared({ study, design, alphaOf }: RatingSource, scale: string, { wave, employees, pairs, teams }: Rated) {
  const { confidence } = study.plan;
  const harmonic = 1 / meanOf(pairs.n.map((n) => 1 / n));
  const reliability = {
    intended: alphaOf(scale, study.waves[wave]!.id),
    perceived: teams && reliabilityOfMean(teams, harmonic),
  };
  const raw = correlation(pairs.intended, pairs.perceived, confidence);
  const gap = meanGap(pairs, confidence);
  return {
    intended: meanOf(pairs.intended),
    perceived: meanOf(pairs.perceived),
    gap,
    clear: clearGaps(pairs, employees, wave, confidence),
    correlation: raw,
    corrected: raw && disattenuated(raw, reliability.intended ?? 0, reliability.perceived ?? 0),
    reliability,
    groups: groupCounts(pairs, study, design),
    status: gap === null ? ("no-variation" as const) : ("estimated" as const),
  };
}

function recordOf(source: RatingSource, meansOf: LeaderMeansOf, scale: Scale, wave: number): IntendedPerceived | null {
  const { study, design, cellsOf } = source;
  const cells = cellsOf({ scale: scale.id, rater: "employee" }, "all");
  const employees = meansOf({ scale: scale.id, rater: "employee" }, wave);
  if (cells === null || employees.n.every((n) => n === 0)) return null;
  const own = meansOf({ scale: scale.id, rater: "self" }, wave);
  const pairs = pairsOf(own, employees);
  const teams = teamsOf(cells, design, wave);
  const count = pairs.leaders.length;
  const rated = { scale: scale.id, wave, own, employees, middle: cells.shift.at(-1)! };
  return {
    scale: scale.id,
    wave: study.waves[wave]!.id,
    unit: scale.index ? "index" : "raw",
    leaders: count,
    respondents: pairs.n.reduce((sum, n) => sum + n, 0),
    teams,
    changes: own.n.some((n) => n > 0) ? gapChanges(study, design, meansOf, scale.id, wave) : [],
    ...(count < 3
      ? { ...nothing, status: count === 0 ? "no-data" : "too-few-leaders" }
      : {
          ...compared(source, scale.id, { wave, employees: cells, pairs, teams }),
          surfaces: outcomeSurfaces(study, meansOf, rated),
        }),
  };
}

/**
 * Intended against perceived leadership: an entry per scale (differences left out) and wave at which employees rate it.
 * With fewer than three leaders who have both ratings there is a status instead of numbers.
 */
export function intendedPerceived(source: RatingSource): readonly IntendedPerceived[] {
  const { study, design, cellsOf } = source;
  const meansOf = leaderMeansOf(cellsOf, design.leaders.length);
  return study.instrument.scales
    .filter(({ kind }) => kind !== "difference")
    .flatMap((scale) => study.waves.flatMap((_, wave) => recordOf(source, meansOf, scale, wave) ?? []));
}
