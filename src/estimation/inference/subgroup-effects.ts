import { clusterRobust } from "../../stats/regression/cluster-robust.ts";
import { estimable } from "../../stats/regression/estimable.ts";
import { type JointTest, jointTest } from "../../stats/regression/joint-test.ts";
import type { Covariate, Outcome, Study } from "../../study/study.ts";
import type { Comparison } from "../design/comparisons.ts";
import { isByUnit } from "../design/design.ts";
import type { NotEstimable, Warning } from "../design/status.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import { leadersIn } from "../model/model-columns.ts";
import { columnsOfCovariate, productName } from "../model/subgroup-model.ts";
import { beyondRounding, notEstimable } from "./fit-effects.ts";
import { numbersOf } from "./inference.ts";
import type { Subgroup, SubgroupNumbers } from "./subgroup.ts";
import type { Level } from "./subgroup-levels.ts";

/** What the records of one outcome and covariate have in common. */
export interface SubgroupFrame {
  readonly study: Study;
  readonly outcome: Outcome;
  readonly wave: number;
  readonly covariate: Covariate;
}

const missingNumbers = (status: NotEstimable): SubgroupNumbers => ({
  estimate: null,
  se: null,
  df: null,
  p: null,
  low: null,
  high: null,
  status,
});

/** The record of one arm in one covariate's levels, without numbers yet: what it is about, and its status. */
export function subgroupRecord(
  { study, outcome, wave, covariate }: SubgroupFrame,
  { arm, reference }: Comparison,
  status: NotEstimable,
): Subgroup {
  return {
    outcome: outcome.scale,
    rater: outcome.rater,
    wave: study.waves[wave]!.id,
    arm: study.arms[arm]!.id,
    reference: study.arms[reference]?.id ?? "",
    covariate: covariate.id,
    effects: [],
    differences: [],
    f: null,
    df1: null,
    df2: null,
    p: null,
    pAdjusted: null,
    leaders: 0,
    respondents: 0,
    status,
    planned: null,
    warnings: [],
  };
}

/** Weights of the columns that make the effect of an arm where the covariate has these values. */
function weightsAt(fitted: FittedModel, covariate: Covariate, arm: number, at: readonly number[], effect: 0 | 1) {
  const { study, cells } = fitted.source;
  const products = columnsOfCovariate(cells, covariate).map(
    (column, k) => [productName(study, arm, cells.columns[column]!), at[k]!] as const,
  );
  return new Map([[fitted.effects.effectColumn[arm]!, effect], ...products]);
}

/** A contrast that is asked for, and why it cannot be had. */
interface Asked {
  readonly contrast: Float64Array | null;
  readonly refused: NotEstimable | null;
}

function tooFew(
  { source: { design } }: FittedModel,
  { arm, reference }: Comparison,
  levels: readonly Level[],
): NotEstimable | null {
  const fewest = Math.min(...levels.flatMap(({ units }) => (units ? [units[arm]!, units[reference]!] : [])));
  if (fewest === 0) return "arm-empty";
  return fewest >= 2 ? null : isByUnit(design) ? "too-few-units" : "too-few-leaders";
}

function ask(
  fitted: FittedModel,
  comparison: Comparison,
  levels: readonly Level[],
  weights: ReadonlyMap<string, number>,
): Asked {
  const contrast = estimable(fitted.fit, weights);
  const few = tooFew(fitted, comparison, levels);
  return { contrast, refused: few ?? notEstimable(fitted, comparison, contrast) };
}

function answer({ source: { study }, fit }: FittedModel, asked: readonly Asked[]): readonly SubgroupNumbers[] {
  const open = asked.filter(({ refused }) => refused === null);
  const { contrasts } = clusterRobust(
    fit,
    "CR2",
    open.map(({ contrast }) => contrast!),
  );
  return asked.map((one) => {
    if (one.refused !== null) return missingNumbers(one.refused);
    const numbers = numbersOf(contrasts[open.indexOf(one)]!, study.plan.confidence);
    const found = beyondRounding(fit, one.contrast, numbers);
    if (typeof found === "string") return missingNumbers(found);
    const { estimate, se, df, p, low, high } = found;
    return { estimate, se, df, p, low, high, status: "estimated" };
  });
}

/** The test that differences are zero, of those that are there. */
function testOf(
  { fit }: FittedModel,
  asked: readonly Asked[],
  numbers: readonly SubgroupNumbers[],
): JointTest | NotEstimable {
  const known = asked.filter((_, k) => numbers[k]!.status === "estimated");
  const reason = numbers.map(({ status }) => status).find((status) => status !== "estimated");
  if (known.length === 0) return reason ?? "no-variation";
  return (
    jointTest(
      fit,
      known.map(({ contrast }) => contrast!),
    ) ?? "not-identified"
  );
}

function warningsOf(
  { study, covariate }: SubgroupFrame,
  { effects }: FittedModel,
  numbers: readonly SubgroupNumbers[],
): readonly Warning[] {
  const late = study.covariates
    .filter(({ id, from }) => from !== "roster" && (id === covariate.id || study.plan.covariates.includes(id)))
    .map(({ id }) => id);
  const low = numbers.filter(({ df }) => df !== null && df < 4).length;
  const warnings: readonly Warning[] = [
    { code: "df-below-4", names: [covariate.id], count: low },
    { code: "baseline-imputed", names: [], count: effects.imputed },
    { code: "covariate-after-training", names: late, count: late.length },
    { code: "rows-dropped", names: [], count: effects.dropped },
  ];
  return warnings.filter(({ count }) => count > 0);
}

/** What is found of one arm in a fitted model. */
export function subgroupOfArm(
  frame: SubgroupFrame,
  fitted: FittedModel,
  levels: readonly Level[],
  comparison: Comparison,
): Subgroup {
  const { covariate } = frame;
  const { arm, reference } = comparison;
  const [first, ...others] = levels;
  const empty = subgroupRecord(frame, comparison, "no-variation");
  if (first === undefined) return empty;
  const effects = levels.map((level) =>
    ask(fitted, comparison, [level], weightsAt(fitted, covariate, arm, level.at, 1)),
  );
  const differences = others.map((level) => {
    const apart = level.at.map((value, k) => value - first.at[k]!);
    return ask(fitted, comparison, [first, level], weightsAt(fitted, covariate, arm, apart, 0));
  });
  const numbers = answer(fitted, [...effects, ...differences]);
  const between = numbers.slice(levels.length);
  const test = testOf(fitted, differences, between);
  return {
    ...empty,
    effects: levels.map(({ id, value, units }, k) => ({
      level: id,
      value,
      units: units && { arm: units[arm]!, reference: units[reference]! },
      ...numbers[k]!,
    })),
    differences: others.map(({ id }, k) => ({ level: id, against: first.id, ...between[k]! })),
    ...(typeof test === "string" ? { status: test } : { ...test, status: "estimated" }),
    leaders: leadersIn(fitted.effects.model).size,
    respondents: fitted.rows.observations,
    warnings: warningsOf(frame, fitted, numbers),
  };
}
