import { aggregate, type Support } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { Study } from "../../../study/study.ts";
import { answersAt, intervalOf, type Seen } from "../../effect/facts.ts";
import { outcomeOf } from "../../page/reported-outcome.ts";
import type { ResponseBoundRow, ResponseRow } from "./model.ts";

/** Response by arm and wave: hidden with the arm, its difference with the control arm, the test with any of them. */
export const responseOf = (study: Study, analysis: Analysis, seen: Seen, rules: Rules): readonly ResponseRow[] => {
  const control = study.arms.find((arm) => arm.control)?.id ?? "";
  const baseline = study.waves.find((wave) => wave.baseline)?.id;
  return analysis.response.map((row) => {
    const { arm, wave, leaders, withoutHeadcount, beyondHeadcount, invited, answered, share, difference, p } = row;
    const { largest } = answersAt(analysis, wave, [arm]);
    const support: Support = { n: answered, leaders, largest };
    const everybody = study.arms.every(({ id }) => seen(id, wave));
    const compared = difference !== null && seen(control, wave) ? difference : null;
    const hundred = (value: number) => 100 * value;
    return {
      arm,
      wave,
      leaders,
      withoutHeadcount,
      beyondHeadcount: beyondHeadcount > 0 && wave !== baseline && seen(arm, wave),
      numbers:
        share === null || !seen(arm, wave)
          ? suppressed
          : aggregate(
              support,
              {
                invited,
                answered,
                share: roundTo(share, 3),
                difference: compared && roundTo(hundred(compared.estimate), 1),
                interval:
                  compared?.low == null || compared.high === null
                    ? null
                    : intervalOf(hundred(compared.low), hundred(compared.high), 1),
              },
              rules,
            ),
      p: everybody ? aggregate(support, p === null ? null : roundTo(p, 4), rules) : suppressed,
    };
  });
};

/** Waves at which arms answered unevenly by more than chance; of these no arm may be too small to speak of. */
export const unevenWaves = (study: Study, analysis: Analysis, seen: Seen): readonly string[] =>
  study.waves
    .map(({ id }) => id)
    .filter((wave) => study.arms.length > 0 && study.arms.every(({ id }) => seen(id, wave)))
    .filter((wave) =>
      analysis.response.some((row) => row.wave === wave && row.p !== null && row.p < 1 - study.plan.confidence),
    );

/** Worst-case bounds of the primary effects, each hidden with either arm. */
export const responseBoundsOf = (
  study: Study,
  analysis: Analysis,
  seen: Seen,
  rules: Rules,
): readonly ResponseBoundRow[] =>
  analysis.responseBounds.map(({ outcome, rater, wave, arm, reference, low, high, interval, answered, status }) => {
    const { decimals } = outcomeOf(study, { scale: outcome, rater }, "primary");
    const known = low !== null && high !== null && seen(arm, wave) && seen(reference, wave);
    const leaders = analysis.response
      .filter((row) => row.wave === wave && [arm, reference].includes(row.arm))
      .reduce((sum, row) => sum + row.leaders, 0);
    return {
      outcome,
      rater,
      wave,
      arm,
      status,
      numbers: known
        ? aggregate(
            { n: answered, leaders, largest: answersAt(analysis, wave, [arm, reference]).largest },
            {
              low: roundTo(low, decimals),
              high: roundTo(high, decimals),
              interval: interval && intervalOf(interval.low, interval.high, decimals),
            },
            rules,
          )
        : suppressed,
    };
  });
