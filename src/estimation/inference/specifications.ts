import type { Cells } from "../../stats/moments/moments.ts";
import type { Estimator, Study } from "../../study/study.ts";
import type { Rows } from "../design/cells-of.ts";
import type { Design } from "../design/design.ts";
import type { NotEstimable } from "../design/status.ts";
import { type FittedModel, fittedModels } from "../model/fitted-models.ts";
import { estimatorEntries, modelOf } from "./estimators.ts";

/** One way to estimate an effect, of those that a plan's choices make. */
export interface Specification {
  readonly estimator: Estimator;
  readonly covariates: boolean;
  /** Null where leaders' own effects take the place of blocks. */
  readonly blocks: boolean | null;
}

/**
 * Least-squares estimators of the effect on the mean respondent of all leaders, and whether they can have blocks. Others
 * weigh leaders otherwise (mixed), are about other respondents (panel, weights), or add nothing but other errors.
 */
const alike: ReadonlyMap<Estimator, "blocks" | "absorbed"> = new Map([
  ["ancova", "blocks"],
  ["difference-in-differences", "blocks"],
  ["leader-fixed-effects", "absorbed"],
  ["event-time", "absorbed"],
]);

const hasBlocks = ({ arm, block }: Design): boolean => new Set(block.filter((_, leader) => arm[leader]! >= 0)).size > 1;

/** Every estimator of the plan that is one of these, with and without the plan's covariates and with and without blocks. */
export function specificationsOf(
  { plan }: Study,
  design: Design,
  cellsOf: (rows: Rows) => Cells | null,
): readonly Specification[] {
  const covariates = plan.covariates.length > 0 && cellsOf("complete") !== null ? [true, false] : [false];
  const blocks = hasBlocks(design) ? [true, false] : [false];
  return [plan.estimator, ...plan.robustness].flatMap((estimator) => {
    const kind = alike.get(estimator);
    if (kind === undefined) return [];
    return covariates.flatMap((withCovariates) =>
      (kind === "blocks" ? blocks : [null]).map((withBlocks) => ({
        estimator,
        covariates: withCovariates,
        blocks: withBlocks,
      })),
    );
  });
}

/** The study's model under one specification at a wave. */
export function fitSpecification(
  study: Study,
  design: Design,
  cellsOf: (rows: Rows) => Cells | null,
  { estimator, covariates, blocks }: Specification,
  wave: number,
): FittedModel | NotEstimable {
  const plan = {
    ...study.plan,
    covariates: covariates ? study.plan.covariates : [],
    differenceInDifferences: { blocks: blocks ?? false, covariates },
  };
  const own = blocks === true ? design : { ...design, block: new Int32Array(design.block.length).fill(-1) };
  const kind = modelOf(plan, estimatorEntries[estimator]);
  return kind === null ? "not-built-yet" : fittedModels({ ...study, plan }, own, cellsOf)(kind, wave);
}
