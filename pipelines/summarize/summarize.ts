import { build, drop, extendColumns, type Vault, write } from "../../src/store/vault.ts";
import type { Covariate, Outcome, Study } from "../../src/study/study.ts";
import { differences, leaderColumns, modelColumns, modelMoments } from "../../src/tables/moments.ts";
import { resolution, scoreMoments } from "../../src/tables/scored.ts";
import type { Row } from "../../src/tables/table.ts";
import { writeCatalogue } from "../catalogue.ts";
import { type Progress, runStage, type StageRun } from "../stage.ts";

export type ModelColumn = Row<typeof modelColumns> & { readonly name: string };

const columnsOf = (covariate: Covariate, index: number): readonly Omit<ModelColumn, "place">[] => {
  const base = { covariate: index, source: covariate.from };
  if (covariate.kind === "numeric")
    return [{ ...base, level: null, low: covariate.low, high: covariate.high, name: covariate.id }];
  return covariate.values
    .slice(1)
    .map(({ code }, place) => ({ ...base, level: place + 1, low: 0, high: 1, name: `${covariate.id}=${code}` }));
};

/** The columns that the plan's covariates make: one per number, one per code after the first. */
export const modelColumnsOf = (study: Study): readonly ModelColumn[] =>
  study.covariates
    .map((covariate, index) => ({ covariate, index: index + 1 }))
    .filter(({ covariate }) => study.plan.covariates.includes(covariate.id))
    .flatMap(({ covariate, index }) => columnsOf(covariate, index))
    .map((column, index) => ({ ...column, place: index + 1 }));

export const plannedOutcomes = (study: Study): readonly Outcome[] => [...study.plan.primary, ...study.plan.secondary];

/** Name of an outcome in the vault, where a difference has no rater. */
export const outcomeName = ({ rater, scale }: Outcome): string => `${rater ?? ""} ${scale}`;

const summarizeModel = async (vault: Vault, study: Study): Promise<void> => {
  const columns = modelColumnsOf(study);
  await write(
    vault,
    modelColumns,
    columns.map(({ name: _, ...column }) => column),
  );
  await write(vault, modelMoments, []);
  if (columns.length === 0) return;
  await build(vault, leaderColumns, "pipelines/summarize/leader-columns.sql", {
    resolution,
    waves: JSON.stringify(study.waves.map(({ id }) => id)),
  });
  await extendColumns(vault, modelMoments, "pipelines/summarize/model-moments.sql", columns.length + 1, {
    resolution,
    planned: JSON.stringify(plannedOutcomes(study).map(outcomeName)),
  });
  await drop(vault, leaderColumns);
};

/** Reduces scored responses to moments per leader and wave: all that is to the right of here. */
export const summarize = (vault: Vault, study: Study, from: string, progress: Progress): Promise<StageRun<null>> => {
  const inputs = [from, study.covariates, study.plan.covariates, plannedOutcomes(study), study.instrument.scales];
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
