import type { Estimator, Rater, StandardErrors } from "../../study/study.ts";
import type { Detail, Status, Warning } from "../design/status.ts";
import type { ArmSupport } from "../model/arm-support.ts";
import type { RandomPart } from "../model/random-part.ts";

/** One row of `spejl estimate --json`. Numbers are null unless `status` is `estimated`. */
export interface Estimate {
  readonly id: string;
  readonly estimator: Estimator;
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly df: number | null;
  readonly statistic: number | null;
  readonly p: number | null;
  readonly pAdjusted: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Interval that omits zero exactly where `pAdjusted` is below 1 − confidence; null where p is not adjusted or from draws. */
  readonly adjusted: { readonly low: number; readonly high: number } | null;
  readonly unit: "index" | "raw";
  /** Respondent-level sd of the control arm at the baseline (without one, at that wave). */
  readonly sd: number | null;
  readonly standardised: number | null;
  /**
   * Smallest true effect that would be found with power 0.8: (t₁₋α/₂ + t₀.₈) · se on `df`; null where p comes from draws.
   * Where p is adjusted for m tests α is α / m, the level that the correction can leave to a test alone.
   */
  readonly minimumDetectable: number | null;
  /**
   * Two one-sided tests against ± the plan's smallest effect of interest; null where the plan names none, where p comes
   * from draws, and for an outcome in another unit than the first primary outcome, which the margin is in.
   */
  readonly equivalence: { readonly margin: number; readonly p: number; readonly equivalent: boolean } | null;
  /**
   * Of randomisation inference: p of the estimate itself, where `p` is of the studentised one. It is of the null that no
   * arm has an effect: where another arm has one, it is too large, which `p` hardly is.
   */
  readonly pRaw: number | null;
  /** Variances of a mixed model; null for every other estimator. */
  readonly randomPart: RandomPart | null;
  readonly leaders: number;
  readonly respondents: number;
  /** Of them the arm's and the reference arm's; nobody where no model was fitted. */
  readonly support: { readonly arm: ArmSupport; readonly reference: ArmSupport };
  readonly seType: StandardErrors | null;
  readonly status: Status;
  /**
   * `null` while no plan is locked. `locked-after-answers`: as the lock has it, but answers of this wave were in by then,
   * so that the lock proves nothing about it.
   */
  readonly planned: "as-planned" | "locked-after-answers" | "deviation" | null;
  readonly note: string;
  readonly warnings: readonly Warning[];
  readonly details: readonly Detail[];
}
