import { correlation, disattenuated, meanOf } from "../stats/correlation.ts";
import type { Cells } from "../stats/moments.ts";
import { responseSurface } from "../stats/response-surface.ts";
import { type ClusterMeans, clusterMeans, reliabilityOfMean } from "../stats/shrinkage.ts";
import type { Scale, Study } from "../study/study.ts";
import type { CellsOf } from "./cells-of.ts";
import type { Design } from "./design.ts";
import { gapChanges } from "./gap-change.ts";
import type { IntendedPerceived, OutcomeSurface } from "./intended-perceived.ts";
import { inAll, leaderMeansAt, valuesOf } from "./leader-means.ts";
import { clearGaps, groupCounts, type Means, meanGap, type Pairs, pairsOf } from "./rating-pairs.ts";

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

/** The surface of one outcome over the leaders who have it too. */
function surfaceOf(own: Means, employees: Means, outcome: Means, middle: number, confidence: number) {
  const leaders = inAll([own, employees, outcome]);
  const centred = (means: Means) => valuesOf(means, leaders).map((value) => value - middle);
  const z = valuesOf(outcome, leaders);
  const surface = responseSurface(centred(own), centred(employees), z, confidence);
  const reason = leaders.length === 0 ? "no-data" : leaders.length < 7 ? "too-few-leaders" : "not-identified";
  return { leaders: leaders.length, surface, status: surface === null ? reason : "estimated" } as const;
}

function surfacesOf({ study, cellsOf }: RatingSource, scale: Scale, wave: number, own: Means, employees: Cells) {
  const rated = leaderMeansAt(employees, wave);
  return study.plan.secondary
    .filter((outcome) => outcome.rater === "employee" && outcome.scale !== scale.id)
    .map((outcome): OutcomeSurface => {
      const means = leaderMeansAt(cellsOf(outcome, "all"), wave);
      const surface = surfaceOf(own, rated, means, employees.shift.at(-1)!, study.plan.confidence);
      return { outcome: outcome.scale, ...surface };
    });
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

/** Both ratings of a scale at a wave. */
interface Rated {
  readonly scale: Scale;
  readonly wave: number;
  readonly own: Means;
  readonly employees: Cells;
  readonly pairs: Pairs;
  readonly teams: ClusterMeans | null;
}

/** The numbers of at least three pairs. */
function compared(source: RatingSource, { scale, wave, own, employees, pairs, teams }: Rated) {
  const { study, design, alphaOf } = source;
  const { confidence } = study.plan;
  const harmonic = 1 / meanOf(pairs.n.map((n) => 1 / n));
  const reliability = {
    intended: alphaOf(scale.id, study.waves[wave]!.id),
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
    surfaces: surfacesOf(source, scale, wave, own, employees),
    status: gap === null ? ("no-variation" as const) : ("estimated" as const),
  };
}

function recordOf(source: RatingSource, scale: Scale, wave: number): IntendedPerceived | null {
  const { study, design, cellsOf } = source;
  const employees = cellsOf({ scale: scale.id, rater: "employee" }, "all");
  const rated = leaderMeansAt(employees, wave);
  if (employees === null || rated.size === 0) return null;
  const own = leaderMeansAt(cellsOf({ scale: scale.id, rater: "self" }, "all"), wave);
  const pairs = pairsOf(own, rated);
  const teams = teamsOf(employees, design, wave);
  const count = pairs.leaders.length;
  return {
    scale: scale.id,
    wave: study.waves[wave]!.id,
    unit: scale.index ? "index" : "raw",
    leaders: count,
    respondents: pairs.n.reduce((sum, n) => sum + n, 0),
    teams,
    changes: own.size > 0 ? gapChanges(study, design, cellsOf, scale.id, wave) : [],
    ...(count < 3
      ? { ...nothing, status: count === 0 ? "no-data" : "too-few-leaders" }
      : compared(source, { scale, wave, own, employees, pairs, teams })),
  };
}

/**
 * Intended against perceived leadership: an entry per scale (differences left out) and wave at which employees rate it.
 * With fewer than three leaders who have both ratings there is a status instead of numbers.
 */
export const intendedPerceived = (source: RatingSource): readonly IntendedPerceived[] =>
  source.study.instrument.scales
    .filter(({ kind }) => kind !== "difference")
    .flatMap((scale) => source.study.waves.flatMap((_, wave) => recordOf(source, scale, wave) ?? []));
