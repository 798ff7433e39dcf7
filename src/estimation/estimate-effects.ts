import type { Cells } from "../stats/moments/moments.ts";
import type { Estimator, Outcome, Study } from "../study/study.ts";
import type { Analysis } from "./analysis.ts";
import type { CellsOf, Rows } from "./design/cells-of.ts";
import { designFor } from "./design/clusters.ts";
import { againstControl, armAgainstArm, type Comparison } from "./design/comparisons.ts";
import { type Design, followUpWaves } from "./design/design.ts";
import type { Draws } from "./design/draws.ts";
import { referenceSd } from "./design/reference-sd.ts";
import type { NotEstimable, Warning } from "./design/status.ts";
import { estimateRow, type Frame } from "./estimate-row.ts";
import { adjustFamily, type FamilyMember } from "./inference/adjust-family.ts";
import type { Estimate } from "./inference/estimate.ts";
import { type EstimatorEntry, estimatorEntries, modelOf } from "./inference/estimators.ts";
import { type FadeOut, fadeOut } from "./inference/fade-out.ts";
import { type ComparedEffect, type FittedEffects, inferEffects } from "./inference/fit-effects.ts";
import { type JointEffect, jointEffect, withoutJointTest } from "./inference/joint-effect.ts";
import { adjustedInterval, minimumDetectable } from "./inference/precision.ts";
import { type FitOf, fittedModels } from "./model/fitted-models.ts";

/** What an analysis says of effects. */
export type Effects = Pick<Analysis, "estimates" | "contrasts" | "jointTests" | "fadeOut">;

/** One outcome of the plan, its cells and its models. */
interface OutcomeAnalysis {
  readonly study: Study;
  readonly design: Design;
  readonly outcome: Outcome;
  readonly cellsOf: (rows: Rows) => Cells | null;
  readonly fitted: FitOf;
  readonly draws: Draws;
}

/** What is gathered on the way. */
interface Found {
  readonly estimates: Estimate[];
  readonly contrasts: Estimate[];
  readonly jointTests: JointEffect[];
  readonly fadeOut: FadeOut[];
  readonly family: FamilyMember[];
}

/** Of covariates that the plan names but that no row of this outcome has. */
function unusedCovariates({ study, cellsOf }: OutcomeAnalysis): readonly Warning[] {
  const { covariates } = study.plan;
  return covariates.length > 0 && cellsOf("all") !== null && cellsOf("complete") === null
    ? [{ code: "column-dropped", names: covariates, count: covariates.length }]
    : [];
}

const without = (comparisons: readonly Comparison[], status: NotEstimable): readonly ComparedEffect[] =>
  comparisons.map((comparison) => ({ ...comparison, status, numbers: null, warnings: [], contrast: null }));

/** The effects of one estimator at one wave, in the order of the comparisons. */
async function effectsOf(
  analysis: OutcomeAnalysis,
  entry: EstimatorEntry,
  wave: number,
  comparisons: readonly Comparison[],
): Promise<FittedEffects | NotEstimable> {
  const spec = modelOf(analysis.study.plan, entry);
  if (spec === null) return "not-built-yet";
  const fitted = analysis.fitted(spec, wave);
  if (typeof fitted === "string") return fitted;
  const found = await inferEffects(fitted, comparisons, entry.infer, analysis.draws);
  const planned = !spec.comparesChange || analysis.study.plan.differenceInDifferences.covariates;
  const unused = planned ? unusedCovariates(analysis) : [];
  return {
    ...found,
    effects: found.effects.map((effect) => ({ ...effect, warnings: [...effect.warnings, ...unused] })),
  };
}

const inFamily = ({ study, outcome }: OutcomeAnalysis, estimator: Estimator, wave: number): boolean =>
  study.plan.primary.includes(outcome) && estimator === study.plan.estimator && wave === followUpWaves(study).at(-1);

