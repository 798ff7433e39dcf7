import type { LeaderGroup } from "../../../disclosure/leader-groups.ts";
import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Text } from "../../../study/study.ts";

/** A scale that leaders and employees both answer, in the unit it is reported in. */
export interface RatedUnit {
  readonly scale: string;
  readonly name: Text;
  readonly low: number;
  readonly high: number;
  readonly index: boolean;
  readonly decimals: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Own answer against employees' mean: groups of Fleenor et al. relative to all leaders. */
export type AgreementGroupName = "over" | "under" | "agreeHigh" | "agreeLow";
/** Own answer against the interval of the employees' mean. */
export type ClearGroupName = "above" | "below" | "within";

export interface CorrelationNumbers {
  readonly estimate: number;
  readonly interval: Interval | null;
}

/** Intended beside perceived leadership of one scale at the last wave, over leaders who have both. */
export interface RatingsRow extends RatedUnit {
  readonly wave: string;
  readonly status: Status;
  readonly leaders: number;
  readonly respondents: number;
  readonly means: Cell<{
    readonly intended: number;
    readonly perceived: number;
    readonly gap: number;
    readonly interval: Interval;
  }>;
  readonly correlation: Cell<{
    readonly raw: CorrelationNumbers | null;
    readonly corrected: CorrelationNumbers | null;
    readonly reliability: { readonly intended: number | null; readonly perceived: number | null };
  }>;
  readonly clear: Cell<readonly LeaderGroup<ClearGroupName>[]>;
  readonly groups: Cell<readonly LeaderGroup<AgreementGroupName>[]>;
}

export interface MovedPart {
  readonly estimate: number;
  readonly interval: Interval | null;
  readonly half: Interval | null;
  readonly p: number | null;
}

/** Whose answer moved: the change of the gap since the baseline, and its two parts; arms null without arms. */
export interface MovedRow extends RatedUnit {
  readonly primary: boolean;
  readonly wave: string;
  readonly arm: string | null;
  readonly reference: string | null;
  readonly status: Status;
  readonly leaders: { readonly arm: number; readonly reference: number };
  readonly parts: Cell<Readonly<Record<"gap" | "intended" | "perceived", MovedPart>>>;
}
