import type { ModelRows } from "../../stats/moments/model-rows.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import { type LeastSquares, leastSquares } from "../../stats/regression/least-squares.ts";
import type { Study } from "../../study/study.ts";
import type { Rows } from "../design/cells-of.ts";
import { baselineWave, controlArm, type Design, followUpWaves } from "../design/design.ts";
import type { NotEstimable } from "../design/status.ts";
import type { EffectModel } from "./effect-model.ts";
import type { EffectSource } from "./model-columns.ts";
import type { ModelSpec } from "./model-specs.ts";

/** A model with its least-squares fit, from which every estimator that shares it starts. */
export interface FittedModel {
  readonly source: EffectSource;
  readonly effects: EffectModel;
  readonly rows: ModelRows;
  readonly fit: LeastSquares;
}

function sourceOf(
  spec: ModelSpec,
  study: Study,
  design: Design,
  cellsOf: (rows: Rows) => Cells | null,
  wave: number,
): EffectSource | NotEstimable {
  if (controlArm(study) < 0) return "no-control-arm";
  if (!followUpWaves(study).includes(wave)) return "no-follow-up-wave";
  if (spec.comparesChange && baselineWave(study) < 0) return "no-baseline-wave";
  const cells = spec.cells(study, cellsOf, wave);
  if (cells === null) return spec.absent(study);
  return { study, design, cells, unadjusted: spec.unadjusted(cellsOf, wave), wave };
}

/** The fit of a model at a wave, or why there is none. */
export type FitOf = (spec: ModelSpec, wave: number) => FittedModel | NotEstimable;

/**
 * The models of one outcome, each fitted once however many estimators ask for it. `cellsOf` gives the outcome's cells,
 * null where there are none.
 */
export function fittedModels(study: Study, design: Design, cellsOf: (rows: Rows) => Cells | null): FitOf {
  const latest = new Map<ModelSpec, { readonly wave: number; readonly fitted: FittedModel | NotEstimable }>();
  const fitAt = (spec: ModelSpec, wave: number): FittedModel | NotEstimable => {
    const source = sourceOf(spec, study, design, cellsOf, wave);
    if (typeof source === "string") return source;
    const effects = spec.build(source);
    if (typeof effects === "string") return effects;
    const before = spec.spans === "waves" ? latest.get(spec)?.fitted : undefined;
    if (before !== undefined && typeof before !== "string") return { ...before, source, effects };
    const rows = spec.reduce(effects.model);
    return rows.observations === 0 ? "no-data" : { source, effects, rows, fit: leastSquares(rows) };
  };
  return (spec, wave) => {
    const known = latest.get(spec);
    if (known?.wave === wave) return known.fitted;
    const fitted = fitAt(spec, wave);
    latest.set(spec, { wave, fitted });
    return fitted;
  };
}
