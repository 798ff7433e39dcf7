import type { ModelColumn } from "../../stats/moments/model-rows.ts";
import { modelRows } from "../../stats/moments/model-rows.ts";
import { type JointTest, jointTest } from "../../stats/regression/joint-test.ts";
import { leastSquares } from "../../stats/regression/least-squares.ts";
import type { Design } from "../design/design.ts";

/** Events among so many rows of one leader, as an index of `Design.leaders`. */
export interface LeaderShare {
  readonly leader: number;
  readonly rows: number;
  readonly events: number;
}

/**
 * Test that an event is equally frequent in all arms, at the level at which arms were given out: least squares of the 0/1
 * rows on the arms, CR2 with Hotelling's T² (`jointTest`) over the units of allocation. Counts are the complete moments
 * of a 0/1 outcome. Null with fewer than two arms, without variation within arms or with too few units.
 */
export function shareTest(design: Design, shares: readonly LeaderShare[]): JointTest | null {
  const among = shares.filter(({ leader, rows }) => rows > 0 && design.arm[leader]! >= 0);
  const leader = Int32Array.from(among, (one) => one.leader);
  const events = Float64Array.from(among, (one) => one.events);
  const codes = leader.map((one) => design.arm[one]!);
  const arms = [...new Set(codes)].sort((a, b) => a - b);
  const columns: ModelColumn[] = [
    { name: "(intercept)", kind: "numbers", values: new Float64Array(among.length).fill(1) },
    ...arms.slice(1).map((code): ModelColumn => ({ name: `arm ${code}`, kind: "indicator", codes, code })),
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
  if (arms.length < 2 || !(fit.residualSumOfSquares > 0)) return null;
  const contrasts = columns
    .slice(1)
    .map(({ name }) => Float64Array.from(fit.columns, (column) => Number(column === name)));
  return jointTest(fit, contrasts);
}
