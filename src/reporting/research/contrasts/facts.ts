import { estimateCell } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { JointEffect } from "../../../estimation/inference/joint-effect.ts";
import type { Study } from "../../../study/study.ts";
import type { Effect } from "../../effect/effect.ts";
import { effectOf, type Seen } from "../../effect/facts.ts";
import type { JointRow } from "./model.ts";

/** Arm against arm as it may be shown. */
export const contrastsOf = (
  study: Study,
  { contrasts }: Pick<Analysis, "contrasts">,
  seen: Seen,
  rules: Rules,
): readonly Effect[] => contrasts.map((contrast) => effectOf(contrast, study, seen, rules));

const numbersOf = ({ f, df1, df2, p }: JointEffect) =>
  f === null || df1 === null || df2 === null || p === null
    ? null
    : { f: roundTo(f, 2), df1, df2: roundTo(df2, 1), p: roundTo(p, 4) };

/** The primary estimator's joint tests. An estimate of the same wave knows how many leaders are behind them. */
export const jointTestsOf = (
  study: Study,
  { jointTests, estimates }: Pick<Analysis, "jointTests" | "estimates">,
  seen: Seen,
  rules: Rules,
): readonly JointRow[] =>
  jointTests
    .filter(({ estimator }) => estimator === study.plan.estimator)
    .map((test) => {
      const { outcome, rater, wave, estimator, status } = test;
      const behind = estimates.find(
        (each) =>
          each.status === "estimated" &&
          [each.outcome, each.rater, each.wave, each.estimator].join() === [outcome, rater, wave, estimator].join(),
      );
      const numbers = numbersOf(test);
      const mayShow = study.arms.every(({ id }) => seen(id, wave));
      return {
        outcome,
        rater,
        wave,
        status,
        numbers:
          numbers && behind && mayShow ? estimateCell(behind.leaders, behind.respondents, numbers, rules) : suppressed,
      };
    });
