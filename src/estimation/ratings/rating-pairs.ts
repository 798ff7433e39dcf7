import { tCritical } from "../../stats/distribution/distributions.ts";
import { type AgreementGroup, agreementGroups } from "../../stats/measurement/agreement-groups.ts";
import { meanOf, standardDeviation } from "../../stats/measurement/correlation.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import type { Design } from "../design/design.ts";
import { inAll, type LeaderMeans, valuesOf } from "../design/leader-means.ts";
import type { AgreementCounts, MeanOverLeaders } from "./intended-perceived.ts";

/** Both ratings of one scale at one wave. */
export interface Pairs {
  readonly leaders: Int32Array;
  readonly intended: Float64Array;
  readonly perceived: Float64Array;
  /** Employees behind each perceived mean. */
  readonly n: Float64Array;
}

/** The leaders who have both. */
export function pairsOf(own: LeaderMeans, employees: LeaderMeans): Pairs {
  const leaders = inAll([own, employees]);
  return {
    leaders,
    intended: valuesOf(own, leaders),
    perceived: valuesOf(employees, leaders),
    n: Float64Array.from(leaders, (leader) => employees.n[leader]!),
  };
}

/** Variance within teams pooled over all teams of the wave, and its degrees of freedom; null without any. */
function pooledWithin(cells: Cells, wave: number): { readonly variance: number; readonly df: number } | null {
  let squares = 0;
  let df = 0;
  for (let c = 0; c < cells.n.length; c++) {
    const n = cells.n[c]!;
    if (cells.wave[c] !== wave || n === 0) continue;
    squares += Math.max(0, cells.products[c]! - cells.sums[c]! ** 2 / n);
    df += n - 1;
  }
  return df > 0 ? { variance: squares / df, df } : null;
}

/**
 * How many leaders' own answer lies above and below the t interval of their employees' mean, made from the spread
 * within teams pooled over all teams of the wave. Null where no team has two answers.
 */
export function clearGaps({ intended, perceived, n }: Pairs, cells: Cells, wave: number, confidence: number) {
  const within = pooledWithin(cells, wave);
  if (within === null) return null;
  const t = tCritical(1 - confidence, within.df);
  const beyond = intended.map((own, g) => {
    const gap = own - perceived[g]!;
    return Math.abs(gap) > t * Math.sqrt(within.variance / n[g]!) ? Math.sign(gap) : 0;
  });
  return { over: beyond.filter((sign) => sign > 0).length, under: beyond.filter((sign) => sign < 0).length };
}

/** Mean of intended − perceived over the leaders, with Student's t. Null where all gaps are the same. */
export function meanGap({ intended, perceived }: Pairs, confidence: number): MeanOverLeaders | null {
  const gaps = intended.map((own, g) => own - perceived[g]!);
  const sd = standardDeviation(gaps);
  if (sd === 0) return null;
  const [estimate, se, df] = [meanOf(gaps), sd / Math.sqrt(gaps.length), gaps.length - 1];
  const half = tCritical(1 - confidence, df) * se;
  return { estimate, se, df, low: estimate - half, high: estimate + half };
}

const countsOf = (arm: string | null, groups: readonly AgreementGroup[]): AgreementCounts => {
  const of = (group: AgreementGroup) => groups.filter((one) => one === group).length;
  return { arm, over: of("over"), under: of("under"), agreeHigh: of("agree-high"), agreeLow: of("agree-low") };
};

/** Agreement groups of all leaders, then by arm; none where a side does not vary. */
export function groupCounts({ leaders, intended, perceived }: Pairs, study: Study, design: Design): AgreementCounts[] {
  const groups = agreementGroups(intended, perceived);
  if (groups === null) return [];
  const byArm = study.arms.map(({ id }, arm) =>
    countsOf(
      id,
      groups.filter((_, g) => design.arm[leaders[g]!] === arm),
    ),
  );
  return [countsOf(null, groups), ...byArm];
}
