import { drawnTogether, medianOf, medianTest } from "../../stats/draws/joint-specifications.ts";
import type { RandomisationTask } from "../../stats/draws/randomisation-draws.ts";
import { randomisationTask } from "../../stats/draws/randomisation-test.ts";
import type { Outcome, Rater, Study } from "../../study/study.ts";
import type { CellsOf, Rows } from "../design/cells-of.ts";
import { designFor, ofClusters } from "../design/clusters.ts";
import { againstControl, type Comparison } from "../design/comparisons.ts";
import type { Design } from "../design/design.ts";
import type { Draws } from "../design/draws.ts";
import type { NotEstimable, Status } from "../design/status.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import { isDivided, isFullyIdentified, randomisedModel } from "./drawn-inference.ts";
import { type ComparedEffect, inferEffects } from "./fit-effects.ts";
import { clusterRobustInference } from "./inference.ts";
import { fitSpecification, type Specification, specificationsOf } from "./specifications.ts";

/** The effect under one specification. */
export interface SpecificationEffect extends Specification {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly status: Status;
}

/**
 * The effect of one arm on a primary outcome at the last wave under every least-squares model that the plan's choices make
 * (Simonsohn, Simmons & Nelson 2020): no single one of them is the answer, and the whole is tested once.
 */
export interface SpecificationCurve {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly specifications: readonly SpecificationEffect[];
  /** The plan's. */
  readonly confidence: number;
  /** Of those that are estimated: their number, median, and share with p below 1 − confidence. */
  readonly estimated: number;
  readonly median: number | null;
  readonly share: number | null;
  /** Of the median, by arms re-drawn over the units of allocation within blocks, the same re-draws in all models. */
  readonly p: number | null;
  readonly draws: number;
  readonly status: Status;
  /** As of an estimate. */
  readonly planned: "as-planned" | "locked-after-answers" | "deviation" | null;
}

const draws = 999;

/** A specification with its effects, and its re-draws where all arms can be re-drawn in it. */
interface Fitted {
  readonly specification: Specification;
  readonly effects: readonly ComparedEffect[];
  readonly task: RandomisationTask | null;
}

function withoutEffects(comparisons: readonly Comparison[], status: NotEstimable): readonly ComparedEffect[] {
  return comparisons.map((one) => ({ ...one, status, numbers: null, warnings: [], contrast: null }));
}

function taskOf(study: Study, fitted: FittedModel, comparisons: readonly Comparison[]): RandomisationTask | null {
  if (isDivided(fitted.effects.design) || !isFullyIdentified(fitted)) return null;
  return randomisationTask(randomisedModel(fitted, comparisons), { seed: study.seed, draws });
}

function effectOf({ specification, effects }: Fitted, arm: number): SpecificationEffect {
  const { status, numbers } = effects[arm]!;
  return {
    ...specification,
    estimate: numbers?.estimate ?? null,
    se: numbers?.se ?? null,
    p: numbers?.p ?? null,
    low: numbers?.low ?? null,
    high: numbers?.high ?? null,
    status,
  };
}

/** Specifications with their draws, in one order. */
interface Drawn {
  readonly fits: readonly Fitted[];
  readonly tasks: ReadonlyMap<Fitted, RandomisationTask>;
  readonly blocks: ReadonlyMap<Fitted, readonly Float64Array[]>;
}

async function drawAll(design: Design, fits: readonly Fitted[], draw: Draws): Promise<Drawn> {
  const drawable = fits.filter(({ task }) => task !== null);
  const tasks = drawnTogether(
    drawable.map(({ task }) => task!),
    ofClusters(design, design.block),
  );
  const blocks: (readonly Float64Array[])[] = [];
  // One after the other: those who draw have room for one task.
  for (const task of tasks) blocks.push(await draw(task));
  return {
    fits,
    tasks: new Map(drawable.map((one, k) => [one, tasks[k]!])),
    blocks: new Map(drawable.map((one, k) => [one, blocks[k]!])),
  };
}

/** p of the median of one arm; null where an estimate cannot be drawn anew. */
function jointP({ fits, tasks, blocks }: Drawn, arm: number, median: number): number | null {
  const own = fits.filter(({ effects }) => effects[arm]!.status === "estimated");
  if (own.length === 0 || own.some((one) => !tasks.has(one))) return null;
  return medianTest(
    own.map((one) => tasks.get(one)!),
    own.map((one) => blocks.get(one)!),
    arm,
    median,
  );
}

function curveOf(
  study: Study,
  outcome: Outcome,
  wave: number,
  comparison: Comparison,
  at: number,
  drawn: Drawn,
): SpecificationCurve {
  const specifications = drawn.fits.map((one) => effectOf(one, at));
  const estimates = specifications.flatMap(({ estimate }) => estimate ?? []);
  const found = specifications.filter(({ p }) => p !== null && p < 1 - study.plan.confidence).length;
  const median = estimates.length > 0 ? medianOf(estimates) : null;
  const reason = specifications.find(({ status }) => status !== "estimated")?.status ?? "not-built-yet";
  return {
    outcome: outcome.scale,
    rater: outcome.rater,
    wave: study.waves[wave]!.id,
    arm: study.arms[comparison.arm]!.id,
    reference: study.arms[comparison.reference]?.id ?? "",
    specifications,
    confidence: study.plan.confidence,
    estimated: estimates.length,
    median,
    share: estimates.length > 0 ? found / estimates.length : null,
    p: median === null ? null : jointP(drawn, at, median),
    draws,
    status: median === null ? reason : "estimated",
    planned: null,
  };
}

/** The fits of every specification of one outcome. */
async function fitAll(
  study: Study,
  design: Design,
  cellsOf: (rows: Rows) => ReturnType<CellsOf>,
  wave: number,
  draw: Draws,
): Promise<readonly Fitted[]> {
  const comparisons = againstControl(study);
  const fits: Fitted[] = [];
  for (const specification of specificationsOf(study, design, cellsOf)) {
    const fitted = fitSpecification(study, design, cellsOf, specification, wave);
    if (typeof fitted === "string") {
      fits.push({ specification, effects: withoutEffects(comparisons, fitted), task: null });
      continue;
    }
    const { effects } = await inferEffects(fitted, comparisons, clusterRobustInference, draw);
    fits.push({ specification, effects, task: taskOf(study, fitted, comparisons) });
  }
  return fits;
}

/**
 * The specification curve of every primary outcome and arm at the last wave, where the plan asks for it. Errors are of the
 * plan's type over the units of allocation. Empty for a study without arms. 999 re-draws a model.
 */
export async function specificationCurve(
  study: Study,
  design: Design,
  cellsOf: CellsOf,
  draw: Draws,
): Promise<readonly SpecificationCurve[]> {
  if (!study.plan.specificationCurve || study.arms.length === 0) return [];
  const wave = study.waves.length - 1;
  const curves: SpecificationCurve[] = [];
  for (const outcome of study.plan.primary) {
    const own = designFor(study, design, outcome);
    const fits = await fitAll(study, own, (rows) => cellsOf(outcome, rows), wave, draw);
    const drawn = await drawAll(own, fits, draw);
    curves.push(...againstControl(study).map((one, at) => curveOf(study, outcome, wave, one, at, drawn)));
  }
  return curves;
}
