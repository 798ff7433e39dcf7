import { aggregate, type Support } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { BalanceRow } from "./model.ts";

export const balanceOf = (
  analysis: Analysis,
  seen: ReadonlySet<string>,
  supportOf: (arm: string) => Support,
  rules: Rules,
) =>
  analysis.balance.map(({ covariate, arm, reference, mean, referenceMean, sd, standardisedDifference, status }) => {
    const known = mean !== null && referenceMean !== null && sd !== null && standardisedDifference !== null;
    const numbers: BalanceRow["numbers"] =
      known && seen.has(arm) && seen.has(reference)
        ? aggregate(
            supportOf(arm),
            {
              mean: roundTo(mean, 2),
              referenceMean: roundTo(referenceMean, 2),
              sd: roundTo(sd, 2),
              standardisedDifference: roundTo(standardisedDifference, 2),
            },
            rules,
          )
        : suppressed;
    return { covariate, arm, reference, status, numbers };
  });
