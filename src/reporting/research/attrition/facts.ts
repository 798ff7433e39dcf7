import { aggregate, type Support } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { AttritionRow } from "./model.ts";

/** Loss is of leaders, not of answers: what an arm may show, its flow decides. */
export const attritionOf = (
  { attrition }: Analysis,
  seen: ReadonlySet<string>,
  supportOf: (arm: string) => Support,
  rules: Rules,
): readonly AttritionRow[] =>
  attrition.map(({ arm, wave, leaders, lost, share, p, status }) => ({
    arm,
    wave,
    leaders,
    status,
    numbers: seen.has(arm)
      ? aggregate(supportOf(arm), { lost, share: share === null ? null : roundTo(share, 3) }, rules)
      : suppressed,
    p: attrition.every((row) => row.wave !== wave || seen.has(row.arm))
      ? aggregate(supportOf(arm), p === null ? null : roundTo(p, 4), rules)
      : suppressed,
  }));
