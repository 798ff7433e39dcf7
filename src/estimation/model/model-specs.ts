import { type CellModel, type ModelRows, modelRows } from "../../stats/moments/model-rows.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import type { Rows } from "../design/cells-of.ts";
import { baselineWave } from "../design/design.ts";
import type { NotEstimable } from "../design/status.ts";
import { ancovaModel, differenceModel, type EffectModel, withinLeaderModel } from "./effect-model.ts";
import { eventTimeModel } from "./event-time-model.ts";
import { linModel } from "./lin-model.ts";
import type { EffectSource } from "./model-columns.ts";
import { countedRows, weightedAncova } from "./weighted-model.ts";

type OwnCells = (rows: Rows) => Cells | null;

/**
 * How a model of an effect is made from the cells of an outcome. Estimators that name the same one share one fit of
 * it. What cannot be set up is a status.
 */
export interface ModelSpec {
  /** Compares each arm's change since the baseline wave with the control arm's. */
  readonly comparesChange: boolean;
  /** `wave`: a model per follow-up wave; `waves`: the same model for all of them, from which each wave reads its own columns. */
  readonly spans: "wave" | "waves";
  /** Cells that enter, from those of the outcome; null where there are none. */
  readonly cells: (study: Study, cellsOf: OwnCells, wave: number) => Cells | null;
  /** Cells of the same rows, whether or not they have all covariates: the leaders' baseline means come from them. */
  readonly unadjusted: (cellsOf: OwnCells, wave: number) => Cells | null;
  /** Why there are no cells. */
  readonly absent: (study: Study) => NotEstimable;
  readonly reduce: (model: CellModel) => ModelRows;
  /** The model, or why it cannot be set up. */
  readonly build: (source: EffectSource) => EffectModel | NotEstimable;
}

/** Every row of the outcome counts once. */
const everyRow = {
  unadjusted: (cellsOf: OwnCells) => cellsOf("all"),
  absent: (): NotEstimable => "no-data",
  reduce: modelRows,
};

const withCovariates = (study: Study, cellsOf: OwnCells): Cells | null =>
  (study.plan.covariates.length > 0 ? cellsOf("complete") : null) ?? cellsOf("all");

const asPlannedForChanges: ModelSpec["cells"] = (study, cellsOf) =>
  study.plan.differenceInDifferences.covariates ? withCovariates(study, cellsOf) : cellsOf("all");

/**
 * Analysis of covariance: outcome at the wave on arm, the leader's baseline mean, blocks and covariates, over
 * respondents.
 */
export const ancova: ModelSpec = {
  comparesChange: false,
  spans: "wave",
  ...everyRow,
  cells: withCovariates,
  build: (source) => ancovaModel(source, "rows"),
};

/** One row per leader: another estimand, the mean over leaders rather than over their employees. */
export const ancovaOfMeans: ModelSpec = { ...ancova, build: (source) => ancovaModel(source, "means") };

/** Lin's (2013) adjustment: the arms interacted with the centred baseline and covariates. */
export const lin: ModelSpec = { ...ancova, build: linModel };

/** Change since the baseline, arm against control arm: arm, wave and their product, over respondents of both waves. */
export const differenceInDifferences: ModelSpec = {
  comparesChange: true,
  spans: "wave",
  ...everyRow,
  cells: asPlannedForChanges,
  build: differenceModel,
};

/** The same with an effect of every leader, absorbed: R's `lm(y ~ leader + wave + arm:wave)`. */
export const withinLeader: ModelSpec = { ...differenceInDifferences, build: withinLeaderModel };

/** The same for all waves at once, each follow-up wave with effects of its own (event study). */
export const eventTime: ModelSpec = { ...differenceInDifferences, spans: "waves", build: eventTimeModel };

/** Only the employees who answered at the baseline and at that wave under the same leader. */
export const ancovaOfPanel: ModelSpec = {
  ...ancova,
  cells: (study, cellsOf, wave) =>
    (study.plan.covariates.length > 0 ? cellsOf(`panel ${wave} complete`) : null) ?? cellsOf(`panel ${wave} all`),
  unadjusted: (cellsOf, wave) => cellsOf(`panel ${wave} all`),
  absent: (study) => (baselineWave(study) < 0 ? "no-baseline-wave" : "no-panel"),
};

/** Every row with its sampling weight, in the leaders' baseline means too. */
export const ancovaWithWeights: ModelSpec = {
  ...ancova,
  cells: (study, cellsOf) =>
    (study.plan.covariates.length > 0 ? cellsOf("weighted complete") : null) ?? cellsOf("weighted all"),
  unadjusted: (cellsOf) => cellsOf("weighted all"),
  absent: () => "no-weights",
  reduce: countedRows,
  build: weightedAncova,
};
