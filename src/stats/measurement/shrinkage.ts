import { normalCritical } from "../distribution/distributions.ts";
import { mixedModel } from "../mixed/model.ts";
import type { CellModel } from "../moments/model-rows.ts";
import { modelRows } from "../moments/model-rows.ts";
import { leastSquares } from "../regression/least-squares.ts";

/**
 * What clusters have in common: the overall mean (in the unit of the scores) with its variance, and the variances
 * between and within clusters.
 */
export interface ClusterMeans {
  readonly mean: number;
  readonly variance: number;
  readonly between: number;
  readonly within: number;
}

/**
 * A cluster's mean drawn towards the overall mean by its reliability (0 to 1), with an interval for the cluster's true
 * mean.
 */
export interface ShrunkMean {
  readonly mean: number;
  readonly reliability: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
}

/** Whether rows of one cluster differ in the outcome by more than rounding. */
function variesInside({ cells, cluster }: Pick<CellModel, "cells" | "cluster">): boolean {
  const m = cells.columns.length;
  const packed = (m * (m + 1)) / 2;
  let [squares, within] = [0, 0];
  for (let c = 0; c < cluster.length; c++) {
    const n = cells.n[c]!;
    if (cluster[c]! < 0 || n === 0) continue;
    const square = cells.products[c * packed + packed - 1]!;
    squares += square;
    within += square - cells.sums[c * m + m - 1]! ** 2 / n;
  }
  return within > 1e-13 * squares;
}

/**
 * Overall mean and variances of a random intercept per cluster by REML, as lme4's `y ~ 1 + (1 | cluster)`, in the unit
 * of the cells. The model's own columns are not looked at. Null where no cluster has two rows or nothing varies inside.
 */
export function clusterMeans({ cells, cluster, clusters }: Omit<CellModel, "columns" | "level">): ClusterMeans | null {
  if (!variesInside({ cells, cluster })) return null;
  const ones = new Float64Array(cells.n.length).fill(1);
  const columns = [{ name: "mean", kind: "numbers", values: ones } as const];
  const rows = modelRows({ cells, cluster, clusters, columns, level: "rows" });
  const fit = leastSquares(rows);
  if (fit.columns.length === 0) return null;
  const model = mixedModel({
    fit,
    counts: rows.counts,
    effects: { inner: "cluster", outer: null },
    likelihood: "REML",
    contrasts: [Float64Array.of(1)],
  });
  const contrast = model.status === "estimated" ? model.contrasts[0] : undefined;
  if (model.status !== "estimated" || contrast === undefined) return null;
  return {
    mean: cells.shift.at(-1)! + contrast.estimate,
    variance: contrast.satterthwaite.variance,
    between: model.inner.variance,
    within: model.residual.variance,
  };
}

/** Reliability λ = τ² / (τ² + σ²/n) of the mean of n rows (Spearman–Brown of the intraclass correlation). */
export const reliabilityOfMean = ({ between, within }: Pick<ClusterMeans, "between" | "within">, n: number): number =>
  between / (between + within / n);

/**
 * Empirical-Bayes estimate μ + λ(ȳ − μ) of the true mean of a cluster of n rows (Efron & Morris 1975), equal to fixed
 * plus random effect in lme4.
 */
export const empiricalBayesMean = (means: ClusterMeans, team: { readonly n: number; readonly mean: number }): number =>
  means.mean + reliabilityOfMean(means, team.n) * (team.mean - means.mean);

/**
 * The estimate of `empiricalBayesMean` with its interval. Its variance τ²(1 − λ) + (1 − λ)²·Var(μ) is the prediction
 * error of the best linear predictor (Henderson 1975) at the estimated variances, which are taken as known: with few
 * clusters the interval is too short.
 */
export function shrunkMean(
  means: ClusterMeans,
  team: { readonly n: number; readonly mean: number },
  confidence: number,
): ShrunkMean {
  const reliability = reliabilityOfMean(means, team.n);
  const mean = empiricalBayesMean(means, team);
  const left = 1 - reliability;
  const se = Math.sqrt(means.between * left + left * left * means.variance);
  const half = normalCritical(1 - confidence) * se;
  return { mean, reliability, se, low: mean - half, high: mean + half };
}
