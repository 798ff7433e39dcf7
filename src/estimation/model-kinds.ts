import type { Cells } from "../stats/moments.ts";
import type { Study } from "../study/study.ts";
import type { Rows } from "./cells-of.ts";
import { ancovaModel, differenceModel, type EffectModel, withinLeaderModel } from "./effect-model.ts";
import { eventTimeModel } from "./event-time-model.ts";
import type { EffectSource } from "./model-columns.ts";
import type { Missing } from "./status.ts";

/** A model of an effect. Estimators that name the same kind share one fit of it. */
export interface ModelKind {
  /** Compares each arm's change since the baseline wave with the control arm's. */
  readonly comparesChange: boolean;
  /** `wave`: a model per follow-up wave; `waves`: the same model for all of them, from which each wave reads its own columns. */
  readonly spans: "wave" | "waves";
  /** Cells that enter, from those of the outcome; null where there are none. */
  readonly cells: (study: Study, cellsOf: (rows: Rows) => Cells | null) => Cells | null;
  /** The model, or why it cannot be set up. */
  readonly build: (source: EffectSource) => EffectModel | Missing;
}

const withCovariates: ModelKind["cells"] = (study, cellsOf) =>
  (study.plan.covariates.length > 0 ? cellsOf("complete") : null) ?? cellsOf("all");

const asPlannedForChanges: ModelKind["cells"] = (study, cellsOf) =>
  study.plan.differenceInDifferences.covariates ? withCovariates(study, cellsOf) : cellsOf("all");

export const ancova: ModelKind = {
  comparesChange: false,
  spans: "wave",
  cells: withCovariates,
  build: (source) => ancovaModel(source, "rows"),
};

export const ancovaOfMeans: ModelKind = { ...ancova, build: (source) => ancovaModel(source, "means") };

export const differenceInDifferences: ModelKind = {
  comparesChange: true,
  spans: "wave",
  cells: asPlannedForChanges,
  build: differenceModel,
};

export const withinLeader: ModelKind = { ...differenceInDifferences, build: withinLeaderModel };

export const eventTime: ModelKind = { ...differenceInDifferences, spans: "waves", build: eventTimeModel };