/** Estimates, contrasts and joint test of one estimator at one wave. */
async function estimateWith(analysis: OutcomeAnalysis, estimator: Estimator, wave: number, into: Found): Promise<void> {
  const { study, design, outcome, cellsOf } = analysis;
  const entry = estimatorEntries[estimator];
  const isPrimary = estimator === study.plan.estimator;
  const comparisons = [...againstControl(study), ...(isPrimary ? armAgainstArm(study) : [])];
  const found = await effectsOf(analysis, entry, wave, comparisons);
  const missing = typeof found === "string";
  const frame: Frame = {
    study,
    outcome,
    estimator,
    wave,
    sd: referenceSd(study, design, cellsOf("all"), wave),
    leaders: missing ? 0 : found.leaders,
    respondents: missing ? 0 : found.respondents,
    byArm: missing ? [] : found.byArm,
  };
  const effects = missing ? without(comparisons, found) : found.effects;
  const rows = effects.map((effect) => estimateRow(frame, effect));
  const main = againstControl(study).length;
  into.estimates.push(...rows.slice(0, main));
  into.contrasts.push(...rows.slice(main));
  if (isPrimary || entry.inferJointly) {
    const joint = { estimator, outcome, wave: study.waves[wave]!.id };
    into.jointTests.push(
      missing
        ? withoutJointTest(joint, found)
        : jointEffect(joint, found.fitted, effects.slice(0, main), entry.inferJointly),
    );
  }
  if (missing || !inFamily(analysis, estimator, wave)) return;
  for (const [k, { contrast, numbers }] of effects.slice(0, main).entries()) {
    if (contrast && numbers) into.family.push({ estimate: rows[k]!, fit: found.fitted.fit, contrast });
  }
}

/** Reads each kind of cells once. */
function remembered(cellsOf: CellsOf, outcome: Outcome): (rows: Rows) => Cells | null {
  const known = new Map<Rows, Cells | null>();
  return (rows) => {
    if (!known.has(rows)) known.set(rows, cellsOf(outcome, rows));
    return known.get(rows) ?? null;
  };
}

/** Follow-up waves; the last wave where there is none, so that the reason is said once per estimate. */
function wavesToEstimate(study: Study): readonly number[] {
  const waves = followUpWaves(study);
  return waves.length > 0 ? waves : [study.waves.length - 1];
}

/** The row with what the correction of its family makes of it. */
function adjustedRow({ plan }: Study, row: Estimate, adjusted: ReadonlyMap<Estimate, number>): Estimate {
  const pAdjusted = adjusted.get(row);
  if (pAdjusted === undefined) return row;
  return {
    ...row,
    pAdjusted,
    adjusted: adjustedInterval(row, pAdjusted, plan.confidence),
    minimumDetectable: minimumDetectable(row, 1 - (1 - plan.confidence) / adjusted.size),
  };
}

/**
 * Every effect of the plan: one estimate per outcome, non-control arm, follow-up wave and estimator, primary outcomes
 * first, the primary estimator before the robustness rows. Where there is none, the status says why. Beside them, from
 * the same fits, arm against arm by the primary estimator, the joint tests of the arms, and how effects fade out. Empty
 * for a study without arms. `planned` is left null: it depends on a lock that is kept elsewhere.
 */
export async function estimateEffects(study: Study, design: Design, cellsOf: CellsOf, draws: Draws): Promise<Effects> {
  const found: Found = { estimates: [], contrasts: [], jointTests: [], fadeOut: [], family: [] };
  const outcomes = study.arms.length === 0 ? [] : [...study.plan.primary, ...study.plan.secondary];
  for (const outcome of outcomes) {
    const cells = remembered(cellsOf, outcome);
    const own = designFor(study, design, outcome);
    const fitted = fittedModels(study, own, cells);
    const analysis: OutcomeAnalysis = { study, design: own, outcome, cellsOf: cells, fitted, draws };
    for (const wave of wavesToEstimate(study)) {
      for (const estimator of new Set([study.plan.estimator, ...study.plan.robustness])) {
        await estimateWith(analysis, estimator, wave, found);
      }
    }
    found.fadeOut.push(...fadeOut(study, outcome, fitted));
  }
  const { family, ...effects } = found;
  const adjusted = await adjustFamily(study, family, draws);
  return { ...effects, estimates: effects.estimates.map((row) => adjustedRow(study, row, adjusted)) };
}
