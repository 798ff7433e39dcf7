import { type CellModel, type ModelRows, modelRows } from "../../stats/moments/model-rows.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import type { Rows } from "../design/cells-of.ts";
import { baselineWave } from "../design/design.ts";
import type { Missing } from "../design/status.ts";
import { ancovaModel, differenceModel, type EffectModel, withinLeaderModel } from "./effect-model.ts";
import { eventTimeModel } from "./event-time-model.ts";
import { linModel } from "./lin-model.ts";
import type { EffectSource } from "./model-columns.ts";
import { countedRows, weightedAncova } from "./weighted-model.ts";

type OwnCells = (rows: Rows) => Cells | null;

/** A model of an effect. Estimators that name the same kind share one fit of it. */
export interface ModelKind {
  /** Compares each arm's change since the baseline wave with the control arm's. */
  readonly comparesChange: boolean;
  /** `wave`: a model per follow-up wave; `waves`: the same model for all of them, from which each wave reads its own columns. */
  readonly spans: "wave" | "waves";
  /** Cells that enter, from those of the outcome; null where there are none. */
  readonly cells: (study: Study, cellsOf: OwnCells, wave: number) => Cells | null;
  /** Cells of the same rows, whether or not they have all covariates: the leaders' baseline means come from them. */
  readonly unadjusted: (cellsOf: OwnCells, wave: number) => Cells | null;
  /** Why there are no cells. */
  readonly absent: (study: Study) => Missing;
  readonly reduce: (model: CellModel) => ModelRows;
  /** The model, or why it cannot be set up. */
  readonly build: (source: EffectSource) => EffectModel | Missing;
}

/** Every row of the outcome counts once. */
const everyRow = {
  unadjusted: (cellsOf: OwnCells) => cellsOf("all"),
  absent: (): Missing => "no-data",
  reduce: modelRows,
};

const withCovariates = (study: Study, cellsOf: OwnCells): Cells | null =>
  (study.plan.covariates.length > 0 ? cellsOf("complete") : null) ?? cellsOf("all");

const asPlannedForChanges: ModelKind["cells"] = (study, cellsOf) =>
  study.plan.differenceInDifferences.covariates ? withCovariates(study, cellsOf) : cellsOf("all");

export const ancova: ModelKind = {
  comparesChange: false,
  spans: "wave",
  ...everyRow,
  cells: withCovariates,
  build: (source) => ancovaModel(source, "rows"),
};

/** One row per leader: another estimand, the mean over leaders rather than over their employees. */
export const ancovaOfMeans: ModelKind = { ...ancova, build: (source) => ancovaModel(source, "means") };

export const lin: ModelKind = { ...ancova, build: linModel };

export const differenceInDifferences: ModelKind = {
  comparesChange: true,
  spans: "wave",
  ...everyRow,
  cells: asPlannedForChanges,
  build: differenceModel,
};

export const withinLeader: ModelKind = { ...differenceInDifferences, build: withinLeaderModel };

export const eventTime: ModelKind = { ...differenceInDifferences, spans: "waves", build: eventTimeModel };

/** Only the employees who answered at the baseline and at that wave under the same leader. */
export const ancovaOfPanel: ModelKind = {
  ...ancova,
  cells: (study, cellsOf, wave) =>
    (study.plan.covariates.length > 0 ? cellsOf(`panel ${wave} complete`) : null) ?? cellsOf(`panel ${wave} all`),
  unadjusted: (cellsOf, wave) => cellsOf(`panel ${wave} all`),
  absent: (study) => (baselineWave(study) < 0 ? "no-baseline-wave" : "no-panel"),
};

/** Every row with its sampling weight, in the leaders' baseline means too. */
export const ancovaWithWeights: ModelKind = {
  ...ancova,
  cells: (study, cellsOf) =>
    (study.plan.covariates.length > 0 ? cellsOf("weighted complete") : null) ?? cellsOf("weighted all"),
  unadjusted: (cellsOf) => cellsOf("weighted all"),
  absent: () => "no-weights",
  reduce: countedRows,
  build: weightedAncova,
};
