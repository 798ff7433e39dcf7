import type { ModelRows } from "../../stats/moments/model-rows.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import { type LeastSquares, leastSquares } from "../../stats/regression/least-squares.ts";
import type { Study } from "../../study/study.ts";
import type { Rows } from "../design/cells-of.ts";
import { baselineWave, controlArm, type Design, followUpWaves } from "../design/design.ts";
import type { Missing } from "../design/status.ts";
import type { EffectModel } from "./effect-model.ts";
import type { EffectSource } from "./model-columns.ts";
import type { ModelKind } from "./model-kinds.ts";

/** A model with its least-squares fit, from which every estimator that shares it starts. */
export interface FittedModel {
  readonly source: EffectSource;
  readonly effects: EffectModel;
  readonly rows: ModelRows;
  readonly fit: LeastSquares;
}

function sourceOf(
  kind: ModelKind,
  study: Study,
  design: Design,
  cellsOf: (rows: Rows) => Cells | null,
  wave: number,
): EffectSource | Missing {
  if (controlArm(study) < 0) return "no-control-arm";
  if (!followUpWaves(study).includes(wave)) return "no-follow-up-wave";
  if (kind.comparesChange && baselineWave(study) < 0) return "no-baseline-wave";
  const cells = kind.cells(study, cellsOf, wave);
  if (cells === null) return kind.absent(study);
  return { study, design, cells, unadjusted: kind.unadjusted(cellsOf, wave), wave };
}

/** The fit of a model at a wave, or why there is none. */
export type FitOf = (kind: ModelKind, wave: number) => FittedModel | Missing;

/** The models of one outcome, each fitted once however many estimators ask for it. */
export function fittedModels(study: Study, design: Design, cellsOf: (rows: Rows) => Cells | null): FitOf {
  const latest = new Map<ModelKind, { readonly wave: number; readonly fitted: FittedModel | Missing }>();
  const fitAt = (kind: ModelKind, wave: number): FittedModel | Missing => {
    const source = sourceOf(kind, study, design, cellsOf, wave);
    if (typeof source === "string") return source;
    const effects = kind.build(source);
    if (typeof effects === "string") return effects;
    const before = kind.spans === "waves" ? latest.get(kind)?.fitted : undefined;
    if (before !== undefined && typeof before !== "string") return { ...before, source, effects };
    const rows = kind.reduce(effects.model);
    return rows.observations === 0 ? "no-data" : { source, effects, rows, fit: leastSquares(rows) };
  };
  return (kind, wave) => {
    const known = latest.get(kind);
    if (known?.wave === wave) return known.fitted;
    const fitted = fitAt(kind, wave);
    latest.set(kind, { wave, fitted });
    return fitted;
  };
}
