import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Subgroup } from "../../../estimation/inference/subgroup.ts";
import type { Interval } from "../../effect/effect.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { ResearchFrame } from "../voice.ts";

export interface SubgroupEstimate {
  readonly estimate: number;
  readonly interval: Interval | null;
  readonly half: Interval | null;
}

/** The effect of an arm at one level of a covariate, and how it differs from the effect at the first level. */
export interface SubgroupLevel {
  readonly level: string;
  readonly status: Status;
  /** `value` is where a covariate that is a number was set; null for a code. */
  readonly numbers: Cell<SubgroupEstimate & { readonly value: number | null }>;
  /** Null at the first level. */
  readonly difference: { readonly status: Status; readonly numbers: Cell<SubgroupEstimate> } | null;
}

export interface SubgroupRow extends Pick<Subgroup, "wave" | "arm" | "covariate" | "status" | "planned"> {
  readonly outcome: ReportedOutcome;
  readonly levels: readonly SubgroupLevel[];
  /** Whether the effect is the same at all levels; hidden where any level is. */
  readonly test: Cell<{
    readonly f: number;
    readonly df1: number;
    readonly df2: number | null;
    readonly p: number;
    readonly pAdjusted: number;
  }>;
}

export interface SubgroupsModel extends ResearchFrame {
  readonly subgroups: readonly SubgroupRow[];
}
