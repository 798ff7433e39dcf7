import type { Study } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { controlArm, type Design } from "../design/design.ts";
import type { Status } from "../design/status.ts";
import { armFit, armTest, type LeaderSums } from "./arm-fit.ts";
import { type BalanceVariable, balanceVariables } from "./balance-variables.ts";

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
  /**
   * Test that all arms are alike in the covariate, the same on each of its rows: HTZ with CR2 over the units of allocation,
   * within the blocks that arms were drawn in.
   */
  readonly p: number | null;
  readonly status: Status;
}

/** Count, mean and sum of squared deviations of a variable in one arm. */
interface Spread {
  readonly n: number;
  readonly mean: number;
  readonly deviations: number;
}

function spreadOf(shift: number, leaders: readonly LeaderSums[]): Spread {
  const n = leaders.reduce((total, { rows }) => total + rows, 0);
  const mean = leaders.reduce((total, { sum }) => total + sum, 0) / n;
  const deviations = leaders.reduce(
    (total, { rows, sum, squares }) => total + (squares - (sum * sum) / rows) + rows * (sum / rows - mean) ** 2,
    0,
  );
  return { n, mean: shift + mean, deviations };
}

function compare(own: Spread, reference: Spread): Pick<Balance, "sd" | "standardisedDifference" | "status"> {
  const none = (status: Status) => ({ sd: null, standardisedDifference: null, status });
  if (own.n === 0 || reference.n === 0) return none("no-data");
  if (own.n + reference.n < 3) return none("too-few-leaders");
  const variance = (own.deviations + reference.deviations) / (own.n + reference.n - 2);
  if (!(variance > 1e-24 * (own.mean ** 2 + reference.mean ** 2))) return none("no-variation");
  const sd = Math.sqrt(variance);
  return { sd, standardisedDifference: (own.mean - reference.mean) / sd, status: "estimated" };
}

/** Test that a variable is the same in all arms; null where there is none. */
function jointP({ design, leaders }: BalanceVariable): number | null {
  const fitted = leaders && armFit(design, leaders, design.block);
  return (fitted && armTest(fitted)?.p) ?? null;
}

function rowsOf(study: Study, variable: BalanceVariable): Balance[] {
  const control = controlArm(study);
  const { name, design, leaders, shift } = variable;
  const p = jointP(variable);
  const spread = study.arms.map((_, arm) =>
    spreadOf(
      shift,
      (leaders ?? []).filter(({ leader }) => design.arm[leader] === arm),
    ),
  );
  return study.arms.flatMap((arm, index) => {
    if (index === control) return [];
    const row = { covariate: name, arm: arm.id, reference: study.arms[control]!.id, p };
    const empty = { mean: null, referenceMean: null, sd: null, standardisedDifference: null };
    if (leaders === null) return [{ ...row, ...empty, status: "no-baseline-wave" }];
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
  return balanceVariables(study, design, roster, cellsOf).flatMap((variable) => rowsOf(study, variable));
}
