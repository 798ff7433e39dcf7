import { baselineWave, followUpWaves } from "../../src/estimation/design/design.ts";
import { build, buildColumns, drop, extendColumns, view, write } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import type { Outcome, Study } from "../../src/study/study.ts";
import {
  differences,
  leaderColumns,
  modelColumns,
  modelMoments,
  panelMoments,
  scoreHistograms,
  weightedMoments,
} from "../../src/tables/moments.ts";
import { resolution, scoreMoments } from "../../src/tables/scored.ts";
import { writeCatalogue } from "../catalogue.ts";
import { type Progress, runStage, type StageRun } from "../stage.ts";
import {
  type ModelColumn,
  modelColumnsOf,
  momentColumns,
  ownSubgroups,
  plannedOutcomes,
  plansEstimator,
  rowColumns,
  scoreColumn,
} from "./columns.ts";

const buildLeaderColumns = (vault: Vault, study: Study, columns: readonly ModelColumn[]): Promise<number> =>
  buildColumns(
    vault,
    leaderColumns,
    "pipelines/summarize/leader-columns.sql",
    { columns: columns.map(({ place }) => ({ place })) },
    { waves: study.waves.map(({ id }) => id) },
  );

const addModelMoments = async (
  vault: Vault,
  study: Study,
  columns: readonly ModelColumn[],
  outcomes: readonly Outcome[],
  subgroup: string,
): Promise<void> => {
  for (const outcome of outcomes) {
    const repeats = { ...momentColumns(study, columns, outcome), subgroup: [{ place: 1 }] };
    const { rater, scale } = outcome;
    const bound = { scale, subgroup };
    if (rater === null)
      await extendColumns(vault, modelMoments, "pipelines/summarize/difference-moments.sql", repeats, bound);
    else
      await extendColumns(vault, modelMoments, "pipelines/summarize/model-moments.sql", repeats, { rater, ...bound });
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
  if (columns.length > 0) await addModelMoments(vault, study, columns, plannedOutcomes(study), "");
  if (plansEstimator(study, "panel")) await addPanelMoments(vault, study, outcomes);
  if (plansEstimator(study, "sampling-weights")) await addWeightedMoments(vault, outcomes);
  await drop(vault, leaderColumns);
};

/** The rows with the columns of the plan's covariates and of a subgroup, for the queries of moments to read. */
const openRows = async (vault: Vault, study: Study, subgroup: string): Promise<readonly ModelColumn[]> => {
  const columns = modelColumnsOf(study, subgroup);
  await write(
    vault,
    modelColumns,
    columns.map(({ name: _, ...column }) => column),
  );
  await view(vault, "model_rows", "pipelines/summarize/model-rows.sql", rowColumns(study, columns));
  return columns;
};

/** Moments with covariates, and those that only some estimators need: each where the plan names what needs them. */
const summarizeModel = async (vault: Vault, study: Study): Promise<void> => {
  for (const moments of [modelMoments, panelMoments, weightedMoments]) await write(vault, moments, []);
  for (const subgroup of ownSubgroups(study)) {
    const columns = await openRows(vault, study, subgroup);
    await buildLeaderColumns(vault, study, columns);
    await addModelMoments(vault, study, columns, study.plan.primary, subgroup);
  }
  const named = plansEstimator(study, "panel") || plansEstimator(study, "sampling-weights");
  const columns = await openRows(vault, study, "");
  if (columns.length > 0 || named) await addMoments(vault, study, columns);
};

/** Histograms of what employees answer to the primary scales: of the bounds that quantiles give. */
const summarizeHistograms = async (vault: Vault, study: Study): Promise<void> => {
  await write(vault, scoreHistograms, []);
  for (const outcome of study.plan.primary) {
    const { scale, rater } = outcome;
    if (rater !== "employee") continue;
    const repeats = scoreColumn(study, outcome);
    await extendColumns(vault, scoreHistograms, "pipelines/summarize/score-histograms.sql", repeats, { scale, rater });
  }
};

/** Reduces scored responses to moments per leader and wave: all that is to the right of here. */
export const summarize = (vault: Vault, study: Study, from: string, progress: Progress): Promise<StageRun<null>> => {
  const inputs = [
    from,
    study.covariates,
    study.plan.covariates,
    plannedOutcomes(study),
    study.plan.primary,
    study.instrument.scales,
    ownSubgroups(study),
    study.waves.map(({ id, baseline }) => [id, baseline]),
    (["panel", "sampling-weights"] as const).map((estimator) => plansEstimator(study, estimator)),
  ];
  return runStage(vault, "summarize", inputs, async () => {
    await writeCatalogue(vault, study.instrument);
    await build(vault, differences, "pipelines/summarize/differences.sql", { resolution });
    progress("moments", 0.3);
    await build(vault, scoreMoments, "pipelines/summarize/score-moments.sql", { resolution });
    await summarizeHistograms(vault, study);
    progress("moments with covariates", 0.6);
    await summarizeModel(vault, study);
    return null;
  });
};
