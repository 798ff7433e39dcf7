import { measureScale } from "../../src/estimation/measurement/measure-scale.ts";
import type { ScaleMeasurement } from "../../src/estimation/measurement/measurement.ts";
import { mostCategories } from "../../src/estimation/measurement/ordinal-reliability.ts";
import { slightlySkewedVariance, uniformVariance } from "../../src/stats/measurement/agreement.ts";
import { build, buildColumns, drop, extendColumns, write } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read } from "../../src/store/vault/read.ts";
import { placedItems } from "../../src/study/items.ts";
import type { Study } from "../../src/study/study.ts";
import {
  answerCounts,
  itemMoments,
  itemPairs,
  itemPatterns,
  itemTables,
  leaderItemMoments,
  missingCounts,
  resolution,
  responseCounts,
  scaleSums,
  scores,
  teamAgreement,
  teamSums,
} from "../../src/tables/scored.ts";
import { scoredScales, writeCatalogue } from "../catalogue.ts";
import { type Progress, runStage, type StageRun } from "../stage.ts";
import { momentColumns, scaleNames, scoreColumns, scoreParameters } from "./columns.ts";
import { answersOf, sumsOf } from "./sums.ts";

/** What `spejl score --json` prints. */
export interface ScoreReport {
  readonly scales: readonly ScaleMeasurement[];
}

/** Reliability and agreement of every scale, by rater and wave, in the order of the instrument and the waves. */
const measure = async (vault: Vault, study: Study): Promise<readonly ScaleMeasurement[]> => {
  const rows = await read(vault, scaleSums, "pipelines/score/scale-sums.sql", { resolution });
  const pairs = await read(vault, itemPairs, "pipelines/score/item-pairs-stored.sql");
  const missing = await read(vault, missingCounts, "pipelines/score/missing-counts.sql");
  const tables = await read(vault, itemTables, "pipelines/score/item-tables-stored.sql");
  return study.instrument.scales.flatMap((scale) =>
    study.waves.flatMap((wave) =>
      rows
        .filter((row) => row.scale === scale.id && row.wave === wave.id)
        .sort((a, b) => (a.rater < b.rater ? -1 : 1))
        .map((row) => {
          const same = (other: { scale: string; wave: string; rater: string }): boolean =>
            other.scale === row.scale && other.wave === row.wave && other.rater === row.rater;
          const parts = { pairs: pairs.filter(same), tables: tables.filter(same), missing: missing.filter(same) };
          return measureScale(sumsOf(scale, row, parts));
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
  await write(vault, leaderItemMoments, []);
  await write(vault, itemTables, []);
  await write(vault, teamAgreement, []);
  for (const { scale, place } of scales.filter(({ scale }) => scale.kind === "items")) {
    const items = { items: columns[`items${place}`] ?? [] };
    const products = momentColumns(columns, place);
    const range = { scale: scale.id, low: scale.low, high: scale.high };
    await extendColumns(vault, itemPatterns, "pipelines/score/item-patterns.sql", items, { scale: scale.id });
    const steps = { ...range, resolution };
    await extendColumns(vault, itemMoments, "pipelines/score/item-moments.sql", products, steps);
    await extendColumns(vault, leaderItemMoments, "pipelines/score/leader-item-moments.sql", products, steps);
    if (answersOf(scale) <= mostCategories)
      await extendColumns(vault, itemTables, "pipelines/score/item-tables.sql", products, { scale: scale.id });
    await extendColumns(vault, teamAgreement, "pipelines/score/team-agreement.sql", items, {
      ...steps,
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
