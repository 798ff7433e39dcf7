import { chiSquareUpper } from "../distribution/distributions.ts";
import { choleskyDropping } from "../matrix/cholesky.ts";
import { invertPositive } from "../matrix/small-matrix.ts";
import { solveRows } from "../matrix/triangular.ts";
import { answeringClusters, type ClusterGroup, eachGradient } from "./cluster-gradients.ts";
import type { FactorSolution, InvarianceFit, NoFit } from "./confirmatory-factor.ts";
import type { GroupMoments } from "./factor-moments.ts";
import { addParameterGradient, layout, modelled } from "./one-factor-evaluation.ts";
import { derivativesAt } from "./one-factor-fit.ts";
import { covariancePlace, momentCount, momentsOf, saturatedInformation } from "./saturated-information.ts";
import { saturatedMoments } from "./saturated-moments.ts";

/** The answers of groups by cluster; a cluster may answer in several groups. */
export interface ClusteredGroups {
  readonly clusters: number;
  readonly groups: readonly ClusterGroup[];
}

/** χ² divided by what clusters make of it, and its rise against the level before. */
export interface ClusterRobustTest {
  /** By how much χ² is too large. */
  readonly scale: number;
  readonly chiSquared: number;
  readonly p: number;
  readonly change: {
    readonly scale: number;
    readonly chiSquared: number;
    readonly df: number;
    readonly p: number;
  } | null;
}

/** c / (c − 1) of the c clusters that have answers in a group; null of fewer than two. */
function correction(group: ClusterGroup, clusters: number): number | null {
  const own = answeringClusters([group], clusters);
  return own < 2 ? null : own / (own - 1);
}

/** tr(A⁻¹ B): A half of a matrix of second derivatives, B a quarter of the sum of gg' over rows, which are destroyed. */
function trace(curvature: Float64Array, width: number, rows: Float64Array): number | null {
  const { factor, dropped } = choleskyDropping(curvature, width, 1e-13);
  if (dropped.length > 0) return null;
  solveRows(factor, width, rows);
  let sum = 0;
  for (const value of rows) sum += value * value;
  return sum / 2;
}

/** That trace of means and covariances that nothing restricts. */
function saturatedTrace(group: GroupMoments, clustered: ClusterGroup, clusters: number, order: number): number | null {
  const moments = saturatedMoments(group, order);
  const curvature = moments && saturatedInformation(group, moments);
  const factor = correction(clustered, clusters);
  if (moments === null || curvature === null || factor === null) return null;
  const width = momentCount(order);
  const rows = new Float64Array(clusters * width);
  for (const pattern of clustered.patterns) {
    const { items } = pattern;
    const own = momentsOf(items, moments);
    const inverse = invertPositive(own.covariance, items.length);
    if (inverse === null) return null;
    eachGradient(pattern, { means: own.means, inverse: inverse.matrix }, (cluster, { misfit, score }) => {
      for (let a = 0; a < items.length; a++) {
        rows[cluster * width + items[a]!]! += 2 * score[a]!;
        for (let b = 0; b <= a; b++)
          rows[cluster * width + covariancePlace(order, items[a]!, items[b]!)]! +=
            (a === b ? 1 : 2) * misfit[a * items.length + b]!;
      }
    });
  }
  const found = trace(curvature, width, rows);
  return found === null ? null : factor * found;
}

/** Adds the gradients of a group's clusters in the free parameters; false where the model's covariances are singular. */
function addGroup(
  rows: Float64Array,
  { patterns }: ClusterGroup,
  weight: number,
  g: number,
  found: FactorSolution,
): boolean {
  const { groups, places, free } = found;
  const [parameters, own] = [groups[g]!, places[g]!];
  const order = (parameters.length - 2) / 3;
  const slope = new Float64Array(layout(order).length);
  return patterns.every((pattern) => {
    const { means, covariance } = modelled(pattern.items, parameters, order);
    const inverse = invertPositive(covariance, pattern.items.length);
    if (inverse === null) return false;
    eachGradient(pattern, { means, inverse: inverse.matrix }, (cluster, gradient) => {
      slope.fill(0);
      addParameterGradient(slope, pattern.items, gradient, parameters, order);
      for (let k = 0; k < own.length; k++) if (own[k]! >= 0) rows[cluster * free + own[k]!]! += weight * slope[k]!;
    });
    return true;
  });
}

/** That trace of the model's parameters, over all groups. */
function modelTrace(
  groups: readonly GroupMoments[],
  { clusters, groups: clustered }: ClusteredGroups,
  found: FactorSolution,
) {
  const order = (found.groups[0]!.length - 2) / 3;
  const derivatives = derivativesAt({ groups, order, places: found.places, free: found.free }, found.groups);
  if (derivatives === null) return null;
  const rows = new Float64Array(clusters * found.free);
  const added = clustered.every((group, g) => {
    const factor = correction(group, clusters);
    return factor !== null && addGroup(rows, group, Math.sqrt(factor), g, found);
  });
  return added ? trace(derivatives.observed, found.free, rows) : null;
}

function changeFrom(before: InvarianceFit, fit: InvarianceFit, [sum, sumBefore]: readonly [number, number]) {
  const df = fit.df - before.df;
  const scale = (sum - sumBefore) / df;
  const chiSquared = Math.max(0, fit.chiSquared - before.chiSquared) / scale;
  return scale > 0 ? { scale, chiSquared, df, p: chiSquareUpper(chiSquared, df) } : null;
}

/**
 * χ² of invariance models whose respondents share clusters: divided by the mean of the weights of the χ²₁ variables that
 * it is a sum of (Yuan & Bentler 2000 for missing answers; the variant of Asparouhov & Muthén 2005), the weights from
 * cluster totals of scores, which are linear in a cluster's sums and products of answers; rises by Satorra & Bentler
 * (2001). As lavaan's `estimator = "MLR", cluster =`, and with the covariances between groups of a cluster that is in
 * several, which lavaan leaves out. Null where a group has fewer than two clusters, without degrees of freedom, and where
 * the scale is not above zero, which happens with few clusters.
 */
export function clusterRobustTests(
  groups: readonly GroupMoments[],
  order: number,
  fits: readonly (InvarianceFit | NoFit)[],
  clustered: ClusteredGroups,
): readonly (ClusterRobustTest | null)[] {
  const saturated = groups.map((group, g) => saturatedTrace(group, clustered.groups[g]!, clustered.clusters, order));
  if (!saturated.every((one) => one !== null)) return fits.map(() => null);
  const all = saturated.reduce((sum, one) => sum + one, 0);
  const sums = fits.map((fit) => {
    if (typeof fit === "string") return null;
    const found = modelTrace(groups, clustered, fit.solution);
    return found === null ? null : fit.df === 0 ? 0 : all - found;
  });
  return fits.map((fit, k) => {
    const [sum, sumBefore, before] = [sums[k] ?? null, sums[k - 1] ?? null, fits[k - 1]];
    if (typeof fit === "string" || sum === null || fit.df === 0) return null;
    const scale = sum / fit.df;
    if (!(scale > 0)) return null;
    const chiSquared = fit.chiSquared / scale;
    const change =
      before === undefined || typeof before === "string" || sumBefore === null
        ? null
        : changeFrom(before, fit, [sum, sumBefore]);
    return { scale, chiSquared, p: chiSquareUpper(chiSquared, fit.df), change };
  });
}
