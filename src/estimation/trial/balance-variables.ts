import { upper } from "../../stats/matrix/triangular.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Outcome, Study } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { designFor } from "../design/clusters.ts";
import { baselineWave, type Design } from "../design/design.ts";
import type { LeaderSums } from "./arm-fit.ts";

/** What arms should be alike in, from before the training. */
export interface BalanceVariable {
  readonly name: string;
  /** With the clusters of this variable. */
  readonly design: Design;
  /** Taken off every value before it was summed. */
  readonly shift: number;
  /** Leaders of an arm who have a value; null where there is no baseline wave to take one from. */
  readonly leaders: readonly LeaderSums[] | null;
}

const inArm = ({ arm }: Design, sums: readonly LeaderSums[]): readonly LeaderSums[] =>
  sums.filter(({ leader, rows }) => rows > 0 && arm[leader]! >= 0);

const single = (leader: number, value: number): LeaderSums => ({ leader, rows: 1, sum: value, squares: value * value });

/** The leaders' baseline means of an outcome. */
function outcomeVariable(study: Study, design: Design, outcome: Outcome, cells: Cells | null): BalanceVariable {
  const own = designFor(study, design, outcome);
  const name = `${outcome.scale}:${outcome.rater ?? "difference"}`;
  const baseline = baselineWave(study);
  const m = cells?.columns.length ?? 0;
  const shift = cells?.shift[m - 1] ?? 0;
  if (baseline < 0) return { name, design: own, shift, leaders: null };
  const leaders = Array.from(cells?.leader ?? [], (leader, c) =>
    cells!.wave[c] === baseline && cells!.n[c]! > 0 ? single(leader, cells!.sums[c * m + m - 1]! / cells!.n[c]!) : null,
  ).filter((one) => one !== null);
  return { name, design: own, shift, leaders: inArm(design, leaders) };
}

/** The respondents' values of one covariate column at the baseline. */
function covariateVariable(study: Study, design: Design, cells: Cells, column: number): BalanceVariable {
  const wave = baselineWave(study);
  const m = cells.columns.length;
  const name = cells.columns[column]!;
  const shift = cells.shift[column]!;
  if (wave < 0) return { name, design, shift, leaders: null };
  const leaders = Array.from(cells.leader, (leader, c) => ({
    leader,
    rows: cells.wave[c] === wave ? cells.n[c]! : 0,
    sum: cells.sums[c * m + column]!,
    squares: cells.products[c * ((m * (m + 1)) / 2) + upper(m, column, column)]!,
  }));
  return { name, design, shift, leaders: inArm(design, leaders) };
}

function employeesVariable(design: Design, roster: readonly RosterRow[]): BalanceVariable {
  const employees = new Map(roster.map((row) => [row.leader, row.employees]));
  const leaders = design.leaders.flatMap((id, leader) => {
    const count = employees.get(id) ?? null;
    return count === null ? [] : [single(leader, count)];
  });
  return { name: "employees", design, shift: 0, leaders: inArm(design, leaders) };
}

/**
 * Every outcome of the plan at the baseline and the employees under a leader, with the leader as row; the plan's
 * covariates with the respondent as row.
 */
export function balanceVariables(
  study: Study,
  design: Design,
  roster: readonly RosterRow[],
  cellsOf: CellsOf,
): readonly BalanceVariable[] {
  const outcomes = [...study.plan.primary, ...study.plan.secondary];
  const first = outcomes[0];
  const adjusted = first && study.plan.covariates.length > 0 ? cellsOf(first, "complete") : null;
  return [
    ...outcomes.map((outcome) => outcomeVariable(study, design, outcome, cellsOf(outcome, "all"))),
    ...(adjusted?.columns.slice(0, -1).map((_, column) => covariateVariable(study, design, adjusted, column)) ?? []),
    ...(roster.some((row) => row.employees !== null) ? [employeesVariable(design, roster)] : []),
  ];
}
