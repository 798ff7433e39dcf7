import { type ModelColumn, modelRows } from "../../stats/moments/model-rows.ts";
import { clusterRobust } from "../../stats/regression/cluster-robust.ts";
import type { LeastSquares } from "../../stats/regression/least-squares.ts";
import { twoStageLeastSquares } from "../../stats/regression/two-stage.ts";
import type { Comparison } from "../design/comparisons.ts";
import { controlArm } from "../design/design.ts";
import type { Detail, NotEstimable, Warning } from "../design/status.ts";
import { type TakeUp, takeUp, unknown } from "../design/take-up.ts";
import { ancovaModel, type EffectModel } from "../model/effect-model.ts";
import { type EffectSource, leadersIn } from "../model/model-columns.ts";
import { ancova, type ModelSpec } from "../model/model-specs.ts";
import { contrastOf } from "./fit-effects.ts";
import { clusterRobustInference, type FittedContrasts, type Infer } from "./inference.ts";

/** Below this first-stage F assignment is a weak instrument (Staiger & Stock 1997). */
const weakBelow = 10;
/** Part of a take-up's sum of squares below which the first stage left nothing. */
const rounding = 1e-13;

/** The ANCOVA of the leaders of whom it is known whether they were trained. */
export const ancovaOfKnownTakeUp: ModelSpec = {
  ...ancova,
  build: (source: EffectSource): EffectModel | NotEstimable => {
    const { trainedIn } = takeUp(source.study, source.design);
    if (trainedIn.every((arm) => arm < 0)) return "no-take-up";
    const arm = source.design.arm.map((own, g) => (trainedIn[g] === unknown ? -1 : own));
    return ancovaModel({ ...source, design: { ...source.design, arm } }, "rows");
  },
};

/** Leaders in a model, of one arm. */
function leadersOf({ model, design }: EffectModel, arm: number): readonly number[] {
  return [...leadersIn(model)].filter((leader) => design.arm[leader] === arm);
}

/** Arms whose training somebody in the model had, and the column that says who. */
function trainings({ source: { study }, effects }: FittedContrasts, { trainedIn }: TakeUp) {
  const { cells, cluster, columns } = effects.model;
  const codes = cells.leader.map((leader) => trainedIn[leader]!);
  return study.arms.flatMap(({ id }, arm) => {
    const instrument = effects.effectColumn[arm]!;
    const had = codes.some((code, c) => code === arm && cluster[c]! >= 0 && cells.n[c]! > 0);
    if (!had || !columns.some(({ name }) => name === instrument)) return [];
    const column: ModelColumn = { name: `trained ${id}`, kind: "indicator", codes, code: arm };
    return [{ arm, instrument, column }];
  });
}

/** t² of assignment in the regression of its take-up; null where everyone did as assigned. */
function firstStage(given: FittedContrasts, stage: LeastSquares, instrument: string): number | null {
  const explained = stage.columns.indexOf(instrument);
  const squares = stage.coefficients[explained]! ** 2 * stage.observations;
  if (explained < 0 || !(stage.residualSumOfSquares > rounding * squares)) return null;
  const contrast = Float64Array.from(stage.columns, (_, k) => Number(k === explained));
  const type = given.source.study.plan.standardErrors;
  const { estimate, variance } = clusterRobust(stage, type, [contrast]).contrasts[0]!;
  return estimate ** 2 / variance;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Attendance, descriptively: nobody drew how often to attend. */
function attendance(
  { source, effects }: FittedContrasts,
  { trainedIn }: TakeUp,
  { arm, reference }: Comparison,
): Detail[] {
  const own = leadersOf(effects, arm);
  const share = (side: number): number => mean(leadersOf(effects, side).map((g) => Number(trainedIn[g]! >= 0)));
  return [
    { code: "sessions", value: mean(own.map((g) => source.design.attended[g]!)) },
    { code: "trained", value: share(arm) },
    { code: "trained-reference", value: share(reference) },
  ];
}

function takeUpWarnings({ source, effects }: FittedContrasts, taken: TakeUp, weak: readonly string[]): Warning[] {
  const { cells, design, wave, study } = source;
  const present = new Set(cells.leader.filter((leader, c) => cells.wave[c] === wave && design.arm[leader]! >= 0));
  const counted = [...present].filter((leader) => taken.trainedIn[leader] === unknown).length;
  const control = new Set(leadersOf(effects, controlArm(study)));
  const within = (leaders: readonly number[]): number => leaders.filter((leader) => control.has(leader)).length;
  const warnings: Warning[] = [
    { code: "weak-instrument", names: weak, count: weak.length },
    { code: "take-up-unknown", names: [], count: counted },
    { code: "take-up-assumed", names: [], count: within(taken.assumed) },
    { code: "take-up-unplaced", names: [], count: within(taken.unplaced) },
  ];
  return warnings.filter(({ count }) => count > 0);
}

/**
 * Complier average effect: the outcome on training, with assignment to each arm as the instrument of its training
 * (two-stage least squares, exactly identified: Angrist, Imbens & Rubin 1996), columns and standard errors as in the
 * ANCOVA. An arm in which nobody was trained keeps its own column, so that its leaders are no control leaders.
 */
export const complierInference: Infer = async (given) => {
  const { source, effects, comparisons } = given;
  const { study } = source;
  const taken = takeUp(study, source.design);
  const trained = trainings(given, taken);
  const rows = modelRows({
    ...effects.model,
    columns: [...effects.model.columns, ...trained.map(({ column }) => column)],
  });
  const { fit, first } = twoStageLeastSquares(rows, {
    endogenous: trained.map(({ column }) => column.name),
    instruments: trained.map(({ instrument }) => instrument),
  });
  const nameOf = (arm: number): string => trained.find((one) => one.arm === arm)?.column.name ?? "";
  const second: FittedContrasts = {
    ...given,
    rows,
    fit,
    effects: { ...effects, effectColumn: study.arms.map((_, arm) => nameOf(arm)) },
  };
  const strength = new Map(trained.map(({ arm, instrument }, k) => [arm, firstStage(given, first[k]!, instrument)]));
  const untaken = (arm: number): boolean => arm !== controlArm(study) && nameOf(arm) === "";
  const asked = comparisons.map((comparison) =>
    untaken(comparison.arm) || untaken(comparison.reference) ? null : contrastOf(second, comparison),
  );
  const contrasts = asked.filter((contrast) => contrast !== null);
  const found = await clusterRobustInference({ ...second, contrasts });
  const weak = study.arms.flatMap(({ id }, arm) => ((strength.get(arm) ?? weakBelow) < weakBelow ? [id] : []));
  return {
    effects: comparisons.map((comparison, k) => {
      if (untaken(comparison.arm) || untaken(comparison.reference)) return "no-take-up";
      const contrast = asked[k] ?? null;
      const result = (contrast && found.effects[contrasts.indexOf(contrast)]) ?? "not-identified";
      if (typeof result === "string") return result;
      const f = strength.get(comparison.arm) ?? null;
      const stage: Detail[] = f === null ? [] : [{ code: "first-stage-f", value: f }];
      return { ...result, details: [...stage, ...attendance(given, taken, comparison)] };
    }),
    warnings: [...found.warnings, ...takeUpWarnings(given, taken, weak)],
  };
};
