import { measureScale } from "../../src/estimation/measure-scale.ts";
import type { ScaleMeasurement, ScaleSums } from "../../src/estimation/measurement.ts";
import { build, extend, read, type Vault } from "../../src/store/vault.ts";
import { placedItems } from "../../src/study/items.ts";
import { missingKinds, type Rater, type Scale, type Study } from "../../src/study/study.ts";
import {
  answerCounts,
  itemPairs,
  missingCounts,
  resolution,
  responseCounts,
  scaleSums,
  scores,
} from "../../src/tables/scored.ts";
import type { Row } from "../../src/tables/table.ts";
import { depthOfInstrument, writeCatalogue } from "../catalogue.ts";
import { type Progress, runStage, type StageRun } from "../stage.ts";

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
    n: square(order, pairs, ({ n }) => n),
    sums: square(order, pairs, (pair, turned) => (turned ? pair.sum_j : pair.sum_i) * unit),
    squares: square(order, pairs, (pair, turned) => (turned ? pair.sum_jj : pair.sum_ii) * unit * unit),
    products: square(order, pairs, (pair) => pair.sum_ij * unit * unit),
  };
};

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
  agreement: { mean: row.rwg, leaders: row.rwg_leaders },
  missing: Object.fromEntries(missing.map(({ kind, n }) => [missingKinds[kind - 1] ?? "blank", n])),
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

/** Scores items into scales, and says how reliable the scales are and how far teams agree. */
export const score = (vault: Vault, study: Study, from: string, progress: Progress): Promise<StageRun<ScoreReport>> =>
  runStage(vault, "score", [from, study.instrument, study.waves.map(({ id }) => id)], async () => {
    await writeCatalogue(vault, study.instrument);
    progress("scores", 0);
    await build(vault, scores, "pipelines/score/scores.sql", { resolution });
    for (let depth = 1; depth <= depthOfInstrument(study.instrument); depth += 1)
      await extend(vault, scores, "pipelines/score/composite-scores.sql", { depth });
    progress("answers", 0.4);
    const items = placedItems(study.instrument).map(({ item }) => item.id);
    await build(vault, answerCounts, "pipelines/score/answer-counts.sql", { items: JSON.stringify(items) });
    await build(vault, responseCounts, "pipelines/score/response-counts.sql");
    progress("items", 0.6);
    await build(vault, itemPairs, "pipelines/score/item-pairs.sql", { resolution });
    progress("reliability", 0.8);
    return { scales: await measure(vault, study) };
  });
