import { type GroupMoments, independence, respondents } from "./factor-moments.ts";
import { type FitMeasures, fitMeasures } from "./fit-measures.ts";
import { layout } from "./one-factor-evaluation.ts";
import { maximise, otherStarts, type Start, startValues } from "./one-factor-fit.ts";
import { saturation } from "./saturated-moments.ts";

/** The steps, each with more that groups share: the factor's structure only; the loadings too; the intercepts too. */
export const invarianceLevels = ["configural", "metric", "scalar"] as const;
/** A step of measurement invariance (Meredith 1993). */
export type InvarianceLevel = (typeof invarianceLevels)[number];

/** One group's parameters; the first item's loading is 1. */
export interface GroupFactor {
  readonly loadings: readonly number[];
  readonly intercepts: readonly number[];
  readonly residuals: readonly number[];
  /** Of the factor. */
  readonly mean: number;
  readonly variance: number;
}

/** The parameters that were fitted: by group (see `layout`), and which of them are free, and shared. */
export interface FactorSolution {
  readonly groups: readonly Float64Array[];
  readonly places: readonly Int32Array[];
  readonly free: number;
}

/** A multi-group one-factor model that was fitted, with each group's parameters in the order of the groups. */
export interface InvarianceFit extends FitMeasures {
  readonly groups: readonly GroupFactor[];
  readonly solution: FactorSolution;
}

/**
 * Why there is no fit: fewer than three items do not determine a factor; covariances are singular, or not all told by the
 * answers; no optimum found.
 */
export type NoFit = "too-few-items" | "singular" | "not-converged";

/** Places of the free parameters: one set of loadings, or of intercepts, for all groups where the level says so. */
function placesOf(level: InvarianceLevel, groups: number, order: number, marker: number) {
  const at = layout(order);
  let free = 0;
  const places = Array.from({ length: groups }, (_, g) => {
    const own = new Int32Array(at.length).fill(-1);
    return { own, first: g === 0 };
  });
  const shared = (from: number, skip: number): void => {
    for (let i = 0; i < order; i++) {
      if (i === skip) continue;
      for (const { own } of places) own[from + i] = free;
      free++;
    }
  };
  const separate = (from: number, count: number, skip: number): void => {
    for (const { own } of places) for (let i = 0; i < count; i++) if (i !== skip) own[from + i] = free++;
  };
  if (level === "configural") separate(at.loading, order, marker);
  else shared(at.loading, marker);
  separate(at.residual, order, -1);
  separate(at.variance, 1, -1);
  if (level === "scalar") shared(at.intercept, -1);
  else separate(at.intercept, order, -1);
  if (level === "scalar") for (const { own, first } of places) if (!first) own[at.mean] = free++;
  return { places: places.map(({ own }) => own), free };
}

/** The factor's means that the observed means suggest, the first group's intercepts standing for all. */
function withSharedIntercepts({ marker, groups }: Start, order: number): Start {
  const at = layout(order);
  const first = groups[0]!;
  return {
    marker,
    groups: groups.map((group) => {
      let [cross, squares] = [0, 0];
      for (let i = 0; i < order; i++) {
        const weight = group[at.loading + i]! / group[at.residual + i]!;
        cross += weight * (group[at.intercept + i]! - first[at.intercept + i]!);
        squares += weight * group[at.loading + i]!;
      }
      const shared = group.slice();
      shared.set(first.subarray(at.intercept, at.intercept + order), at.intercept);
      shared[at.mean] = group === first ? 0 : cross / squares;
      return shared;
    }),
  };
}

/** In the unit of the first item, as lavaan's `cfa` reports it. */
function groupFactor(parameters: Float64Array, order: number): GroupFactor {
  const at = layout(order);
  const unit = parameters[at.loading]!;
  const part = (from: number): readonly number[] => [...parameters.subarray(from, from + order)];
  return {
    loadings: part(at.loading).map((loading) => loading / unit),
    intercepts: part(at.intercept),
    residuals: part(at.residual),
    mean: parameters[at.mean]! * unit,
    variance: parameters[at.variance]! * unit * unit,
  };
}

interface Found extends FactorSolution {
  readonly value: number;
}

function fittedFrom(
  start: Start,
  groups: readonly GroupMoments[],
  order: number,
  level: InvarianceLevel,
): Found | null {
  const { places, free } = placesOf(level, groups.length, order, start.marker);
  const from = level === "scalar" ? withSharedIntercepts(start, order) : start;
  const fit = maximise({ groups, order, places, free }, from.groups);
  return fit && { value: fit.value, groups: fit.groups, places, free };
}

/** No variance is below zero. */
function isProper({ groups }: Found, order: number): boolean {
  const at = layout(order);
  return groups.every((group) => group.subarray(at.residual, at.variance + 1).every((variance) => variance > 0));
}

/** A variance below zero, or no optimum, may be a poor start's doing: then the best from several starts. */
function fitted(groups: readonly GroupMoments[], order: number, level: InvarianceLevel): Found | null {
  const first = fittedFrom(startValues(groups, order), groups, order, level);
  if (first !== null && isProper(first, order)) return first;
  return otherStarts(groups, order)
    .map((start) => fittedFrom(start, groups, order, level))
    .reduce((best, found) => (best === null || (found !== null && found.value < best.value) ? found : best), first);
}

/** Without anything shared, each group has a model of its own. */
function fittedApart(groups: readonly GroupMoments[], order: number): Found | null {
  const found = groups.map((group) => fitted([group], order, "configural"));
  if (!found.every((one) => one !== null)) return null;
  let free = 0;
  const places = found.map((one) => {
    const own = one.places[0]!.map((place) => (place < 0 ? place : place + free));
    free += one.free;
    return own;
  });
  return {
    value: found.reduce((sum, { value }) => sum + value, 0),
    groups: found.flatMap((one) => one.groups),
    places,
    free,
  };
}

/**
 * One factor of the same `order` items in several groups, by maximum likelihood from means and covariances, with ever
 * more shared (Jöreskog 1971; Meredith 1993); as lavaan's `cfa(group, group.equal, meanstructure = TRUE)`, an entry
 * per level. The first group's factor has mean 0, the first item's loading is 1. A level without a fit is a word that
 * says why.
 * Patterns of answered items make it full-information maximum likelihood, as with `missing = "ml"`, in which answers are
 * missing at random (Rubin 1976).
 */
export function factorInvariance(groups: readonly GroupMoments[], order: number): readonly (InvarianceFit | NoFit)[] {
  if (order < 3) return invarianceLevels.map(() => "too-few-items");
  const saturated = saturation(groups, order);
  if (saturated === null) return invarianceLevels.map(() => "singular");
  const independent = independence(groups, order);
  const n = groups.reduce((sum, group) => sum + respondents(group), 0);
  return invarianceLevels.map((level) => {
    const found = level === "configural" ? fittedApart(groups, order) : fitted(groups, order, level);
    if (found === null) return "not-converged";
    return {
      ...fitMeasures({ value: found.value, parameters: found.free }, saturated, independent, groups.length, n),
      groups: found.groups.map((parameters) => groupFactor(parameters, order)),
      solution: found,
    };
  });
}
