import type { Cells } from "../stats/moments.ts";
import type { Estimator, Outcome, Study } from "../study/study.ts";
import { adjustFamily, type FamilyMember } from "./adjust-family.ts";
import type { CellsOf, Rows } from "./cells-of.ts";
import { controlArm, type Design, followUpWaves } from "./design.ts";
import type { Draws } from "./draws.ts";
import type { Analysis, Estimate } from "./estimate.ts";
import { estimateRow, type Frame } from "./estimate-row.ts";
import { type EstimatorEntry, estimatorEntries, modelOf } from "./estimators.ts";
import { type ComparedEffect, inferEffects } from "./fit-effects.ts";
import { type FittedModel, fittedModels } from "./fitted-models.ts";
import type { Comparison } from "./inference.ts";
import type { ModelKind } from "./model-kinds.ts";
import { referenceSd } from "./reference-sd.ts";
import type { Missing, Warning } from "./status.ts";

/** What an analysis says of effects. */
export type Effects = Pick<Analysis, "estimates" | "contrasts" | "jointTests" | "fadeOut">;

/** One outcome of the plan on its way: its cells, its models, and the estimates that multiplicity is adjusted over. */
interface Inquiry {
  readonly study: Study;
  readonly design: Design;
  readonly outcome: Outcome;
  readonly cellsOf: (rows: Rows) => Cells | null;
  readonly fitted: (kind: ModelKind, wave: number) => FittedModel | Missing;
  readonly draws: Draws;
  readonly family: FamilyMember[];
}

/** Every arm against the control arm. */
const againstControl = (study: Study): readonly Comparison[] =>
  study.arms.flatMap(({ control }, arm) => (control ? [] : [{ arm, reference: controlArm(study) }]));

/** Of covariates that the plan names but that no row of this outcome has. */
function unusedCovariates({ study, cellsOf }: Inquiry): readonly Warning[] {
  const { covariates } = study.plan;
  return covariates.length > 0 && cellsOf("all") !== null && cellsOf("complete") === null
    ? [{ code: "column-dropped", names: covariates, count: covariates.length }]
    : [];
}

function frameOf({ study, design, outcome, cellsOf }: Inquiry, estimator: Estimator, wave: number): Frame {
  const sd = referenceSd(study, design, cellsOf("all"), wave);
  return { study, outcome, estimator, wave, sd, leaders: 0, respondents: 0 };
}

const without = (comparisons: readonly Comparison[], status: Missing): readonly ComparedEffect[] =>
  comparisons.map((comparison) => ({ ...comparison, status, numbers: null, warnings: [], contrast: null }));

function fitOf({ study, fitted }: Inquiry, entry: EstimatorEntry | undefined, wave: number): FittedModel | Missing {
  const kind = entry && modelOf(study.plan, entry);
  return kind ? fitted(kind, wave) : "not-built-yet";
}

async function estimatesOf(inquiry: Inquiry, estimator: Estimator, wave: number): Promise<readonly Estimate[]> {
  const { study, draws } = inquiry;
  const entry = estimatorEntries[estimator];
  const fitted = fitOf(inquiry, entry, wave);
  const frame = frameOf(inquiry, estimator, wave);
  const comparisons = againstControl(study);
  if (entry === undefined || typeof fitted === "string") {
    const status = typeof fitted === "string" ? fitted : "not-built-yet";
    return without(comparisons, status).map((effect) => estimateRow(frame, effect));
  }
  const { effects, leaders, respondents } = await inferEffects(fitted, comparisons, entry.infer, draws);
  const unused = modelOf(study.plan, entry)?.comparesChange ? [] : unusedCovariates(inquiry);
  return effects.map((effect) => {
    const counted = { ...frame, leaders, respondents };
    const estimate = estimateRow(counted, { ...effect, warnings: [...effect.warnings, ...unused] });
    if (effect.contrast !== null && effect.numbers !== null && inFamily(inquiry, estimator, wave)) {
      inquiry.family.push({ estimate, fit: fitted.fit, contrast: effect.contrast });
    }
    return estimate;
  });
}

const inFamily = ({ study, outcome }: Inquiry, estimator: Estimator, wave: number): boolean =>
  study.plan.primary.includes(outcome) && estimator === study.plan.estimator && wave === followUpWaves(study).at(-1);

/** Reads each kind of cells once. */
function remembered(cellsOf: CellsOf, outcome: Outcome): (rows: Rows) => Cells | null {
  const known = new Map<Rows, Cells | null>();
  return (rows) => {
    if (!known.has(rows)) known.set(rows, cellsOf(outcome, rows));
    return known.get(rows) ?? null;
  };
}

/**
 * Every effect of the plan: one estimate per outcome, non-control arm, follow-up wave and estimator, primary outcomes
 * first, the primary estimator before the robustness rows. Where there is none, the status says why. Empty for a study
 * without arms. `planned` is left null: it depends on a lock that is kept elsewhere.
 */
export async function estimateEffects(study: Study, design: Design, cellsOf: CellsOf, draws: Draws): Promise<Effects> {
  const estimates: Estimate[] = [];
  const family: FamilyMember[] = [];
  const outcomes = study.arms.length === 0 ? [] : [...study.plan.primary, ...study.plan.secondary];
  for (const outcome of outcomes) {
    const cells = remembered(cellsOf, outcome);
    const fitted = fittedModels(study, design, cells);
    const inquiry: Inquiry = { study, design, outcome, cellsOf: cells, fitted, draws, family };
    for (const wave of followUpWaves(study)) {
      for (const estimator of new Set([study.plan.estimator, ...study.plan.robustness])) {
        estimates.push(...(await estimatesOf(inquiry, estimator, wave)));
      }
    }
  }
  const adjusted = await adjustFamily(study, family, draws);
  return {
    estimates: estimates.map((row) => ({ ...row, pAdjusted: adjusted.get(row) ?? null })),
    contrasts: [],
    jointTests: [],
    fadeOut: [],
  };
}
