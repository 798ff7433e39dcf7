import { aggregate, type Support } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { FlowArm } from "../../../estimation/trial/flow.ts";
import type { FlowColumn } from "./model.ts";

/** Behind the counts of an arm stands what was analysed; where nothing was (no arms, no plan), the last wave. */
const behind = (column: FlowArm, supportOf: (arm: string | null) => Support): Support => {
  const last = column.waves.at(-1);
  return column.analysed.leaders > 0 || !last
    ? supportOf(column.arm)
    : {
        n: last.employees,
        leaders: last.measured + last.underThreshold,
        largest: column.largest.waves[last.wave] ?? last.employees,
      };
};

/** The way of every arm to the analysis, as it may be shown. */
export const flowOf = (
  { flow }: Pick<Analysis, "flow">,
  seen: ReadonlySet<string>,
  supportOf: (arm: string | null) => Support,
  rules: Rules,
): readonly FlowColumn[] =>
  flow.arms.map((column) => {
    const { largest: _, ...shown } = column;
    return {
      arm: column.arm,
      leaders: column.randomised.leaders,
      numbers: seen.has(column.arm ?? "") ? aggregate(behind(column, supportOf), shown, rules) : suppressed,
    };
  });
