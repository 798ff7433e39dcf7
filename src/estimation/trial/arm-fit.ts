import { type ModelColumn, modelRows } from "../../stats/moments/model-rows.ts";
import { type JointTest, jointTest } from "../../stats/regression/joint-test.ts";
import { type LeastSquares, leastSquares } from "../../stats/regression/least-squares.ts";
import type { Design } from "../design/design.ts";

/** Sums of a variable over the rows of one leader, as an index of `Design.leaders`; less the variable's shift, if it has one. */
export interface LeaderSums {
  readonly leader: number;
  readonly rows: number;
  readonly sum: number;
  readonly squares: number;
}

/** A variable by arm: the fit of its rows, with a column for what each arm but the first differs by. */
export interface ArmFit {
  readonly fit: LeastSquares;
  /** Indices in `study.arms` of the arms that have rows, ascending. */
  readonly arms: readonly number[];
}

/** Part of the sum of squares below which a residual sum of squares is rounding. */
const rounding = 1e-12;

/** Indicators of the codes that occur, but of the first. */
const indicators = (codes: Int32Array, prefix: string): readonly ModelColumn[] =>
  [...new Set(codes)]
    .sort((a, b) => a - b)
    .slice(1)
    .map((code) => ({ name: `${prefix}${code}`, kind: "indicator", codes, code }));

/**
 * Least squares of a variable's rows on the arms (columns named by the arm's index) and, with `block`, on the blocks that
 * arms were drawn in; the clusters are the design's. Sums are the complete moments, so that no row is needed. Null with
 * fewer than two arms, or without variation within arms.
 */
export function armFit(design: Design, sums: readonly LeaderSums[], block: Int32Array | null): ArmFit | null {
  const among = sums.filter(({ leader, rows }) => rows > 0 && design.arm[leader]! >= 0);
  const leader = Int32Array.from(among, (one) => one.leader);
  const codes = leader.map((one) => design.arm[one]!);
  const arms = [...new Set(codes)].sort((a, b) => a - b);
  const blocks =
    block === null
      ? []
      : indicators(
          leader.map((one) => block[one]!),
          "block ",
        );
  const cells = {
    columns: ["variable"],
    shift: new Float64Array(1),
    leader,
    wave: new Int32Array(among.length),
    n: Float64Array.from(among, (one) => one.rows),
    sums: Float64Array.from(among, (one) => one.sum),
    products: Float64Array.from(among, (one) => one.squares),
    dropped: 0,
  };
  const intercept: ModelColumn = {
    name: "(intercept)",
    kind: "numbers",
    values: new Float64Array(among.length).fill(1),
  };
  const columns = [intercept, ...blocks, ...indicators(codes, "")];
  const cluster = leader.map((one) => design.cluster[one]!);
  const fit = leastSquares(modelRows({ cells, cluster, clusters: design.clusters, columns, level: "rows" }));
  const squares = cells.products.reduce((total, one) => total + one, 0);
  return arms.length < 2 || !(fit.residualSumOfSquares > rounding * squares) ? null : { fit, arms };
}

/**
 * Test that the variable is the same in all arms: CR2 with Hotelling's T² (Tipton & Pustejovsky 2015) over the design's
 * clusters. Null with too few of them, or where blocks and arms cannot be told apart.
 */
export function armTest({ fit, arms }: ArmFit): JointTest | null {
  const others = arms.slice(1).map(String);
  if (others.some((arm) => !fit.columns.includes(arm) || fit.dropped.some(({ spannedBy }) => spannedBy.includes(arm))))
    return null;
  return jointTest(
    fit,
    others.map((arm) => Float64Array.from(fit.columns, (column) => Number(column === arm))),
  );
}
