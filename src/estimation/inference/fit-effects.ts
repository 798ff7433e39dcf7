import { dot, orthonormalContrast } from "../../stats/regression/cluster-robust.ts";
import type { LeastSquares } from "../../stats/regression/least-squares.ts";
import { linearContrast } from "../../stats/regression/linear-contrast.ts";
import type { Study } from "../../study/study.ts";
import type { Comparison } from "../design/comparisons.ts";
import { isByUnit } from "../design/design.ts";
import type { Draws } from "../design/draws.ts";
import type { NotEstimable, Status, Warning } from "../design/status.ts";
import { type ArmSupport, armSupport } from "../model/arm-support.ts";
import type { EffectModel } from "../model/effect-model.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import { isArmColumn, leadersIn, reportedName } from "../model/model-columns.ts";
import type { EffectNumbers, FittedContrasts, Infer } from "./inference.ts";

/** The effect of one arm against another, or the reason why there is none. */
export interface ComparedEffect extends Comparison {
  readonly status: Status;
  readonly numbers: EffectNumbers | null;
  readonly warnings: readonly Warning[];
  /** The contrast of the coefficients; null where it is not identified. */
  readonly contrast: Float64Array | null;
}

/** All effects that were asked of one model, and how many leaders and respondents are in it. */
export interface FittedEffects {
  readonly fitted: FittedModel;
  readonly effects: readonly ComparedEffect[];
  readonly leaders: number;
  readonly respondents: number;
  /** By index in `study.arms`. */
  readonly byArm: readonly ArmSupport[];
}

/** Part of the outcome's sum of squares below which a residual is rounding. */
const rounding = 1e-13;
/** Part of the standard error under independent rows below which a standard error is rounding. */
const errorRounding = 1e-10;

function countStatus({ clustersByArm, design }: EffectModel, { arm, reference }: Comparison): Status {
  const fewest = Math.min(clustersByArm[arm]!, clustersByArm[reference]!);
  if (fewest === 0) return "arm-empty";
  return fewest >= 2 ? "estimated" : isByUnit(design) ? "too-few-units" : "too-few-leaders";
}

/**
 * The contrast of the coefficients that is the arm's effect: +1 for the column of the arm, −1 for that of the
 * reference; the control arm has none. Null where not identified.
 */
export function contrastOf({ effects, fit }: FittedModel, { arm, reference }: Comparison): Float64Array | null {
  const sides = [
    [effects.effectColumn[arm]!, 1],
    [effects.effectColumn[reference]!, -1],
  ] as const;
  return linearContrast(fit, Object.fromEntries(sides.filter(([column]) => column !== "")));
}

function modelWarnings({ source: { study }, effects, fit }: FittedModel): Warning[] {
  const ofEffects = (name: string): boolean =>
    effects.effectColumn.includes(name) || (isArmColumn(study, name) && name.includes(" × "));
  const dropped = fit.dropped.flatMap(({ name }) => (ofEffects(name) ? [] : [reportedName(name)]));
  const late = study.covariates
    .filter(({ id, from }) => from !== "roster" && study.plan.covariates.includes(id))
    .map(({ id }) => id);
  const covariates = effects.model.cells.columns.length > 1;
  const warnings: (Warning | null)[] = [
    dropped.length > 0 ? { code: "column-dropped", names: dropped, count: dropped.length } : null,
    effects.imputed > 0 ? { code: "baseline-imputed", names: [], count: effects.imputed } : null,
    covariates && late.length > 0 ? { code: "covariate-after-training", names: late, count: late.length } : null,
    effects.dropped > 0 ? { code: "rows-dropped", names: [], count: effects.dropped } : null,
  ];
  return warnings.filter((warning) => warning !== null);
}

function armWarnings(study: Study, { clustersByArm, design }: EffectModel, { arm, reference }: Comparison): Warning[] {
  const code = isByUnit(design) ? "arm-below-12-units" : "arm-below-12-leaders";
  return [arm, reference]
    .filter((index) => clustersByArm[index]! < 12)
    .map((index) => ({ code, names: [study.arms[index]!.id], count: clustersByArm[index]! }));
}

