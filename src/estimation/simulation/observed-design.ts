import { oneWay } from "../../stats/measurement/agreement.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import { baselineWave, type Design } from "../design/design.ts";
import { outcomeSums, sdOf } from "../design/reference-sd.ts";

/** What a study's own data say of the design of another; each is null where they do not say. */
export interface ObservedDesign {
  /** Of the baseline (without one, of the first wave): answers per leader, the variation of that, ICC(1), sd. */
  readonly respondents: number | null;
  readonly sizeVariation: number | null;
  readonly icc: number | null;
  readonly sd: number | null;
  /** Share of the variance between leaders at the last wave that their baseline means explain. */
  readonly explainedBetween: number | null;
  /** Share of the leaders with a baseline who have no answer at the last wave. */
  readonly attrition: number | null;
}

interface LeaderMean {
  readonly leader: number;
  readonly n: number;
  readonly mean: number;
}

function leaderMeans(cells: Cells, wave: number): readonly LeaderMean[] {
  const m = cells.columns.length;
  return Array.from(cells.n, (n, c) => ({
    leader: cells.leader[c]!,
    n,
    mean: cells.sums[c * m + m - 1]! / n,
    c,
  })).filter(({ n, c }) => cells.wave[c] === wave && n > 0);
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Coefficient of variation (n − 1); null below two. */
function variationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) / mean;
}

/** A difference from the mean of the leader's arm. */
function centred(means: readonly LeaderMean[], { arm }: Design): ReadonlyMap<number, number> {
  const byArm = new Map<number, number[]>();
  for (const { leader, mean } of means) byArm.set(arm[leader]!, [...(byArm.get(arm[leader]!) ?? []), mean]);
  const middle = new Map([...byArm].map(([one, values]) => [one, meanOf(values)]));
  return new Map(means.map(({ leader, mean }) => [leader, mean - middle.get(arm[leader]!)!]));
}

/**
 * cov² / (variance of the baseline means × variance between leaders): the sampling error of the later means has no part
 * in the covariance, so that it needs none taken off.
 */
function explained(
  before: readonly LeaderMean[],
  after: readonly LeaderMean[],
  design: Design,
  between: number,
): number | null {
  const [b, a] = [centred(before, design), centred(after, design)];
  const pairs = [...b].flatMap(([leader, value]) => (a.has(leader) ? [[value, a.get(leader)!] as const] : []));
  const covariance = pairs.reduce((sum, [x, y]) => sum + x * y, 0);
  const variance = pairs.reduce((sum, [x]) => sum + x * x, 0);
  if (pairs.length < 10 || !(variance > 0) || !(between > 0)) return null;
  return Math.min(0.99, (covariance * covariance) / (variance * pairs.length * between));
}

/**
 * What a design needs to know, from the cells of an outcome (all rows): answers per leader, their variation, ICC(1),
 * sd, what the baseline explains, attrition. Null for what the data do not say.
 */
export function observedDesign(study: Study, design: Design, cells: Cells): ObservedDesign {
  const first = Math.max(0, baselineWave(study));
  const last = study.waves.length - 1;
  const before = leaderMeans(cells, first);
  const after = last > first ? leaderMeans(cells, last) : [];
  const { n, sum, squares } = outcomeSums(cells, (c) => cells.wave[c] === first && cells.n[c]! > 0);
  const between = before.reduce((total, one) => total + one.n * one.mean * one.mean, 0);
  const icc = oneWay({ n, sum, sumOfSquares: squares, clusters: before.length, between })?.icc1 ?? null;
  const sd = sdOf({ n, sum, squares });
  const seen = new Set(after.map(({ leader }) => leader));
  const hasChange = baselineWave(study) >= 0 && after.length > 0;
  return {
    respondents: before.length > 0 ? n / before.length : null,
    sizeVariation: variationOf(before.map((one) => one.n)),
    icc: icc === null ? null : Math.max(0, icc),
    sd,
    explainedBetween: hasChange && icc !== null && sd !== null ? explained(before, after, design, icc * sd * sd) : null,
    attrition: hasChange ? before.filter(({ leader }) => !seen.has(leader)).length / before.length : null,
  };
}
