import { estimateCell } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { Study } from "../../../study/study.ts";
import { intervalOf, type Seen } from "../../effect/facts.ts";
import { outcomeOf } from "../../page/reported-outcome.ts";
import type { FadeRow } from "./model.ts";

/**
 * How effects changed between waves, as it may be shown: of arms that may be seen at both, and where the smaller of the
 * two waves has enough leaders behind its effect.
 */
export const fadeOutOf = (
  study: Study,
  { fadeOut, estimates }: Pick<Analysis, "fadeOut" | "estimates">,
  seen: Seen,
  rules: Rules,
): readonly FadeRow[] => {
  const control = study.arms.find((arm) => arm.control)?.id ?? "";
  return fadeOut.map(({ outcome, rater, arm, from, to, estimate, p, low, high, status }) => {
    const { decimals } = outcomeOf(study, { scale: outcome, rater }, "secondary");
    const behind = estimates.filter(
      (each) =>
        each.estimator === study.plan.estimator &&
        each.status === "estimated" &&
        [each.outcome, each.rater, each.arm].join() === [outcome, rater, arm].join() &&
        [from, to].includes(each.wave),
    );
    const mayShow = estimate !== null && seen(arm, from, to) && seen(control, from, to);
    const fewest = (count: (each: (typeof behind)[number]) => number) => Math.min(...behind.map(count));
    const numbers = {
      estimate: roundTo(estimate ?? 0, decimals),
      p: p === null ? null : roundTo(p, 4),
      interval: intervalOf(low, high, decimals),
    };
    return {
      outcome,
      rater,
      arm,
      from,
      to,
      status,
      numbers:
        mayShow && behind.length > 0
          ? estimateCell(
              fewest(({ leaders }) => leaders),
              fewest(({ respondents }) => respondents),
              numbers,
              rules,
            )
          : suppressed,
    };
  });
};
