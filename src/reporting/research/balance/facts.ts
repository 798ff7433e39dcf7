import { aggregate, nonLinear, type Support } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import { normalTwoTail } from "../../../stats/distribution/distributions.ts";
import type { SeenArms } from "../../effect/facts.ts";
import { type BalanceModel, type BalanceRow, notable } from "./model.ts";

/** Difference of the means of `own` and `other` leaders, in sd, has the standard error √(1/own + 1/other). */
const chanceOf = (own: number, other: number): number =>
  own > 0 && other > 0 ? roundTo(normalTwoTail(notable / Math.sqrt(1 / own + 1 / other)), 2) : 0;

export const balanceOf = (
  analysis: Analysis,
  seen: ReadonlySet<string>,
  supportOf: (arm: string) => Support,
  rules: Rules,
) => {
  const leadersOf = (arm: string) => analysis.flow.arms.find((each) => each.arm === arm)?.randomised.leaders ?? 0;
  return analysis.balance.map(
    ({ covariate, arm, reference, mean, referenceMean, sd, standardisedDifference, status }) => {
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
      return { covariate, arm, reference, status, chance: chanceOf(leadersOf(arm), leadersOf(reference)), numbers };
    },
  );
};

/** The omnibus test of balance, of all arms together. */
export const balanceTestOf = (
  { balanceTest, flow }: Analysis,
  { all }: SeenArms,
  supportOf: (arm: string | null) => Support,
  rules: Rules,
): BalanceModel["balanceTest"] => {
  if (!all || balanceTest === null) return suppressed;
  const { statistic, df, p, draws } = balanceTest;
  if (statistic === null || df === null || p === null) return suppressed;
  const supports = flow.arms.map(({ arm }) => supportOf(arm));
  const total = (of: "n" | "leaders") => supports.reduce((sum, support) => sum + support[of], 0);
  const support = {
    n: total("n"),
    leaders: total("leaders"),
    largest: Math.max(0, ...supports.map(({ largest }) => largest)),
  };
  return nonLinear(support, { statistic: roundTo(statistic, 2), df, p: roundTo(p, 4), draws }, rules);
};
