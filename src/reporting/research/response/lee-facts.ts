import { mayShow, nonLinear, type Support } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { ArmEmployees } from "../../../estimation/trial/answering.ts";
import type { ResponseLeeBound } from "../../../estimation/trial/response-lee-bounds.ts";
import type { Study } from "../../../study/study.ts";
import type { Interval } from "../../effect/effect.ts";
import { intervalOf, type Seen } from "../../effect/facts.ts";
import { outcomeOf } from "../../page/reported-outcome.ts";
import type { ResponseLeeNumbers, ResponseLeeRow } from "./model.ts";

const supportOf = ({ answered, leaders, largest }: ArmEmployees): Support => ({ n: answered, leaders, largest });

/** Answers of the trimmed arm that are left out at either end, and those that are kept. */
function partsOf({ trimmed, trimmedArm, arm, employees }: ResponseLeeBound) {
  const answered = employees === null ? 0 : trimmedArm === arm ? employees.arm.answered : employees.reference.answered;
  const left = trimmedArm === null ? 0 : (trimmed ?? 0) * answered;
  return { left, kept: trimmedArm === null ? Number.POSITIVE_INFINITY : answered - left };
}

/** Either arm must be large enough alone, and the mean of what is kept of one stand on as many answers as any mean. */
function mayBeShown(bound: ResponseLeeBound, seen: Seen, rules: Rules): boolean {
  const { arm, reference, wave, employees } = bound;
  return (
    employees !== null &&
    seen(arm, wave) &&
    seen(reference, wave) &&
    [employees.arm, employees.reference].every((one) => mayShow(supportOf(one), rules)) &&
    partsOf(bound).kept >= rules.respondents
  );
}

const coarse = (low: number, high: number, decimals: number): Interval => ({
  low: roundTo(low, decimals),
  high: roundTo(high, decimals),
});

/**
 * The bounds tell the mean of the answers that are left out: where those are fewer than may be spoken of, both are told
 * with a decimal less, as bounds over leaders are.
 */
function numbersOf(bound: ResponseLeeBound, shown: number, rules: Rules): ResponseLeeNumbers | null {
  const { low, high, interval, trimmedArm, trimmed } = bound;
  if (low === null || high === null) return null;
  const { left } = partsOf(bound);
  const few = left > 0 && left < rules.respondents;
  const decimals = few ? Math.max(0, shown - 1) : shown;
  const range = (one: Interval): Interval =>
    few ? coarse(one.low, one.high, decimals) : intervalOf(one.low, one.high, decimals)!;
  return {
    ...coarse(low, high, decimals),
    decimals,
    interval: interval && range(interval),
    trimmedArm,
    trimmed: trimmed === null ? null : roundTo(trimmed, 3),
  };
}

/** Bounds for the employees who would answer in either arm, as they may be shown: they are no sums of answers. */
export const responseLeeBoundsOf = (
  study: Study,
  analysis: Analysis,
  seen: Seen,
  rules: Rules,
): readonly ResponseLeeRow[] =>
  analysis.responseLeeBounds.map((bound) => {
    const { outcome, rater, wave, arm, reference, status, employees } = bound;
    const shown = outcomeOf(study, { scale: outcome, rater }, "primary").decimals;
    const numbers = mayBeShown(bound, seen, rules) ? numbersOf(bound, shown, rules) : null;
    const both = [employees?.arm, employees?.reference].flatMap((one) => (one ? [supportOf(one)] : []));
    const support: Support = {
      n: both.reduce((sum, one) => sum + one.n, 0),
      leaders: both.reduce((sum, one) => sum + one.leaders, 0),
      largest: both.reduce((most, one) => Math.max(most, one.largest), 0),
    };
    const cell = numbers === null ? suppressed : nonLinear(support, numbers, rules);
    return { outcome, rater, wave, arm, reference, status, numbers: cell };
  });
