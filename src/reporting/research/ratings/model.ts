import type { LeaderGroup } from "../../../disclosure/leader-groups.ts";
import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Interval } from "../../effect/effect.ts";
import type { ReportedScale } from "../../page/reported-outcome.ts";
import type { ResearchFrame } from "../voice.ts";

/** Own answer against employees' mean: groups of Fleenor et al. relative to all leaders. */
export type AgreementGroupName = "over" | "under" | "agreeHigh" | "agreeLow";
/** Own answer against the interval of the employees' mean. */
export type ClearGroupName = "above" | "below" | "within";

export interface CorrelationNumbers {
  readonly estimate: number;
  readonly interval: Interval | null;
}

/** Intended beside perceived leadership of one scale at the last wave, over leaders who have both. */
export interface RatingsRow extends ReportedScale {
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

export interface RatingsModel extends ResearchFrame {
  readonly ratings: readonly RatingsRow[];
}
