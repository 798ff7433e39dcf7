import { modelRows } from "../../stats/moments/model-rows.ts";
import { weightCells } from "../../stats/moments/weighted-cells.ts";
import { leastSquares } from "../../stats/regression/least-squares.ts";
import { logisticRegression } from "../../stats/regression/logistic.ts";
import { columnMeans, outcomeMeans } from "../design/column-means.ts";
import { baselineWave } from "../design/design.ts";
import type { Detail } from "../design/status.ts";
import type { EffectModel } from "../model/effect-model.ts";
import { type EffectSource, leadersIn } from "../model/model-columns.ts";
import { contrastOf } from "./fit-effects.ts";
import { clusterRobustInference, type FittedContrasts, type Infer } from "./inference.ts";

/** One over the probability of being measured, by leader (0: not measured), and what to say of it. */
interface Weights {
  readonly values: Float64Array;
  /** Measured leaders of whom the model is sure. */
  readonly sure: number;
  readonly lost: number;
}

const indicators = (leaders: readonly number[], codes: Int32Array): number[][] =>
  [...new Set(leaders.map((g) => codes[g]!))]
    .sort((a, b) => a - b)
    .slice(1)
    .map((code) => leaders.map((g) => Number(codes[g] === code)));

/** Leaders without a value get the mean of the others. */
function filled(leaders: readonly number[], values: Float64Array): number[] {
  const known = leaders.map((g) => values[g]!).filter((value) => !Number.isNaN(value));
  const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  return leaders.map((g) => (Number.isNaN(values[g]!) ? mean : values[g]!));
}

/** What is known of every leader before the training: means of the outcome and the covariates at the baseline. */
function baselineColumns({ study, design, cells, unadjusted }: EffectSource, leaders: readonly number[]): number[][] {
  const wave = baselineWave(study);
  if (wave < 0 || unadjusted === null) return [];
  const count = design.leaders.length;
  const means = outcomeMeans(unadjusted, count, wave);
  const missing = leaders.map((g) => Number(Number.isNaN(means[g]!)));
  const covariates = cells.columns.slice(0, -1).map((_, column) => columnMeans(cells, count, wave, column));
  return [missing, filled(leaders, means), ...covariates.map((values) => filled(leaders, values))];
}

/** Weights of the leaders in a model, by logistic regression over all leaders that were randomised. */
function weightsOf(source: EffectSource, { model }: EffectModel): Weights | null {
  const { design } = source;
  const leaders = design.leaders.flatMap((_, g) => (design.arm[g]! >= 0 ? [g] : []));
  const inModel = leadersIn(model);
  const columns = [
    leaders.map(() => 1),
    ...indicators(leaders, design.arm),
    ...indicators(leaders, design.block),
    ...baselineColumns(source, leaders),
  ];
  const x = Float64Array.from(leaders.flatMap((_, row) => columns.map((column) => column[row]!)));
  const measured = Uint8Array.from(leaders, (g) => Number(inModel.has(g)));
  const fit = logisticRegression(x, columns.length, measured);
  if (fit === null) return null;
  const values = new Float64Array(design.leaders.length);
  for (const [row, g] of leaders.entries()) values[g] = measured[row] ? 1 / fit.probabilities[row]! : 0;
  const sure = leaders.filter((g, row) => measured[row] && values[g]! - 1 < 1e-8).length;
  return { values, sure, lost: leaders.length - inModel.size };
}

/** How far the weights are from equal. */
function spreadOf({ values, lost }: Weights): Detail[] {
  const weights = values.filter((weight) => weight > 0);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight ** 2, 0);
  return [
    { code: "leaders-lost", value: lost },
    { code: "effective-leaders", value: sum ** 2 / squares },
    { code: "largest-weight", value: (weights.reduce((a, b) => Math.max(a, b), 0) * weights.length) / sum },
  ];
}

function weighted(given: FittedContrasts, values: Float64Array): FittedContrasts {
  const { model } = given.effects;
  const rows = {
    ...modelRows({ ...model, cells: weightCells(model.cells, values) }),
    observations: given.rows.observations,
  };
  return { ...given, rows, fit: leastSquares(rows) };
}

/**
 * The ANCOVA with every leader weighted by one over the probability of being measured at the wave, given arm, block,
 * and the leader's means of outcome and covariates at the baseline (Seaman & White 2013, Statistical Methods in Medical
 * Research 22, 278–295). Weights are not stabilised, and count as known. The variance is clubSandwich's with
 * `target = 1 / w`.
 */
export const inverseProbabilityInference: Infer = async (given) => {
  const { source, effects, comparisons } = given;
  const weights = weightsOf(source, effects);
  if (weights === null) return { effects: comparisons.map(() => "no-data"), warnings: [] };
  const fitted = weighted(given, weights.values);
  const asked = comparisons.map((comparison) => contrastOf(fitted, comparison));
  const contrasts = asked.filter((contrast) => contrast !== null);
  const found = await clusterRobustInference({ ...fitted, contrasts });
  const details = spreadOf(weights);
  return {
    effects: asked.map((contrast) => {
      const result = (contrast && found.effects[contrasts.indexOf(contrast)]) ?? "not-identified";
      return typeof result === "string" ? result : { ...result, details };
    }),
    warnings: [
      ...found.warnings,
      ...(weights.sure > 0 && weights.lost > 0
        ? [{ code: "surely-measured" as const, names: [], count: weights.sure }]
        : []),
    ],
  };
};
