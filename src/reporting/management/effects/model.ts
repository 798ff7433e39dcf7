import type { Cell } from "../../../disclosure/published.ts";
import type { Plan } from "../../../study/study.ts";
import type { Interval } from "../../effect/effect.ts";
import type { Reservation } from "../../effect/main-effects.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";

/** Answers to a scale, by employees about leaders or by these about themselves. */
export interface Answers {
  readonly scale: string;
  readonly rater: "employee" | "self";
}

/** The difference of one arm from the control arm in one outcome at the last wave. */
export interface Difference {
  readonly estimate: number;
  /** The interval that belongs to the adjusted p; the ordinary one where p is not adjusted; null where there is none. */
  readonly interval: Interval | null;
  /** Whether it is called statistically significant, by the rule that all reports share. */
  readonly clear: boolean;
  /** The release that the number is of, where it could not be renewed since; null where it is of this one. */
  readonly since: string | null;
}

export interface Comparison {
  readonly outcome: ReportedOutcome;
  /** The answers that it is made of; none where neither employees nor leaders gave them. */
  readonly behind: readonly Answers[];
  readonly arm: string;
  /** Suppressed with a level of either arm. */
  readonly difference: Cell<Difference>;
}

/** Outcomes × arms against the control arm, in the order of every figure. */
export interface EffectsPart {
  /** In primary outcomes. */
  readonly comparisons: readonly Comparison[];
  /** In the plan's others, which no count of findings is of. */
  readonly secondary: readonly Comparison[];
  readonly multiplicity: Plan["multiplicity"];
  /** Why the differences are not called effects; empty where nothing stands against it. */
  readonly reservations: readonly Reservation[];
  /** Whether every interval of a primary outcome goes with its adjusted p. */
  readonly adjusted: boolean;
  /** The smallest effect of interest with the outcome whose unit it is in; null where the plan names none. */
  readonly smallest: { readonly value: number; readonly outcome: ReportedOutcome } | null;
}
