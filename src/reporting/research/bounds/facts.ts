import { aggregate, type Support } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { AttritionBound } from "../../../estimation/trial/attrition-bounds.ts";
import type { Study } from "../../../study/study.ts";
import type { Interval } from "../../effect/effect.ts";
import { answersAt, intervalOf, type Seen } from "../../effect/facts.ts";
import { outcomeOf } from "../../page/reported-outcome.ts";
import type { BoundNumbers, BoundRow } from "./model.ts";

/** Leaders behind numbers that are no sums: of which order and quantile statistics are made. */
const fewestLeaders = 10;

/**
 * The two bounds differ by the leaders that were left out of one and of the other: where those are fewer than may be
 * spoken of, both are told with a decimal less, whole points on an index, from which nothing about them can be had.
 */
const decimalsOf = (
  { trimmed, trimmedArm, wave }: AttritionBound,
  { flow }: Pick<Analysis, "flow">,
  decimals: number,
  rules: Rules,
): number => {
  const own = flow.arms.find(({ arm }) => arm === trimmedArm)?.waves.find((each) => each.wave === wave);
  const left = (trimmed ?? 0) * (own ? own.measured + own.underThreshold : 0);
  return left > 0 && left < rules.leaders ? Math.max(0, decimals - 1) : decimals;
};

const coarse = (low: number, high: number, decimals: number): Interval => ({
  low: roundTo(low, decimals),
  high: roundTo(high, decimals),
});

const boundOf = (bound: AttritionBound, decimals: number, shown: number): BoundNumbers | null => {
  const { low, high, interval, trimmedArm, trimmed } = bound;
  if (low === null || high === null) return null;
  const range = (from: number, to: number): Interval => (decimals < shown ? coarse : intervalOf)(from, to, decimals)!;
  return {
    ...range(low, high),
    decimals,
    trimmedArm,
    interval: interval && range(interval.low, interval.high),
    trimmed: trimmed === null ? null : roundTo(trimmed, 3),
  };
};

/** Bounds under attrition, as they may be shown. */
export const boundsOf = (study: Study, analysis: Analysis, seen: Seen, rules: Rules): readonly BoundRow[] =>
  analysis.bounds.map((bound) => {
    const { outcome, rater, wave, arm, reference, randomised, leaders, status } = bound;
    const shown = outcomeOf(study, { scale: outcome, rater }, "secondary").decimals;
    const numbers = boundOf(bound, decimalsOf(bound, analysis, shown, rules), shown);
    const support: Support = { ...answersAt(analysis, wave, [arm, reference]), leaders };
    const mayShow = seen(arm, wave) && seen(reference, wave) && leaders >= fewestLeaders;
    return {
      outcome,
      rater,
      wave,
      arm,
      reference,
      randomised,
      leaders,
      status,
      numbers: numbers && mayShow ? aggregate(support, numbers, rules) : suppressed,
    };
  });
