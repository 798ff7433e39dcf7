import type { Cells } from "../stats/moments.ts";
import { holm } from "../stats/multiplicity.ts";
import type { Estimator, Outcome, Study } from "../study/study.ts";
import { baselineWave, controlArm, type Design, followUpWaves } from "./design.ts";
import { ancovaModel, differenceModel, type EffectSource, withinLeaderModel } from "./effect-model.ts";
import type { Estimate } from "./estimate.ts";
import { type ArmEffect, type FittedEffects, fitEffects } from "./fit-effects.ts";
import { clusterRobustInference, mixedInference, randomisationInference, wildBootstrapInference } from "./inference.ts";
import { noteOf } from "./notes.ts";
import { referenceSd } from "./reference-sd.ts";
import type { Status, Warning } from "./status.ts";

/**
 * Cells of an outcome: with `adjusted`, of the rows with all covariates of the plan, whose columns come first; else of
 * all rows, with the outcome's column only. Null where there is no row.
 */
export type CellsOf = (outcome: Outcome, adjusted: boolean) => Cells | null;

interface OutcomeCells {
  readonly adjusted: Cells | null;
  readonly unadjusted: Cells | null;
}

type Fitted = { readonly effects: FittedEffects } | { readonly missing: Status };

/** Needs a wave before: compares each arm's change with the control arm's. */
const comparesChange = (estimator: Estimator): boolean =>
  estimator === "difference-in-differences" || estimator === "leader-fixed-effects";

/** How each estimator gets from the cells to its effects. */
const effectsBy: Readonly<Partial<Record<Estimator, (source: EffectSource) => FittedEffects>>> = {
  ancova: (source) => fitEffects(source.study, ancovaModel(source, "rows"), clusterRobustInference),
  "cluster-means": (source) => fitEffects(source.study, ancovaModel(source, "means"), clusterRobustInference),
  mixed: (source) => fitEffects(source.study, ancovaModel(source, "rows"), mixedInference),
  "wild-bootstrap": (source) => fitEffects(source.study, ancovaModel(source, "rows"), wildBootstrapInference),
  randomisation: (source) => fitEffects(source.study, ancovaModel(source, "rows"), randomisationInference),
  "difference-in-differences": (source) => fitEffects(source.study, differenceModel(source), clusterRobustInference),
  "leader-fixed-effects": (source) => fitEffects(source.study, withinLeaderModel(source), clusterRobustInference),
};

function fitOutcome(study: Study, design: Design, cells: OutcomeCells, estimator: Estimator, wave: number): Fitted {
  const effects = effectsBy[estimator];
  if (effects === undefined) return { missing: "not-built-yet" };
  if (controlArm(study) < 0) return { missing: "no-control-arm" };
  const change = comparesChange(estimator);
  if (change && baselineWave(study) < 0) return { missing: "no-baseline-wave" };
  const used = change && !study.plan.differenceInDifferences.covariates ? cells.unadjusted : cells.adjusted;
  if (used === null) return { missing: "no-data" };
  return { effects: effects({ study, design, cells: used, unadjusted: cells.unadjusted, wave }) };
}

/** The mixed model has standard errors of its own; tests by draws studentise by CR1. */
function seTypeOf(study: Study, estimator: Estimator): Estimate["seType"] {
  if (estimator === "mixed") return null;
  return estimator === "wild-bootstrap" || estimator === "randomisation" ? "CR1" : study.plan.standardErrors;
}

/** What all estimates of one outcome, wave and estimator have in common. */
interface Frame {
  readonly study: Study;
  readonly outcome: Outcome;
  readonly estimator: Estimator;
  readonly wave: number;
  readonly sd: number | null;
  readonly counts: { readonly leaders: number; readonly respondents: number };
}

