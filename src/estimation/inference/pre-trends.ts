import type { Outcome, Rater, Study } from "../../study/study.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { designFor } from "../design/clusters.ts";
import { againstControl } from "../design/comparisons.ts";
import { baselineWave, type Design } from "../design/design.ts";
import { drawHere } from "../design/draws.ts";
import type { Status } from "../design/status.ts";
import { fittedModels } from "../model/fitted-models.ts";
import { differenceInDifferences } from "../model/model-specs.ts";
import { inferEffects } from "./fit-effects.ts";
import { clusterRobustInference } from "./inference.ts";

/**
 * How an arm and the control arm came to differ between two waves before the training: nothing, if they would have gone
 * on alike without it, which is what a difference in differences assumes.
 */
export interface PreTrend {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly arm: string;
  readonly reference: string;
  /** The earlier wave and the baseline. */
  readonly from: string;
  readonly to: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly status: Status;
}

const noNumbers = { estimate: null, se: null, df: null, p: null, low: null, high: null };

/** The study as if an earlier wave were its baseline. */
const startingAt = (study: Study, earlier: number): Study => ({
  ...study,
  waves: study.waves.map((wave, index) => ({ ...wave, baseline: index === earlier })),
});

async function preTrend(
  study: Study,
  design: Design,
  cellsOf: CellsOf,
  outcome: Outcome,
  earlier: number,
): Promise<readonly PreTrend[]> {
  const baseline = baselineWave(study);
  const comparisons = againstControl(study);
  const own = designFor(study, design, outcome);
  const fittedAt = fittedModels(startingAt(study, earlier), own, (rows) => cellsOf(outcome, rows));
  const fitted = fittedAt(differenceInDifferences, baseline);
  const found =
    typeof fitted === "string"
      ? comparisons.map((comparison) => ({ ...comparison, numbers: null, status: fitted }))
      : (await inferEffects(fitted, comparisons, clusterRobustInference, drawHere)).effects;
  return found.map(({ arm, reference, numbers, status }): PreTrend => {
    const { estimate, se, df, p, low, high } = numbers ?? noNumbers;
    return {
      outcome: outcome.scale,
      rater: outcome.rater,
      arm: study.arms[arm]!.id,
      reference: study.arms[reference]?.id ?? "",
      from: study.waves[earlier]!.id,
      to: study.waves[baseline]!.id,
      ...{ estimate, se, df, p, low, high, status },
    };
  });
}

/**
 * Of every outcome of a plan whose arms were not drawn, the difference in differences between each earlier wave and the
 * baseline, with the plan's standard errors. Empty where arms were drawn, and without a wave before the baseline.
 */
export async function preTrends(study: Study, design: Design, cellsOf: CellsOf): Promise<readonly PreTrend[]> {
  if (study.allocation?.randomised !== false) return [];
  const found: PreTrend[] = [];
  for (const outcome of [...study.plan.primary, ...study.plan.secondary]) {
    for (let earlier = 0; earlier < baselineWave(study); earlier++) {
      found.push(...(await preTrend(study, design, cellsOf, outcome, earlier)));
    }
  }
  return found;
}
