import { upper } from "../../stats/matrix/triangular.ts";
import { type OneWay, oneWay } from "../../stats/measurement/agreement.ts";
import { iccInterval } from "../../stats/measurement/icc-interval.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Outcome, Rater, Study } from "../../study/study.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { type Design, isByUnit } from "../design/design.ts";
import type { Status } from "../design/status.ts";

/** What CONSORT's extension to cluster trials asks for of clusters: how alike answers in one are, and how large they are. */
export interface ClusterItem {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  /** Null for all leaders of the study, whatever their arm: arms that differ are then part of the ICC. */
  readonly arm: string | null;
  /** What the clusters are: leaders or, where these were given to arms whole, also units of allocation. */
  readonly level: "leader" | "unit";
  /** ICC(1) of one-way analysis of variance, and its interval at the plan's confidence. */
  readonly icc: number | null;
  readonly iccLow: number | null;
  readonly iccHigh: number | null;
  /** Answers, and the leaders and units of allocation that they are about. */
  readonly respondents: number;
  readonly leaders: number;
  readonly units: number;
  /** Answers per cluster of that level; the coefficient of variation is null for one cluster. */
  readonly clusterSize: { readonly mean: number | null; readonly cv: number | null };
  readonly status: Status;
}

/** Count, sum and sum of squares of one cluster's answers. */
interface Sums {
  n: number;
  sum: number;
  squares: number;
}

/** A cell's cluster; −1 leaves it out. */
type ClusterOf = (leader: number) => number;

function sumsBy(cells: Cells, wave: number, clusterOf: ClusterOf): readonly Sums[] {
  const m = cells.columns.length;
  const width = (m * (m + 1)) / 2;
  const found = new Map<number, Sums>();
  cells.leader.forEach((leader, c) => {
    const cluster = clusterOf(leader);
    if (cells.wave[c] !== wave || cells.n[c] === 0 || cluster < 0) return;
    const own = found.get(cluster) ?? { n: 0, sum: 0, squares: 0 };
    found.set(cluster, own);
    own.n += cells.n[c]!;
    own.sum += cells.sums[c * m + m - 1]!;
    own.squares += cells.products[c * width + upper(m, m - 1, m - 1)]!;
  });
  return [...found.values()];
}

function clusterSize(sums: readonly Sums[]): ClusterItem["clusterSize"] {
  if (sums.length === 0) return { mean: null, cv: null };
  const mean = sums.reduce((total, { n }) => total + n, 0) / sums.length;
  const squares = sums.reduce((total, { n }) => total + (n - mean) ** 2, 0);
  return { mean, cv: sums.length < 2 ? null : Math.sqrt(squares / (sums.length - 1)) / mean };
}

const analysisOf = (sums: readonly Sums[]): OneWay | null =>
  oneWay({
    n: sums.reduce((total, { n }) => total + n, 0),
    sum: sums.reduce((total, { sum }) => total + sum, 0),
    sumOfSquares: sums.reduce((total, { squares }) => total + squares, 0),
    clusters: sums.length,
    between: sums.reduce((total, { n, sum }) => total + (sum * sum) / n, 0),
  });

function statusOf(sums: readonly Sums[], level: ClusterItem["level"], found: OneWay | null): Status {
  if (found !== null) return "estimated";
  if (sums.length === 0) return "no-data";
  if (sums.length === 1) return level === "unit" ? "too-few-units" : "too-few-leaders";
  return sums.every(({ n }) => n === 1) ? "not-identified" : "no-variation";
}

function itemOf(
  { plan }: Study,
  sums: readonly Sums[],
  level: ClusterItem["level"],
): Pick<ClusterItem, "icc" | "iccLow" | "iccHigh" | "clusterSize" | "status"> {
  const found = analysisOf(sums);
  const size = clusterSize(sums);
  const range = found && iccInterval(found, size.mean!, plan.confidence);
  return {
    icc: found?.icc1 ?? null,
    iccLow: range?.low ?? null,
    iccHigh: range?.high ?? null,
    clusterSize: size,
    status: statusOf(sums, level, found),
  };
}

function itemsAt(study: Study, design: Design, outcome: Outcome, cells: Cells, wave: number): readonly ClusterItem[] {
  const levels = isByUnit(design) ? (["leader", "unit"] as const) : (["leader"] as const);
  return [-1, ...study.arms.keys()].flatMap((arm) => {
    const within = (of: ClusterOf): readonly Sums[] =>
      sumsBy(cells, wave, (leader) => (arm < 0 || design.arm[leader] === arm ? of(leader) : -1));
    const leaders = within((leader) => leader);
    const units = within((leader) => design.cluster[leader]!);
    return levels.map((level): ClusterItem => {
      const sums = level === "unit" ? units : leaders;
      return {
        outcome: outcome.scale,
        rater: outcome.rater,
        wave: study.waves[wave]!.id,
        arm: study.arms[arm]?.id ?? null,
        level,
        ...itemOf(study, sums, level),
        respondents: sums.reduce((total, { n }) => total + n, 0),
        leaders: leaders.length,
        units: units.length,
      };
    });
  });
}

/** Clusters of every primary outcome that has answers, at each wave, over all and by arm. */
export const clusterItems = (study: Study, design: Design, cellsOf: CellsOf): readonly ClusterItem[] =>
  study.plan.primary.flatMap((outcome) => {
    const cells = cellsOf(outcome, "all");
    return cells === null ? [] : study.waves.flatMap((_, wave) => itemsAt(study, design, outcome, cells, wave));
  });
