import type { Rater } from "../study/study.ts";
import type { Status } from "./status.ts";

/** Part of an arm's effect on an outcome that runs through a mediator: exploratory, product of coefficients. */
export interface MediatedEffect {
  readonly mediator: string;
  readonly mediatorRater: Rater | null;
  readonly mediatorWave: string;
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  /** Arm on mediator, mediator on outcome given arm, and their product. */
  readonly armOnMediator: number | null;
  readonly mediatorOnOutcome: number | null;
  readonly indirect: number | null;
  readonly direct: number | null;
  /** Monte-Carlo interval of `indirect`. */
  readonly low: number | null;
  readonly high: number | null;
  readonly leaders: number;
  readonly status: Status;
}
