import { build, buildColumns, drop, extendColumns, type Parameters, type Vault, write } from "../../src/store/vault.ts";
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

export const plannedOutcomes = ({ plan }: Study): readonly Outcome[] => [
  ...plan.primary,
  ...plan.secondary,
  ...plan.mediation.flatMap(({ mediator, outcome }) => [mediator, outcome]),
];

/** Name of an outcome in the vault, where a difference has no rater. */
export const outcomeName = ({ rater, scale }: Outcome): string => `${rater ?? ""} ${scale}`;

const withLevel = ({ level }: ModelColumn): boolean => level !== null;

const placesOf = (columns: readonly ModelColumn[]) => columns.map(({ place, covariate }) => ({ place, covariate }));

/** Bound parameters of model columns by their place. */
const columnParameters = (columns: readonly ModelColumn[]): Parameters =>
  Object.fromEntries(
    columns.flatMap(({ place, level, low, high }): [string, number][] =>
      level === null
        ? [
            [`low_${place}`, low],
            [`high_${place}`, high],
          ]
        : [[`level_${place}`, level]],
    ),
  );

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
  { rater, scale }: Outcome,
): Promise<void> => {
  const own = columns.filter(({ source }) => source === rater);
  const last = columns.length + 1;
  const places = Array.from({ length: last }, (_, index) => index + 1);
  const repeats = {
    numbers: placesOf(own.filter((column) => !withLevel(column))),
    codes: placesOf(own.filter(withLevel)),
    others: placesOf(columns.filter(({ source }) => source !== rater)),
    score: [{ scale: study.instrument.scales.findIndex(({ id }) => id === scale) + 1, place: last }],
    columns: places.map((place) => ({ place })),
    products: places.flatMap((i) => places.slice(i - 1).map((j) => ({ i, j }))),
  };
  if (rater === null)
    await extendColumns(vault, modelMoments, "pipelines/summarize/difference-moments.sql", repeats, { scale });
  else
    await extendColumns(vault, modelMoments, "pipelines/summarize/model-moments.sql", repeats, {
      ...columnParameters(own),
      ...(own.length > 0 ? { resolution } : {}),
      rater,
      scale,
    });
};

const summarizeModel = async (vault: Vault, study: Study): Promise<void> => {
  const columns = modelColumnsOf(study);
  await write(
    vault,
    modelColumns,
    columns.map(({ name: _, ...column }) => column),
  );
  await write(vault, modelMoments, []);
  if (columns.length === 0) return;
  await buildLeaderColumns(vault, study, columns);
  const planned = new Map(plannedOutcomes(study).map((outcome) => [outcomeName(outcome), outcome]));
  for (const outcome of planned.values()) await addModelMoments(vault, study, columns, outcome);
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
