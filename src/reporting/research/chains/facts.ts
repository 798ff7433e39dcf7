import { estimateCell } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { MediatedEffect } from "../../../estimation/inference/mediation.ts";
import type { Study } from "../../../study/study.ts";
import { intervalOf, type Seen } from "../../effect/facts.ts";
import { outcomeOf } from "../../page/reported-outcome.ts";
import type { ChainRow } from "./model.ts";

const numbersOf = (found: MediatedEffect, decimals: { readonly mediator: number; readonly outcome: number }) => {
  const { armOnMediator, mediatorOnOutcome, indirect, direct, low, high } = found;
  if (armOnMediator === null || mediatorOnOutcome === null || indirect === null || direct === null) return null;
  const round = (value: number) => roundTo(value, decimals.outcome);
  return {
    armOnMediator: roundTo(armOnMediator, decimals.mediator),
    mediatorOnOutcome: roundTo(mediatorOnOutcome, 2),
    indirect: round(indirect),
    direct: round(direct),
    interval: intervalOf(low, high, decimals.outcome),
  };
};

/** Chains of effects as they may be shown. Every leader in them has at least one answer. */
export const chainsOf = (
  study: Study,
  { mediation }: Pick<Analysis, "mediation">,
  seen: Seen,
  rules: Rules,
): readonly ChainRow[] =>
  mediation.map((found) => {
    const { mediatorWave, wave, arm, reference, leaders, status } = found;
    const mediator = outcomeOf(study, { scale: found.mediator, rater: found.mediatorRater }, "secondary");
    const outcome = outcomeOf(study, { scale: found.outcome, rater: found.rater }, "secondary");
    const numbers = numbersOf(found, { mediator: mediator.decimals, outcome: outcome.decimals });
    const mayShow = [arm, reference].every((each) => seen(each, mediatorWave, wave));
    return {
      mediator: { scale: mediator.scale, rater: mediator.rater, name: mediator.name, decimals: mediator.decimals },
      outcome: { scale: outcome.scale, rater: outcome.rater, name: outcome.name, decimals: outcome.decimals },
      mediatorWave,
      wave,
      arm,
      leaders,
      status,
      numbers: numbers && mayShow ? estimateCell(leaders, leaders, numbers, rules) : suppressed,
    };
  });
