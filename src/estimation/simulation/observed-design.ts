import { oneWay } from "../../stats/measurement/agreement.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import { explainedBetween, type Share } from "../../stats/trial/explained-between.ts";
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
  /** Share of the variance between leaders at the last wave that their baseline means explain, with its 80 % interval. */
  readonly explainedBetween: Share | null;
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

/** Variance inside leaders at a wave, on its degrees of freedom. */
function within(cells: Cells, wave: number): { readonly variance: number; readonly df: number } {
  const m = cells.columns.length;
  const size = (m * (m + 1)) / 2;
  let squares = 0;
  let df = 0;
  for (let c = 0; c < cells.n.length; c++) {
    const n = cells.n[c]!;
    if (cells.wave[c] !== wave || !(n > 0)) continue;
    squares += cells.products[c * size + size - 1]! - cells.sums[c * m + m - 1]! ** 2 / n;
    df += n - 1;
  }
  return { variance: df > 0 ? squares / df : 0, df };
}

/** What the leaders' baseline means tell of their later ones, inside arms. */
function explained(
  before: readonly LeaderMean[],
  after: readonly LeaderMean[],
  design: Design,
  inside: ReturnType<typeof within>,
): Share | null {
  const [b, a] = [centred(before, design), centred(after, design)];
  const pairs = after.filter(({ leader }) => b.has(leader));
  const sum = (of: (leader: number) => number): number => pairs.reduce((total, { leader }) => total + of(leader), 0);
  const [xx, yy] = [b, a].map((means) => sum((leader) => means.get(leader)! ** 2));
  const groups = new Set(pairs.map(({ leader }) => design.arm[leader])).size;
  if (!(xx! > 0 && yy! > 0)) return null;
  const means = {
    correlation: sum((leader) => b.get(leader)! * a.get(leader)!) / Math.sqrt(xx! * yy!),
    clusters: pairs.length,
    groups,
    variance: yy! / (pairs.length - groups),
    samplingVariance: (inside.variance * pairs.reduce((total, { n }) => total + 1 / n, 0)) / pairs.length,
    samplingDf: inside.df,
  };
  return explainedBetween(means, 0.8);
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
    explainedBetween: hasChange ? explained(before, after, design, within(cells, last)) : null,
    attrition: hasChange ? before.filter(({ leader }) => !seen.has(leader)).length / before.length : null,
  };
}
