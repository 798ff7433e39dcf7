import { type ModelColumn, modelRows } from "../../stats/moments/model-rows.ts";
import { clusterRobust } from "../../stats/regression/cluster-robust.ts";
import { jointTest } from "../../stats/regression/joint-test.ts";
import { type LeastSquares, leastSquares } from "../../stats/regression/least-squares.ts";
import { type TTest, tTest } from "../../stats/regression/t-test.ts";
import type { Design } from "../design/design.ts";

/** Events among so many rows of one leader, as an index of `Design.leaders`. */
export interface LeaderShare {
  readonly leader: number;
  readonly rows: number;
  readonly events: number;
}

/** How often an event is in each arm: the fit of its 0/1 rows, whose columns are the first arm and what others differ by. */
export interface ShareFit {
  readonly fit: LeastSquares;
  /** Indices in `study.arms` of the arms that have rows, ascending. */
  readonly arms: readonly number[];
}

/** Part of the rows below which a residual sum of squares is rounding. */
const rounding = 1e-12;

/**
 * Least squares of the 0/1 rows on the arms, with the units of allocation as clusters. Counts are the complete moments of
 * a 0/1 outcome, so that no row is needed. Null with fewer than two arms, or without variation within arms.
 */
export function shareFit(design: Design, shares: readonly LeaderShare[]): ShareFit | null {
  const among = shares.filter(({ leader, rows }) => rows > 0 && design.arm[leader]! >= 0);
  const leader = Int32Array.from(among, (one) => one.leader);
  const events = Float64Array.from(among, (one) => one.events);
  const codes = leader.map((one) => design.arm[one]!);
  const arms = [...new Set(codes)].sort((a, b) => a - b);
  const columns: ModelColumn[] = [
    { name: "(intercept)", kind: "numbers", values: new Float64Array(among.length).fill(1) },
    ...arms.slice(1).map((code): ModelColumn => ({ name: `${code}`, kind: "indicator", codes, code })),
  ];
  const cells = {
    columns: ["event"],
    shift: new Float64Array(1),
    leader,
    wave: new Int32Array(among.length),
    n: Float64Array.from(among, (one) => one.rows),
    sums: events,
    products: events,
    dropped: 0,
  };
  const cluster = leader.map((one) => design.cluster[one]!);
  const fit = leastSquares(modelRows({ cells, cluster, clusters: design.clusters, columns, level: "rows" }));
  return arms.length < 2 || !(fit.residualSumOfSquares > rounding * fit.observations) ? null : { fit, arms };
}

/**
 * Test that the event is equally frequent in all arms: CR2 with Hotelling's T² (Tipton & Pustejovsky 2015) over the units
 * of allocation. Null with too few units.
 */
export function shareTest({ fit }: ShareFit) {
  const others = fit.columns.slice(1);
  return jointTest(
    fit,
    others.map((name) => Float64Array.from(fit.columns, (column) => Number(column === name))),
  );
}

/** The difference of two arms' shares with CR2 and Satterthwaite's degrees of freedom; null where it cannot be had. */
export function shareDifference(
  { fit, arms }: ShareFit,
  arm: number,
  reference: number,
  confidence: number,
): TTest | null {
  if (!arms.includes(arm) || !arms.includes(reference)) return null;
  const sign = (column: string): number => Number(column === `${arm}`) - Number(column === `${reference}`);
  const contrast = clusterRobust(fit, "CR2", [Float64Array.from(fit.columns, sign)]).contrasts[0]!;
  const found = tTest(contrast, confidence);
  return typeof found === "string" ? null : found;
}