function estimateOf(frame: Frame, { arm, status, numbers, warnings }: ArmEffect): Estimate {
  const { study, outcome, estimator, wave, sd, counts } = frame;
  const waveId = study.waves[wave]!.id;
  const armId = study.arms[arm]!.id;
  const scale = study.instrument.scales.find(({ id }) => id === outcome.scale);
  return {
    id: [estimator, outcome.scale, outcome.rater ?? "difference", armId, waveId].join(":"),
    estimator,
    outcome: outcome.scale,
    rater: outcome.rater,
    wave: waveId,
    arm: armId,
    reference: study.arms[controlArm(study)]?.id ?? "",
    estimate: numbers?.estimate ?? null,
    se: numbers?.se ?? null,
    df: numbers?.df ?? null,
    statistic: numbers?.statistic ?? null,
    p: numbers?.p ?? null,
    pAdjusted: null,
    low: numbers?.low ?? null,
    high: numbers?.high ?? null,
    unit: scale?.index === false ? "raw" : "index",
    sd,
    standardised: numbers !== null && sd !== null && sd > 0 ? numbers.estimate / sd : null,
    minimumDetectable: null,
    equivalence: null,
    pRaw: null,
    ...counts,
    seType: numbers === null ? null : seTypeOf(study, estimator),
    status,
    planned: null,
    note: noteOf(status, warnings),
    warnings,
  };
}

/** Of covariates that the plan names but that no row of this outcome has. */
function unusedCovariates(study: Study, cells: OutcomeCells): readonly Warning[] {
  const { covariates } = study.plan;
  const unused = covariates.length > 0 && cells.adjusted !== null && cells.adjusted === cells.unadjusted;
  return unused ? [{ code: "column-dropped", names: covariates, count: covariates.length }] : [];
}

function estimatesOf(study: Study, design: Design, outcome: Outcome, cells: OutcomeCells): Estimate[] {
  const estimators = [...new Set([study.plan.estimator, ...study.plan.robustness])];
  return followUpWaves(study).flatMap((wave) =>
    estimators.flatMap((estimator) => {
      const fitted = fitOutcome(study, design, cells, estimator, wave);
      const none = "missing" in fitted;
      const frame: Frame = {
        study,
        outcome,
        estimator,
        wave,
        sd: referenceSd(study, design, cells.unadjusted, wave),
        counts: none
          ? { leaders: 0, respondents: 0 }
          : { leaders: fitted.effects.leaders, respondents: fitted.effects.respondents },
      };
      const others = study.arms.map((_, arm) => arm).filter((arm) => !study.arms[arm]!.control);
      const arms: readonly ArmEffect[] = none
        ? others.map((arm) => ({ arm, status: fitted.missing, numbers: null, warnings: [] }))
        : fitted.effects.arms;
      const unused = none || comparesChange(estimator) ? [] : unusedCovariates(study, cells);
      return arms.map((effect) => estimateOf(frame, { ...effect, warnings: [...effect.warnings, ...unused] }));
    }),
  );
}

/** Holm over the primary outcomes and arms at the last wave, primary estimator. */
function adjustForMultiplicity(
  study: Study,
  estimates: readonly Estimate[],
  primary: ReadonlySet<Outcome>,
  outcomes: ReadonlyMap<Estimate, Outcome>,
): Estimate[] {
  const last = study.waves[followUpWaves(study).at(-1) ?? -1]?.id;
  const family = estimates.filter(
    (row) =>
      row.p !== null && row.wave === last && row.estimator === study.plan.estimator && primary.has(outcomes.get(row)!),
  );
  if (study.plan.multiplicity === "none") return [...estimates];
  const adjusted = new Map(holm(family.map((row) => row.p!)).map((p, index) => [family[index]!, p]));
  return estimates.map((row) => ({ ...row, pAdjusted: adjusted.get(row) ?? null }));
}

/**
 * Every effect of the plan: one estimate per outcome, non-control arm, follow-up wave and estimator, primary outcomes
 * first, the primary estimator before the robustness rows. Where there is none, the status says why. Empty for a study
 * without arms. `planned` is left null: it depends on a lock that is kept elsewhere.
 */
export function estimateEffects(study: Study, design: Design, cellsOf: CellsOf): readonly Estimate[] {
  if (study.arms.length === 0) return [];
  const outcomeOf = new Map<Estimate, Outcome>();
  const estimates = [...study.plan.primary, ...study.plan.secondary].flatMap((outcome) => {
    const unadjusted = cellsOf(outcome, false);
    const adjusted = study.plan.covariates.length > 0 ? (cellsOf(outcome, true) ?? unadjusted) : unadjusted;
    const rows = estimatesOf(study, design, outcome, { adjusted, unadjusted });
    for (const row of rows) outcomeOf.set(row, outcome);
    return rows;
  });
  return adjustForMultiplicity(study, estimates, new Set(study.plan.primary), outcomeOf);
}
