import type { Correlation } from "../../stats/measurement/correlation.ts";
import type { ClusterMeans } from "../../stats/measurement/shrinkage.ts";
import type { ResponseSurface } from "../../stats/regression/response-surface.ts";
import type { Status } from "../design/status.ts";
import type { GapChange } from "./gap-change.ts";

/** Leaders of one arm (null: all leaders together) by agreement group. */
export interface AgreementCounts {
  readonly arm: string | null;
  readonly over: number;
  readonly under: number;
  readonly agreeHigh: number;
  readonly agreeLow: number;
}

/** Mean over leaders with Student's t. */
export interface MeanOverLeaders {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
  readonly low: number;
  readonly high: number;
}

/** What an outcome is where own and employees' ratings agree or not; x intended, y perceived, 0 the scale's middle. */
export interface OutcomeSurface {
  readonly outcome: string;
  readonly leaders: number;
  readonly surface: ResponseSurface | null;
  readonly status: Status;
}

/**
 * Intended against perceived leadership of one scale at one wave, over the leaders who have both; each leader counts
 * once, with the mean of the employees. `teams`, of everybody whom employees rated, is there also without own ratings.
 */
export interface IntendedPerceived {
  readonly scale: string;
  readonly wave: string;
  readonly unit: "index" | "raw";
  readonly leaders: number;
  /** Employees of those leaders. */
  readonly respondents: number;
  /** Overall mean and variances between and within teams by REML: what leaders' means are drawn towards. */
  readonly teams: ClusterMeans | null;
  readonly intended: number | null;
  readonly perceived: number | null;
  /** Mean of intended − perceived. */
  readonly gap: MeanOverLeaders | null;
  /** Leaders whose own answer lies above or below the interval of their employees' mean. */
  readonly clear: { readonly over: number; readonly under: number } | null;
  readonly correlation: Correlation | null;
  /** Corrected for attenuation by both reliabilities; may lie beyond 1. */
  readonly corrected: Correlation | null;
  /** Alpha of the own ratings; τ²/(τ² + σ²·mean(1/n)) of the employees' means of these leaders. */
  readonly reliability: { readonly intended: number | null; readonly perceived: number | null };
  readonly groups: readonly AgreementCounts[];
  readonly surfaces: readonly OutcomeSurface[];
  /** Empty at the baseline and without one. */
  readonly changes: readonly GapChange[];
  readonly status: Status;
}
