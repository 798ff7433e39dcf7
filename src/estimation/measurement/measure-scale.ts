import { type OneWay, oneWay, slightlySkewedVariance } from "../../stats/measurement/agreement.ts";
import {
  alphaInterval,
  cronbachAlpha,
  minimumResiduals,
  omegaTotal,
  type ReliabilityInterval,
} from "../../stats/measurement/reliability.ts";
import { itemMatrices } from "./item-matrices.ts";
import { itemStatistics } from "./item-statistics.ts";
import type { ScaleMeasurement, ScaleSums, VarianceTest } from "./measurement.ts";
import { ordinalReliability } from "./ordinal-reliability.ts";

interface Reliability {
  readonly alpha: number | null;
  readonly interval: ReliabilityInterval | null;
  readonly omega: number | null;
  readonly notes: readonly string[];
}

const none = (...notes: readonly string[]): Reliability => ({ alpha: null, interval: null, omega: null, notes });

function reliabilityOf({ kind, items, pairs, score }: ScaleSums): Reliability {
  if (score.n === 0) return none();
  if (kind === "scales") return none("Alpha and omega are for scales of items; this one is made of scales.");
  if (kind === "difference") return none("Alpha and omega are for scales of items; this one is a difference.");
  if (items.length < 2 || pairs === null) return none("Alpha and omega need at least two items.");
  const matrices = itemMatrices(items, pairs);
  const { constant, covariance, correlation } = matrices;
  const left = constant.length > 0 ? [`Without variation, left out of alpha and omega: ${constant.join(", ")}.`] : [];
  const order = matrices.items.length;
  if (order < 2) return none("Alpha and omega need at least two items whose answers vary.");
  if (!matrices.complete) return none(...left, "Some items have no two respondents, or no variation, in common.");
  const alpha = cronbachAlpha(covariance, order);
  if (alpha === null) return none(...left, "The items cancel each other out.");
  const factor = minimumResiduals(correlation, order);
  const turned = matrices.items.filter((_, i) => factor.loadings[i]! < 0);
  return {
    alpha,
    interval: alphaInterval(alpha, score.n, order),
    omega: omegaTotal(correlation, factor),
    notes: [
      ...left,
      ...(turned.length > 0 ? [`Turned for omega, because they load negatively: ${turned.join(", ")}.`] : []),
      ...(factor.heywood ? ["One item takes up the whole factor; omega is at its bound."] : []),
    ],
  };
}

interface Aggregation {
  readonly oneWay: OneWay | null;
  readonly notes: readonly string[];
}

const varianceTest = ({ f, df1, df2, p }: OneWay): VarianceTest => ({
  f: Number.isFinite(f) ? f : null,
  df1,
  df2,
  p,
});

/** Why there is no agreement, or none against the slightly skewed null. */
function agreementNotes({ kind, agreement: { leaders, answers } }: ScaleSums): readonly string[] {
  if (leaders === 0) return ["rwg needs a leader with at least two respondents who answered all items."];
  if (kind !== "items" || slightlySkewedVariance(answers) !== null) return [];
  return [`The slightly skewed null of rwg is published for 5 to 11 answers; here there are ${answers}.`];
}

function totalOf(missing: ScaleSums["missing"]): Readonly<Record<string, number>> {
  const total: Record<string, number> = {};
  for (const counts of missing) for (const [kind, n] of Object.entries(counts)) total[kind] = (total[kind] ?? 0) + n;
  return total;
}

function aggregationOf(sums: ScaleSums): Aggregation {
  const { score } = sums;
  if (score.n === 0) return { oneWay: null, notes: ["There are no answers."] };
  const result = oneWay({ ...score, clusters: score.leaders });
  const reason =
    score.leaders < 2
      ? "ICC needs at least two leaders."
      : score.n === score.leaders
        ? "ICC needs leaders with at least two respondents."
        : "ICC needs scores that vary between leaders.";
  return {
    oneWay: result,
    notes: [
      ...(result === null ? [reason] : []),
      ...(result?.f === Number.POSITIVE_INFINITY ? ["Nothing varies within leaders; F has no bound."] : []),
      ...agreementNotes(sums),
    ],
  };
}

/**
 * Mean, spread, reliability and agreement of one scale, from sums: alpha and omega, ordinary and ordinal, as R's psych,
 * ICC and rwg(j) as R's multilevel; mean and sd in the reported unit. A statistic that cannot be had is null, with the
 * reason in `notes`.
 */
export function measureScale(sums: ScaleSums): ScaleMeasurement {
  const { score, agreement } = sums;
  const reliability = reliabilityOf(sums);
  const ordinal = ordinalReliability(sums);
  const aggregation = aggregationOf(sums);
  const squares = score.sumOfSquares - (score.sum * score.sum) / score.n;
  return {
    scale: sums.scale,
    rater: sums.rater,
    wave: sums.wave,
    respondents: score.n,
    leaders: score.leaders,
    items: sums.items.length,
    mean: score.n > 0 ? score.shift + score.sum / score.n : null,
    sd: score.n > 1 ? Math.sqrt(Math.max(0, squares) / (score.n - 1)) : null,
    alpha: reliability.alpha,
    alphaLow: reliability.interval?.low ?? null,
    alphaHigh: reliability.interval?.high ?? null,
    omega: reliability.omega,
    ordinalAlpha: ordinal.alpha,
    ordinalOmega: ordinal.omega,
    icc1: aggregation.oneWay?.icc1 ?? null,
    icc2: aggregation.oneWay?.icc2 ?? null,
    iccTest: aggregation.oneWay === null ? null : varianceTest(aggregation.oneWay),
    rwg: agreement.leaders > 0 ? agreement.mean : null,
    rwgNull: "uniform",
    rwgSlightlySkewed: agreement.leaders > 0 ? agreement.skewed : null,
    missing: totalOf(sums.missing),
    itemStatistics: itemStatistics(sums),
    notes: [...reliability.notes, ...ordinal.notes, ...aggregation.notes],
  };
}
