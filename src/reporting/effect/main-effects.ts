import { valueIn } from "../../disclosure/published.ts";
import type { Estimator } from "../../study/study.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import type { Effect, EffectNumbers } from "./effect.ts";

/** An effect whose numbers may be shown, of the plan's estimator at the last wave. */
export interface MainEffect {
  readonly effect: Effect;
  readonly outcome: ReportedOutcome;
  readonly numbers: EffectNumbers;
}

/** What an analysis shows: its outcomes, arms and waves in order, and every effect that it estimated. */
export interface ShownEffects {
  readonly outcomes: readonly ReportedOutcome[];
  readonly arms: readonly { readonly arm: string }[];
  readonly waves: readonly { readonly id: string }[];
  readonly effects: readonly Effect[];
  readonly plan: { readonly estimator: Estimator };
  readonly allocation: { readonly randomised: boolean } | null;
  /** Waves at which employees of the arms did not answer equally often. */
  readonly uneven: readonly string[];
}

/** Why a difference at the last wave is not called an effect of the training. */
export type Reservation = "not-randomised" | "uneven-response";

export const reservationsOf = ({ allocation, uneven, waves }: ShownEffects): readonly Reservation[] => [
  ...(allocation?.randomised === false ? (["not-randomised"] as const) : []),
  ...(uneven.includes(waves.at(-1)?.id ?? "") ? (["uneven-response"] as const) : []),
];

/** The shown effects at the last wave by the primary estimator, in the order of outcomes and arms. */
export const mainEffects = (model: ShownEffects): readonly MainEffect[] =>
  model.outcomes.flatMap((outcome) =>
    model.arms.flatMap(({ arm }) =>
      model.effects.flatMap((effect) => {
        const same =
          effect.arm === arm &&
          effect.outcome === outcome.scale &&
          effect.rater === outcome.rater &&
          effect.wave === model.waves.at(-1)?.id &&
          effect.estimator === model.plan.estimator;
        const numbers = valueIn(effect.numbers);
        return same && numbers ? [{ effect, outcome, numbers }] : [];
      }),
    ),
  );
