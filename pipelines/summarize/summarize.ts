import { baselineWave, followUpWaves } from "../../src/estimation/design/design.ts";
import { build, buildColumns, drop, extendColumns, view, write } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import type { Study } from "../../src/study/study.ts";
import {
  differences,
  leaderColumns,
  modelColumns,
  modelMoments,
  panelMoments,
  weightedMoments,
} from "../../src/tables/moments.ts";
import { resolution, scoreMoments } from "../../src/tables/scored.ts";
import { writeCatalogue } from "../catalogue.ts";
import { type Progress, runStage, type StageRun } from "../stage.ts";
import {
  type ModelColumn,
  modelColumnsOf,
  momentColumns,
  plannedOutcomes,
  plansEstimator,
  rowColumns,
} from "./columns.ts";

const buildLeaderColumns = (vault: Vault, study: Study, columns: readonly ModelColumn[]): Promise<number> =>
  buildColumns(
    vault,
    leaderColumns,
    "pipelines/summarize/leader-columns.sql",
    { columns: columns.map(({ place }) => ({ place })) },
    { waves: study.waves.map(({ id }) => id) },
  );

const addModelMoments = async (vault: Vault, study: Study, columns: readonly ModelColumn[]): Promise<void> => {
  for (const outcome of plannedOutcomes(study)) {
    const repeats = momentColumns(study, columns, outcome);
    const { rater, scale } = outcome;
    if (rater === null)
      await extendColumns(vault, modelMoments, "pipelines/summarize/difference-moments.sql", repeats, { scale });
    else await extendColumns(vault, modelMoments, "pipelines/summarize/model-moments.sql", repeats, { rater, scale });
  }
};

/** Outcomes that respondents answer, each with the model columns that its rows may be complete in. */
const answeredOutcomes = (study: Study, columns: readonly ModelColumn[]) => {
  const extents = [{ extent: "all", columns: [] }, ...(columns.length > 0 ? [{ extent: "complete", columns }] : [])];
  return plannedOutcomes(study).flatMap((outcome) =>
    outcome.rater === null
      ? []
      : extents.map(({ extent, columns }) => ({
          repeats: momentColumns(study, columns, outcome),
          parameters: { extent, rater: outcome.rater, scale: outcome.scale },
        })),
  );
};

type AnsweredOutcome = ReturnType<typeof answeredOutcomes>[number];

/** Moments of those who answered twice, for every wave after the baseline. */
const addPanelMoments = async (vault: Vault, study: Study, outcomes: readonly AnsweredOutcome[]): Promise<void> => {
  const baseline = study.waves[baselineWave(study)]?.id;
  if (baseline === undefined) return;
  for (const wave of followUpWaves(study)) {
    const panel = study.waves[wave]?.id ?? "";
    for (const { repeats, parameters } of outcomes)
      await extendColumns(
        vault,
        panelMoments,
        "pipelines/summarize/model-moments.sql",
        { ...repeats, panel: [{ wave }] },
        { ...parameters, baseline, panel },
      );
  }
};

const addWeightedMoments = async (vault: Vault, outcomes: readonly AnsweredOutcome[]): Promise<void> => {
  for (const { repeats, parameters } of outcomes)
    await extendColumns(vault, weightedMoments, "pipelines/summarize/weighted-moments.sql", repeats, parameters);
};

const addMoments = async (vault: Vault, study: Study, columns: readonly ModelColumn[]): Promise<void> => {
  const outcomes = answeredOutcomes(study, columns);
  if (columns.length > 0) await buildLeaderColumns(vault, study, columns);
  if (columns.length > 0) await addModelMoments(vault, study, columns);
  if (plansEstimator(study, "panel")) await addPanelMoments(vault, study, outcomes);
  if (plansEstimator(study, "sampling-weights")) await addWeightedMoments(vault, outcomes);
  await drop(vault, leaderColumns);
};

/** Moments with covariates, and those that only some estimators need: each where the plan names what needs them. */
const summarizeModel = async (vault: Vault, study: Study): Promise<void> => {
  const columns = modelColumnsOf(study);
  await write(
    vault,
    modelColumns,
    columns.map(({ name: _, ...column }) => column),
  );
  for (const moments of [modelMoments, panelMoments, weightedMoments]) await write(vault, moments, []);
  const named = plansEstimator(study, "panel") || plansEstimator(study, "sampling-weights");
  if (columns.length === 0 && !named) return;
  await view(vault, "model_rows", "pipelines/summarize/model-rows.sql", rowColumns(study, columns));
  await addMoments(vault, study, columns);
};

/** Reduces scored responses to moments per leader and wave: all that is to the right of here. */
export const summarize = (vault: Vault, study: Study, from: string, progress: Progress): Promise<StageRun<null>> => {
  const inputs = [
    from,
    study.covariates,
    study.plan.covariates,
    plannedOutcomes(study),
    study.instrument.scales,
    study.waves.map(({ id, baseline }) => [id, baseline]),
    (["panel", "sampling-weights"] as const).map((estimator) => plansEstimator(study, estimator)),
  ];
  return runStage(vault, "summarize", inputs, async () => {
    await writeCatalogue(vault, study.instrument);
    await build(vault, differences, "pipelines/summarize/differences.sql", { resolution });
    progress("moments", 0.3);
    await build(vault, scoreMoments, "pipelines/summarize/score-moments.sql", { resolution });
    progress("moments with covariates", 0.6);
    await summarizeModel(vault, study);
    return null;
  });
};
