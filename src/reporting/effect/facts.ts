import { estimateCell, mayShow, type Support } from "../../disclosure/aggregate.ts";
import { suppressed } from "../../disclosure/published.ts";
import type { Rules } from "../../disclosure/rules.ts";
import { endDecimals, roundTo } from "../../disclosure/unit.ts";
import type { Analysis } from "../../estimation/analysis.ts";
import type { Estimate } from "../../estimation/inference/estimate.ts";
import type { FlowArm } from "../../estimation/trial/flow.ts";
import { tCritical } from "../../stats/distribution/distributions.ts";
import type { Study } from "../../study/study.ts";
import { outcomeOf } from "../page/reported-outcome.ts";
import type { Effect, EffectNumbers, Interval } from "./effect.ts";

/** Whether an arm may be spoken of, at every one of some waves. */
export type Seen = (arm: string, ...waves: readonly string[]) => boolean;

/** Arms large enough to be spoken of, and whether these are all. */
export interface SeenArms {
  readonly arms: ReadonlySet<string>;
  readonly all: boolean;
}

/** Behind a mean of own answers stands one answer per leader. */
export const ownAnswers = (leaders: number): Support => ({ n: leaders, leaders, largest: Math.min(1, leaders) });

/**
 * Who answered at a wave about some arms, or about all: the largest team may have given the answers of all numbers of the
 * wave. Where the largest is not known, it may be everybody.
 */
export const answersAt = (
  { flow }: Pick<Analysis, "flow">,
  wave: string,
  arms: readonly string[] | null = null,
): Support => {
  const found = flow.arms
    .filter(({ arm }) => arms === null || arms.includes(arm ?? ""))
    .flatMap(({ waves, largest }) =>
      waves
        .filter((each) => each.wave === wave)
        .map(({ employees, measured, underThreshold }) => ({
          n: employees,
          leaders: measured + underThreshold,
          largest: largest.waves[wave] ?? employees,
        })),
    );
  return {
    n: found.reduce((sum, { n }) => sum + n, 0),
    leaders: found.reduce((sum, { leaders }) => sum + leaders, 0),
    largest: Math.max(0, ...found.map(({ largest }) => largest)),
  };
};

/** An interval as it is shown: rounded to the unit's decimals, an end that would become zero to one more. */
export const intervalOf = (low: number | null, high: number | null, decimals: number): Interval | null => {
  const end = (value: number) => roundTo(value, endDecimals(value, decimals));
  return low === null || high === null ? null : { low: end(low), high: end(high) };
};

const enough = (wave: FlowArm["waves"][number], { largest }: FlowArm, rules: Rules): boolean =>
  mayShow(
    {
      n: wave.employees,
      leaders: wave.measured + wave.underThreshold,
      largest: largest.waves[wave.wave] ?? wave.employees,
    },
    rules,
  );

/**
 * Whether an arm has enough leaders and answers to speak of: at the baseline and at the last wave for anything at all,
 * and at the very waves that a number is about, and no leader who is nearly all of it.
 */
export const seenArms = (study: Study, { flow }: Pick<Analysis, "flow">, rules: Rules): Seen => {
  const always = study.waves.flatMap(({ id, baseline }, index) =>
    baseline || index === study.waves.length - 1 ? [id] : [],
  );
  const large = new Set(
    flow.arms.flatMap((own) =>
      own.waves.flatMap((wave) => (enough(wave, own, rules) ? [JSON.stringify([own.arm ?? "", wave.wave])] : [])),
    ),
  );
  const known = new Set(
    flow.arms.flatMap(({ arm, waves }) => waves.map(({ wave }) => JSON.stringify([arm ?? "", wave]))),
  );
  return (arm, ...waves) =>
    flow.arms.some((each) => (each.arm ?? "") === arm) &&
    [...always, ...waves].every((wave) => {
      const key = JSON.stringify([arm, wave]);
      return large.has(key) || !known.has(key);
    });
};

/** Where the stated interval lies beside the plan's smallest effect of interest, as the unrounded numbers have it. */
const againstSmallest = (estimate: Estimate): EffectNumbers["againstSmallest"] => {
  const { equivalence, adjusted } = estimate;
  const { low, high } = adjusted ?? estimate;
  if (equivalence === null) return null;
  const { margin, equivalent, p } = equivalence;
  const beyond = low !== null && high !== null && (low > margin || high < -margin);
  return { margin, p: roundTo(p, 4), verdict: beyond ? "beyond" : equivalent ? "within" : "undecided" };
};

const effectNumbers = (estimate: Estimate, decimals: number): EffectNumbers | null => {
  const { estimate: value, se, df, p, low, high, adjusted, pAdjusted, standardised, minimumDetectable } = estimate;
  if (value === null) return null;
  const half = se === null ? null : se * tCritical(0.5, df ?? Number.POSITIVE_INFINITY);
  const round = (number: number) => roundTo(number, decimals);
  const rounded = (number: number | null, digits: number) => (number === null ? null : roundTo(number, digits));
  return {
    estimate: round(value),
    se: rounded(se, decimals + 1),
    df: df === null || !Number.isFinite(df) ? null : roundTo(df, 1),
    p: rounded(p, 4),
    pAdjusted: rounded(pAdjusted, 4),
    interval: intervalOf(low, high, decimals),
    adjusted: adjusted && intervalOf(adjusted.low, adjusted.high, decimals),
    half: half === null ? null : intervalOf(value - half, value + half, decimals),
    standardised: rounded(standardised, 2),
    minimumDetectable: rounded(minimumDetectable, decimals),
    againstSmallest: againstSmallest(estimate),
  };
};

/** An estimate or contrast as the report has it: suppressed with either of the arms that it compares. */
export const effectOf = (estimate: Estimate, study: Study, seen: Seen, rules: Rules): Effect => {
  const { outcome, rater, wave, arm, reference, estimator, seType, status, planned, leaders, respondents } = estimate;
  const numbers = effectNumbers(estimate, outcomeOf(study, { scale: outcome, rater }, "secondary").decimals);
  const mayShow = numbers !== null && seen(arm, wave) && seen(reference, wave);
  const sides = [estimate.support.arm, estimate.support.reference];
  return {
    ...{ outcome, rater, wave, arm, reference, estimator, seType, status, planned, leaders, respondents },
    support: {
      leaders: Math.min(...sides.map((side) => side.leaders)),
      respondents: Math.min(...sides.map((side) => side.respondents)),
    },
    numbers: mayShow ? estimateCell(leaders, respondents, numbers, rules) : suppressed,
  };
};
