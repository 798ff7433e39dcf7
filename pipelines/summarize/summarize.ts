import { baselineWave, followUpWaves } from "../../src/estimation/design/design.ts";
import { build, buildColumns, drop, extendColumns, type Vault, write } from "../../src/store/vault.ts";
import type { Outcome, Study } from "../../src/study/study.ts";
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
  columnParameters,
  type ModelColumn,
  modelColumnsOf,
  momentColumns,
  outcomeName,
  ownSubgroups,
  placesOf,
  plannedOutcomes,
  plansEstimator,
  withLevel,
} from "./columns.ts";

const buildLeaderColumns = (vault: Vault, study: Study, columns: readonly ModelColumn[]): Promise<number> =>
  buildColumns(
    vault,
    leaderColumns,
    "pipelines/summarize/leader-columns.sql",
    {
      covariates: study.covariates.map((_, index) => ({ covariate: index + 1 })),
      columns: placesOf(columns),
      numbers: placesOf(columns.filter((column) => !withLevel(column))),
      codes: placesOf(columns.filter(withLevel)),
    },
    {
      ...columnParameters(columns),
      ...Object.fromEntries(columns.map(({ place, source }) => [`source_${place}`, source])),
      resolution,
      waves: study.waves.map(({ id }) => id),
    },
  );

const addModelMoments = async (
  vault: Vault,
  study: Study,
  columns: readonly ModelColumn[],
  outcome: Outcome,
  subgroup: string,
): Promise<void> => {
  const { rater, scale } = outcome;
  const { repeats, parameters } = momentColumns(study, columns, outcome);
  if (rater === null)
    await extendColumns(vault, modelMoments, "pipelines/summarize/difference-moments.sql", repeats, {
      scale,
      subgroup,
    });
  else
    await extendColumns(vault, modelMoments, "pipelines/summarize/model-moments.sql", repeats, {
      ...parameters,
      rater,
      scale,
      subgroup,
    });
};

/** Moments with the columns of the plan's covariates and of a subgroup. */
const summarizeColumns = async (vault: Vault, study: Study, subgroup: string): Promise<void> => {
  const columns = modelColumnsOf(study, subgroup);
  await write(
    vault,
    modelColumns,
    columns.map(({ name: _, ...column }) => column),
  );
  if (columns.length === 0) return;
  await buildLeaderColumns(vault, study, columns);
  const wanted = subgroup === "" ? plannedOutcomes(study) : study.plan.primary;
  const outcomes = new Map(wanted.map((outcome) => [outcomeName(outcome), outcome]));
  for (const outcome of outcomes.values()) await addModelMoments(vault, study, columns, outcome, subgroup);
};

/** Outcomes that respondents answer, each with the model columns that its rows may be complete in. */
const answeredOutcomes = (study: Study, columns: readonly ModelColumn[]) => {
  const extents = [{ extent: "all", columns: [] }, ...(columns.length > 0 ? [{ extent: "complete", columns }] : [])];
  const outcomes = new Map(plannedOutcomes(study).map((outcome) => [outcomeName(outcome), outcome]));
  return [...outcomes.values()].flatMap((outcome) =>
    outcome.rater === null
      ? []
      : extents.map(({ extent, columns }) => {
          const { repeats, parameters } = momentColumns(study, columns, outcome);
          return { repeats, parameters: { ...parameters, extent, rater: outcome.rater, scale: outcome.scale } };
        }),
  );
};

type AnsweredOutcome = ReturnType<typeof answeredOutcomes>[number];

/** Moments of those who answered twice, for every wave after the baseline. */
const summarizePanel = async (vault: Vault, study: Study, outcomes: readonly AnsweredOutcome[]): Promise<void> => {
  const baseline = baselineWave(study);
  if (baseline < 0) return;
  for (const panel of followUpWaves(study))
    for (const { repeats, parameters } of outcomes)
      await extendColumns(vault, panelMoments, "pipelines/summarize/panel-moments.sql", repeats, {
        ...parameters,
        baseline: study.waves[baseline]?.id ?? "",
        panel: study.waves[panel]?.id ?? "",
      });
};

const summarizeWeighted = async (vault: Vault, outcomes: readonly AnsweredOutcome[]): Promise<void> => {
  for (const { repeats, parameters } of outcomes)
    await extendColumns(vault, weightedMoments, "pipelines/summarize/weighted-moments.sql", repeats, parameters);
};

/** Moments that only some estimators need, where the plan names these. */
const summarizeOtherRows = async (vault: Vault, study: Study, columns: readonly ModelColumn[]): Promise<void> => {
  const outcomes = answeredOutcomes(study, columns);
  await write(vault, panelMoments, []);
  await write(vault, weightedMoments, []);
  if (plansEstimator(study, "panel")) await summarizePanel(vault, study, outcomes);
  if (plansEstimator(study, "sampling-weights")) await summarizeWeighted(vault, outcomes);
};

const summarizeModel = async (vault: Vault, study: Study): Promise<void> => {
  await write(vault, modelMoments, []);
  for (const subgroup of ownSubgroups(study)) await summarizeColumns(vault, study, subgroup);
  await summarizeColumns(vault, study, "");
  await summarizeOtherRows(vault, study, modelColumnsOf(study));
  await drop(vault, leaderColumns);
};

/** Reduces scored responses to moments per leader and wave: all that is to the right of here. */
export const summarize = (vault: Vault, study: Study, from: string, progress: Progress): Promise<StageRun<null>> => {
  const inputs = [
    ...[from, study.covariates, study.plan.covariates, plannedOutcomes(study), study.instrument.scales],
    ownSubgroups(study),
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
