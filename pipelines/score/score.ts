import { measureScale } from "../../src/estimation/measurement/measure-scale.ts";
import type { ScaleMeasurement, ScaleSums } from "../../src/estimation/measurement/measurement.ts";
import { slightlySkewedVariance, uniformVariance } from "../../src/stats/measurement/agreement.ts";
import { build, buildColumns, drop, extendColumns, write } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read } from "../../src/store/vault/read.ts";
import { placedItems } from "../../src/study/items.ts";
import { missingKinds, type Rater, type Scale, type Study } from "../../src/study/study.ts";
import {
  answerCounts,
  itemMoments,
  itemPairs,
  itemPatterns,
  missingCounts,
  resolution,
  responseCounts,
  scaleSums,
  scores,
  teamAgreement,
  teamSums,
} from "../../src/tables/scored.ts";
import type { Row } from "../../src/tables/table.ts";
import { scoredScales, writeCatalogue } from "../catalogue.ts";
import { type Progress, runStage, type StageRun } from "../stage.ts";
import { momentColumns, scaleNames, scoreColumns, scoreParameters } from "./columns.ts";

/** What `spejl score --json` prints. */
export interface ScoreReport {
  readonly scales: readonly ScaleMeasurement[];
}

type PairRow = Row<typeof itemPairs>;
type MissingRow = Row<typeof missingCounts>;

const square = (
  order: number,
  pairs: readonly PairRow[],
  value: (pair: PairRow, turned: boolean) => number,
): Float64Array => {
  const matrix = new Float64Array(order * order);
  for (const pair of pairs) {
    matrix[(pair.i - 1) * order + pair.j - 1] = value(pair, false);
    matrix[(pair.j - 1) * order + pair.i - 1] = value(pair, true);
  }
  return matrix;
};

/** Sums over pairs of items as square matrices, in the raw unit of the answers. */
const pairMatrices = (scale: Scale, pairs: readonly PairRow[]): ScaleSums["pairs"] => {
  if (scale.kind !== "items" || pairs.length === 0) return null;
  const unit = (scale.high - scale.low) / resolution;
  const order = scale.items.length;
  return {
    shift: (scale.low + scale.high) / 2,
    n: square(order, pairs, ({ n }) => n),
    sums: square(order, pairs, (pair, turned) => (turned ? pair.sum_j : pair.sum_i) * unit),
    squares: square(order, pairs, (pair, turned) => (turned ? pair.sum_jj : pair.sum_ii) * unit * unit),
    products: square(order, pairs, (pair) => pair.sum_ij * unit * unit),
  };
};

/** Between how many answers a respondent chose. */
const answersOf = ({ low, high }: Scale): number => high - low + 1;

const missingOf = (missing: readonly MissingRow[], place: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    missing.filter(({ item }) => item === place).map(({ kind, n }) => [missingKinds[kind - 1] ?? "blank", n]),
  );

const sumsOf = (
  scale: Scale,
  row: Row<typeof scaleSums>,
  pairs: readonly PairRow[],
  missing: readonly MissingRow[],
): ScaleSums => ({
  scale: scale.id,
  rater: row.rater as Rater,
  wave: row.wave,
  kind: scale.kind,
  items: scale.kind === "items" ? scale.items.map(({ id }) => id) : scale.kind === "scales" ? scale.of : [],
  pairs: pairMatrices(scale, pairs),
  score: {
    n: row.n,
    shift: row.middle,
    sum: row.sum,
    sumOfSquares: row.sum_of_squares,
    leaders: row.leaders,
    between: row.between,
  },
  agreement: { mean: row.rwg, skewed: row.rwg_skewed, leaders: row.rwg_leaders, answers: answersOf(scale) },
  missing: scale.kind === "items" ? scale.items.map((_, index) => missingOf(missing, index + 1)) : [],
});

/** Reliability and agreement of every scale, by rater and wave, in the order of the instrument and the waves. */
const measure = async (vault: Vault, study: Study): Promise<readonly ScaleMeasurement[]> => {
  const rows = await read(vault, scaleSums, "pipelines/score/scale-sums.sql", { resolution });
  const pairs = await read(vault, itemPairs, "pipelines/score/item-pairs-stored.sql");
  const missing = await read(vault, missingCounts, "pipelines/score/missing-counts.sql");
  return study.instrument.scales.flatMap((scale) =>
    study.waves.flatMap((wave) =>
      rows
        .filter((row) => row.scale === scale.id && row.wave === wave.id)
        .sort((a, b) => (a.rater < b.rater ? -1 : 1))
        .map((row) => {
          const same = (other: { scale: string; wave: string; rater: string }): boolean =>
            other.scale === row.scale && other.wave === row.wave && other.rater === row.rater;
          return measureScale(sumsOf(scale, row, pairs.filter(same), missing.filter(same)));
        }),
    ),
  );
};

/** Per scale of items: the ways of answering it, from which its reliability follows, and the agreement in teams. */
const measureItems = async (vault: Vault, study: Study): Promise<void> => {
  const scales = scoredScales(study.instrument);
  const columns = scoreColumns(study);
  await write(vault, itemPatterns, []);
  await write(vault, itemMoments, []);
  await write(vault, teamAgreement, []);
  for (const { scale, place } of scales.filter(({ scale }) => scale.kind === "items")) {
    const items = { items: columns[`items${place}`] ?? [] };
    await extendColumns(vault, itemPatterns, "pipelines/score/item-patterns.sql", items, { scale: scale.id });
    await extendColumns(vault, itemMoments, "pipelines/score/item-moments.sql", momentColumns(columns, place), {
      scale: scale.id,
      low: scale.low,
      high: scale.high,
      resolution,
    });
    await extendColumns(vault, teamAgreement, "pipelines/score/team-agreement.sql", items, {
      scale: scale.id,
      low: scale.low,
      high: scale.high,
      resolution,
      uniform: uniformVariance(answersOf(scale)),
      skewed: slightlySkewedVariance(answersOf(scale)),
    });
  }
  await build(vault, itemPairs, "pipelines/score/item-pairs.sql");
};

const countAnswers = async (vault: Vault, study: Study): Promise<void> => {
  const placed = placedItems(study.instrument);
  await build(vault, responseCounts, "pipelines/score/response-counts.sql");
  const items = placed.map(({ position }) => ({ item: position }));
  await buildColumns(
    vault,
    answerCounts,
    "pipelines/score/answer-counts.sql",
    { items },
    {
      items: placed.map(({ item }) => item.id),
      waves: study.waves.map(({ id }) => id),
    },
  );
};

/** Scores items into scales, and says how reliable the scales are and how far teams agree. */
export const score = (vault: Vault, study: Study, from: string, progress: Progress): Promise<StageRun<ScoreReport>> => {
  const inputs = [from, study.instrument, study.waves.map(({ id }) => id)];
  return runStage(vault, "score", inputs, async () => {
    await writeCatalogue(vault, study.instrument);
    progress("scores", 0);
    const columns = scoreColumns(study);
    const width = { scales: study.instrument.scales.length, covariates: study.covariates.length };
    await buildColumns(vault, scores(width), "pipelines/score/scores.sql", columns, {
      ...scoreParameters(study),
      resolution,
    });
    progress("teams", 0.3);
    await buildColumns(vault, teamSums, "pipelines/score/team-sums.sql", columns, scaleNames(study));
    progress("answers", 0.5);
    await countAnswers(vault, study);
    progress("items", 0.7);
    await measureItems(vault, study);
    progress("reliability", 0.9);
    const report = { scales: await measure(vault, study) };
    await drop(vault, itemPatterns, teamAgreement);
    return report;
  });
};
