import { modelRows } from "../../stats/moments/model-rows.ts";
import { clusterRobust } from "../../stats/regression/cluster-robust.ts";
import { estimable } from "../../stats/regression/estimable.ts";
import { type JointTest, jointTest } from "../../stats/regression/joint-test.ts";
import { leastSquares } from "../../stats/regression/least-squares.ts";
import { holm } from "../../stats/trial/multiplicity.ts";
import type { Covariate, Outcome, Rater, Study } from "../../study/study.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { designFor } from "../design/clusters.ts";
import { againstControl, type Comparison } from "../design/comparisons.ts";
import { controlArm, type Design, followUpWaves, isByUnit } from "../design/design.ts";
import type { Missing, Status, Warning } from "../design/status.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import { leadersIn } from "../model/model-columns.ts";
import { columnsOfCovariate, productName, subgroupModel } from "../model/subgroup-model.ts";
import { beyondRounding, refusal } from "./fit-effects.ts";
import { numbersOf } from "./inference.ts";
import { type Level, levelsOf } from "./subgroup-levels.ts";

/** Numbers of an effect, or of a difference of two; null unless `status` is `estimated`. */
export interface SubgroupNumbers {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly status: Status;
}

/** The effect of an arm among those with one value of a covariate. */
export interface SubgroupEffect extends SubgroupNumbers {
  /** The code; of a number `low` and `high`: one standard deviation below and above its mean over respondents. */
  readonly level: string;
  readonly value: number | null;
  /** Units of allocation with such a respondent; null for a number. */
  readonly units: { readonly arm: number; readonly reference: number } | null;
}

/** How much more effect an arm has at one level than at another. */
export interface SubgroupDifference extends SubgroupNumbers {
  readonly level: string;
  readonly against: string;
}

/**
 * Whether the effect of one arm on a primary outcome, at the last wave, differs with a covariate: from the ANCOVA of all
 * arms with the products of arm and covariate, CR2 with Satterthwaite's degrees of freedom over the units of allocation.
 * `f` is the joint test (HTZ) of the differences that are estimated, `pAdjusted` Holm's over all tests of subgroups.
 * Where a covariate is a number, its effects are read at its mean ± sd, both taken as known.
 */
export interface Subgroup {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly covariate: string;
  readonly effects: readonly SubgroupEffect[];
  /** Each level against the first. */
  readonly differences: readonly SubgroupDifference[];
  readonly f: number | null;
  readonly df1: number | null;
  readonly df2: number | null;
  readonly p: number | null;
  readonly pAdjusted: number | null;
  readonly leaders: number;
  readonly respondents: number;
  readonly status: Status;
  /** As of an estimate. */
  readonly planned: "as-planned" | "locked-after-answers" | "deviation" | null;
  readonly warnings: readonly Warning[];
}

/** What the records of one outcome and covariate have in common. */
interface Inquiry {
  readonly study: Study;
  readonly outcome: Outcome;
  readonly wave: number;
  readonly covariate: Covariate;
}

const missingNumbers = (status: Missing): SubgroupNumbers => ({
  estimate: null,
  se: null,
  df: null,
  p: null,
  low: null,
  high: null,
  status,
});

function recordOf(
  { study, outcome, wave, covariate }: Inquiry,
  { arm, reference }: Comparison,
  status: Missing,
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
  readonly refused: Missing | null;
}

function tooFew(
  { source: { design } }: FittedModel,
  { arm, reference }: Comparison,
  levels: readonly Level[],
): Missing | null {
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
  return { contrast, refused: few ?? refusal(fitted, comparison, contrast) };
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
    const { estimate, variance, df } = contrasts[open.indexOf(one)]!;
    const found = beyondRounding(fit, one.contrast, numbersOf(estimate, variance, df, study.plan.confidence));
    if (typeof found === "string") return missingNumbers(found);
    const { se, p, low, high } = found;
    return { estimate, se, df, p, low, high, status: "estimated" };
  });
}

/** The test that differences are zero, of those that are there. */
function testOf(
  { fit }: FittedModel,
  asked: readonly Asked[],
  numbers: readonly SubgroupNumbers[],
): JointTest | Missing {
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
  { study, covariate }: Inquiry,
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

function ofArm(inquiry: Inquiry, fitted: FittedModel, levels: readonly Level[], comparison: Comparison): Subgroup {
  const { covariate } = inquiry;
  const { arm, reference } = comparison;
  const [first, ...others] = levels;
  const empty = recordOf(inquiry, comparison, "no-variation");
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
    warnings: warningsOf(inquiry, fitted, numbers),
  };
}

/** The cells with a covariate among their columns. */
const cellsWith = ({ study, outcome, covariate }: Inquiry, cellsOf: CellsOf) =>
  cellsOf(outcome, study.plan.covariates.includes(covariate.id) ? "complete" : `subgroup ${covariate.id}`);

function fitOf(inquiry: Inquiry, design: Design, cellsOf: CellsOf): FittedModel | Missing {
  const { study, outcome, wave, covariate } = inquiry;
  if (controlArm(study) < 0) return "no-control-arm";
  if (!followUpWaves(study).includes(wave)) return "no-follow-up-wave";
  const cells = cellsWith(inquiry, cellsOf);
  if (cells === null) return "no-data";
  const source = { study, design: designFor(study, design, outcome), cells, unadjusted: cellsOf(outcome, "all"), wave };
  const effects = subgroupModel(source, covariate);
  const rows = modelRows(effects.model);
  return rows.observations === 0 ? "no-data" : { source, effects, rows, fit: leastSquares(rows) };
}

function adjusted(rows: readonly Subgroup[]): readonly Subgroup[] {
  const tested = rows.filter(({ p }) => p !== null);
  const p = holm(tested.map((row) => row.p!));
  return rows.map((row) => (row.p === null ? row : { ...row, pAdjusted: p[tested.indexOf(row)]! }));
}

/**
 * Effects by subgroup as the plan names them: every primary outcome at the last wave, covariate and arm. Empty where the
 * plan names none, and for a study without arms. `planned` is left null.
 */
export function subgroups(study: Study, design: Design, cellsOf: CellsOf): readonly Subgroup[] {
  const named = study.covariates.filter(({ id }) => study.plan.subgroups?.includes(id));
  const wave = study.waves.length - 1;
  const rows = study.plan.primary.flatMap((outcome) =>
    named.flatMap((covariate) => {
      const inquiry: Inquiry = { study, outcome, wave, covariate };
      const fitted = fitOf(inquiry, design, cellsOf);
      const levels = typeof fitted === "string" ? [] : levelsOf(fitted, covariate);
      return againstControl(study).map((comparison) =>
        typeof fitted === "string" ? recordOf(inquiry, comparison, fitted) : ofArm(inquiry, fitted, levels, comparison),
      );
    }),
  );
  return adjusted(rows);
}
