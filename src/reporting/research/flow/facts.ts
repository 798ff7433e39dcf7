import { aggregate, type Support } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { FlowColumn } from "./model.ts";

/** The way of every arm to the analysis, as it may be shown. */
export const flowOf = (
  { flow }: Pick<Analysis, "flow">,
  seen: ReadonlySet<string>,
  supportOf: (arm: string | null) => Support,
  rules: Rules,
): readonly FlowColumn[] =>
  flow.arms.map((column) => ({
    arm: column.arm,
    leaders: column.randomised.leaders,
    numbers: seen.has(column.arm ?? "") ? aggregate(supportOf(column.arm), column, rules) : suppressed,
  }));
