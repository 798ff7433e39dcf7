import { upper } from "../../stats/matrix/triangular.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Outcome, Study } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { baselineWave, controlArm, type Design } from "../design/design.ts";
import { rosterOf } from "../design/presence.ts";
import type { Status } from "../design/status.ts";

/** One variable before the training, of one arm and the control arm, in its own unit; null where `status` says why. */
export interface Balance {
  readonly covariate: string;
  readonly arm: string;
  readonly reference: string;
  readonly mean: number | null;
  readonly referenceMean: number | null;
  readonly sd: number | null;
  /** (mean − referenceMean) / pooled sd. */
  readonly standardisedDifference: number | null;
  readonly status: Status;
}

/** Count, mean and sum of squared deviations of a variable in one arm. */
interface Spread {
  readonly n: number;
  readonly mean: number;
  readonly deviations: number;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { n: values.length, mean, deviations: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
}

/** A variable by arm, in the order of `study.arms`; null where there is no baseline wave to take it from. */
interface Variable {
  readonly name: string;
  readonly spread: readonly Spread[] | null;
}

/** Means over leaders of the leaders' baseline means. */
function outcomeVariable(study: Study, design: Design, outcome: Outcome, cells: Cells | null): Variable {
  const name = `${outcome.scale}:${outcome.rater ?? "difference"}`;
  const baseline = baselineWave(study);
  if (baseline < 0) return { name, spread: null };
  const values: number[][] = study.arms.map(() => []);
  const m = cells?.columns.length ?? 0;
  cells?.leader.forEach((leader, c) => {
    if (cells.wave[c] !== baseline || cells.n[c] === 0) return;
    values[design.arm[leader]!]?.push(cells.shift[m - 1]! + cells.sums[c * m + m - 1]! / cells.n[c]!);
  });
  return { name, spread: values.map(spreadOf) };
}

/** Mean over respondents of one covariate column, at the baseline or, without one, at the first wave. */
function covariateVariable(study: Study, design: Design, cells: Cells, column: number): Variable {
  const wave = Math.max(0, baselineWave(study));
  const m = cells.columns.length;
  const sums = study.arms.map(() => ({ n: 0, sum: 0, squares: 0 }));
  cells.leader.forEach((leader, c) => {
    const arm = sums[design.arm[leader]!];
    if (cells.wave[c] !== wave || arm === undefined) return;
    arm.n += cells.n[c]!;
    arm.sum += cells.sums[c * m + column]!;
    arm.squares += cells.products[c * ((m * (m + 1)) / 2) + upper(m, column, column)]!;
  });
  const spread = sums.map(({ n, sum, squares }) => ({
    n,
    mean: cells.shift[column]! + sum / n,
    deviations: squares - (sum * sum) / n,
  }));
  return { name: cells.columns[column]!, spread };
}

const employeesVariable = (study: Study, roster: readonly RosterRow[]): Variable => ({
  name: "employees",
  spread: study.arms.map((arm) => spreadOf(rosterOf(roster, arm.id).flatMap((row) => row.employees ?? []))),
});

function compare(own: Spread, reference: Spread): Pick<Balance, "sd" | "standardisedDifference" | "status"> {
  const none = (status: Status) => ({ sd: null, standardisedDifference: null, status });
  if (own.n === 0 || reference.n === 0) return none("no-data");
  if (own.n + reference.n < 3) return none("too-few-leaders");
  const variance = (own.deviations + reference.deviations) / (own.n + reference.n - 2);
  if (!(variance > 1e-24 * (own.mean ** 2 + reference.mean ** 2))) return none("no-variation");
  const sd = Math.sqrt(variance);
  return { sd, standardisedDifference: (own.mean - reference.mean) / sd, status: "estimated" };
}

function rowsOf(study: Study, { name, spread }: Variable): Balance[] {
  const control = controlArm(study);
  return study.arms.flatMap((arm, index) => {
    if (index === control) return [];
    const row = { covariate: name, arm: arm.id, reference: study.arms[control]!.id };
    const empty = { mean: null, referenceMean: null, sd: null, standardisedDifference: null };
    if (spread === null) return [{ ...row, ...empty, status: "no-baseline-wave" }];
    const own = spread[index]!;
    const reference = spread[control]!;
    const mean = own.n > 0 ? own.mean : null;
    const referenceMean = reference.n > 0 ? reference.mean : null;
    return [{ ...row, mean, referenceMean, ...compare(own, reference) }];
  });
}

/**
 * How alike the arms were before the training: every outcome at the baseline and the employees under a leader, with the
 * leader as unit; the plan's covariates with the respondent as unit. `sd` is the pooled one of both arms. Empty for a
 * study without a control arm.
 */
export function balance(
  study: Study,
  design: Design,
  roster: readonly RosterRow[],
  cellsOf: CellsOf,
): readonly Balance[] {
  if (controlArm(study) < 0) return [];
  const outcomes = [...study.plan.primary, ...study.plan.secondary];
  const first = outcomes[0];
  const adjusted = first && study.plan.covariates.length > 0 ? cellsOf(first, "complete") : null;
  const variables = [
    ...outcomes.map((outcome) => outcomeVariable(study, design, outcome, cellsOf(outcome, "all"))),
    ...(adjusted?.columns.slice(0, -1).map((_, column) => covariateVariable(study, design, adjusted, column)) ?? []),
    ...(roster.some((row) => row.employees !== null) ? [employeesVariable(study, roster)] : []),
  ];
  return variables.flatMap((variable) => rowsOf(study, variable));
}