/** Two ways to the same df of four part by less. */
const dfRounding = 1e-6;

const lowDf = (study: Study, arm: number, found: EffectNumbers | null): Warning[] =>
  found?.df != null && found.df < 4 - dfRounding
    ? [{ code: "df-below-4", names: [study.arms[arm]!.id], count: 1 }]
    : [];

/** Sum of squares of the (shifted) outcome over the rows of the model. */
function outcomeSquares({ model: { cells, cluster } }: EffectModel): number {
  const size = (cells.columns.length * (cells.columns.length + 1)) / 2;
  return cluster.reduce((sum, g, c) => (g < 0 ? sum : sum + cells.products[c * size + size - 1]!), 0);
}

/** The numbers, unless their standard error is the rounding of a sum that is zero. */
export function beyondRounding(
  fit: LeastSquares,
  contrast: Float64Array | null,
  found: EffectNumbers | NotEstimable,
): EffectNumbers | NotEstimable {
  if (typeof found === "string" || contrast === null) return found;
  const direction = orthonormalContrast(fit, contrast);
  const variance = (dot(direction, 0, direction) * fit.residualSumOfSquares) / fit.observations;
  return found.se > errorRounding * Math.sqrt(variance) ? found : "no-variation";
}

/** Whether what a fit leaves of the outcome is rounding. */
export const fitsExactly = (fit: LeastSquares, effects: EffectModel): boolean =>
  !(fit.residualSumOfSquares > rounding * outcomeSquares(effects));

/** Why there is nothing to infer, before any inference. */
export function notEstimable(
  fitted: FittedModel,
  comparison: Comparison,
  contrast: Float64Array | null,
): NotEstimable | null {
  const few = countStatus(fitted.effects, comparison);
  if (few !== "estimated") return few;
  if (fitsExactly(fitted.fit, fitted.effects)) return "no-variation";
  return contrast === null ? "not-identified" : null;
}

/** Respondents behind a model, also where leaders' means are its rows. */
const respondentsIn = ({ effects: { model }, rows }: FittedModel): number =>
  model.level === "means" ? rows.counts.reduce((sum, n) => sum + n, 0) : rows.observations;

/**
 * Asks a fitted model for the effect of each comparison, in their order. An effect that cannot be had keeps its place,
 * with a status and no numbers.
 */
export async function inferEffects(
  fitted: FittedModel,
  comparisons: readonly Comparison[],
  infer: Infer,
  draws: Draws,
): Promise<FittedEffects> {
  const { effects, fit, source } = fitted;
  const asked = comparisons.map((comparison) => {
    const contrast = contrastOf(fitted, comparison);
    return { comparison, contrast, refused: notEstimable(fitted, comparison, contrast) };
  });
  const known = asked.flatMap(({ comparison, contrast }) => (contrast ? [{ comparison, contrast }] : []));
  const given: FittedContrasts = {
    ...fitted,
    comparisons: known.map(({ comparison }) => comparison),
    contrasts: known.map(({ contrast }) => contrast),
    draws,
  };
  const hopeless = asked.every(({ refused }) => refused !== null);
  const inference = hopeless ? { effects: [], warnings: [] } : await infer(given);
  const shared = [...modelWarnings(fitted), ...inference.warnings];
  return {
    fitted,
    effects: asked.map(({ comparison, contrast, refused }): ComparedEffect => {
      const at = given.comparisons.indexOf(comparison);
      const found = refused ?? beyondRounding(fit, contrast, inference.effects[at] ?? "not-identified");
      const numbers = typeof found === "string" ? null : found;
      const own = [...lowDf(source.study, comparison.arm, numbers), ...armWarnings(source.study, effects, comparison)];
      const status = typeof found === "string" ? found : "estimated";
      return { ...comparison, status, numbers, warnings: [...own, ...shared], contrast };
    }),
    leaders: leadersIn(effects.model).size,
    respondents: respondentsIn(fitted),
    byArm: armSupport(fitted),
  };
}
