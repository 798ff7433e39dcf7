import type { Cell } from "../../disclosure/published.ts";
import type { Status } from "../../estimation/design/status.ts";
import type { Estimate } from "../../estimation/inference/estimate.ts";
import type { Estimator, Rater, StandardErrors } from "../../study/study.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface EffectNumbers {
  readonly estimate: number;
  readonly se: number | null;
  /** Null where the reference distribution is the normal. */
  readonly df: number | null;
  readonly p: number | null;
  readonly pAdjusted: number | null;
  /** Interval at the confidence of the plan, and at one half; null where the estimator has none. */
  readonly interval: Interval | null;
  /** Interval that omits zero exactly where `pAdjusted` says so; null where p is not adjusted. */
  readonly adjusted: Interval | null;
  readonly half: Interval | null;
  readonly standardised: number | null;
  /** The smallest true effect that would be found with probability 0.8. */
  readonly minimumDetectable: number | null;
  /** Surely smaller than the plan's smallest effect of interest, surely larger, or neither; null where it names none. */
  readonly againstSmallest: {
    readonly margin: number;
    readonly p: number;
    readonly verdict: "within" | "beyond" | "undecided";
  } | null;
}

export interface Effect {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly estimator: Estimator;
  readonly seType: StandardErrors | null;
  readonly status: Status;
  readonly planned: Estimate["planned"];
  readonly leaders: number;
  readonly respondents: number;
  /** Of them those of the smaller of the two arms. */
  readonly support: { readonly leaders: number; readonly respondents: number };
  readonly numbers: Cell<EffectNumbers>;
}
