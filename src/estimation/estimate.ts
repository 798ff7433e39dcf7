import type { Estimator, Rater, StandardErrors } from "../study/study.ts";
import type { Detail, Status, Warning } from "./design/status.ts";
import type { FadeOut } from "./inference/fade-out.ts";
import type { JointEffect } from "./inference/joint-effect.ts";
import type { MediatedEffect } from "./inference/mediation.ts";
import type { Invariance } from "./measurement/invariance.ts";
import type { RandomPart } from "./model/random-part.ts";
import type { IntendedPerceived } from "./ratings/intended-perceived.ts";
import type { AttritionBound } from "./trial/attrition-bounds.ts";

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
  readonly unit: "index" | "raw";
  /** Respondent-level sd of the control arm at the baseline (without one, at that wave). */
  readonly sd: number | null;
  readonly standardised: number | null;
  /** Smallest true effect that would be found with power 0.8: (t₁₋α/₂ + t₀.₈) · se on `df`; null where p comes from draws. */
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
  readonly seType: StandardErrors | null;
  readonly status: Status;
  /** `null` while no plan is locked. */
  readonly planned: "as-planned" | "deviation" | null;
  readonly note: string;
  readonly warnings: readonly Warning[];
  readonly details: readonly Detail[];
}

/** Mean change of one arm from the baseline to the last wave in the plane of two outcomes (the signature figure). */
export interface Arrow {
  readonly arm: string;
  readonly leaders: number;
  readonly x: { readonly before: number; readonly after: number };
  readonly y: { readonly before: number; readonly after: number };
  /** Covariance of the change (x, y), clustered by leader; Hotelling radius² of the confidence ellipse. Null with fewer than 4 leaders. */
  readonly ellipse: {
    readonly xx: number;
    readonly xy: number;
    readonly yy: number;
    readonly radiusSquared: number;
  } | null;
}

/** Of one arm (null in a study without arms), the way from the roster to the analysis. Employees count answers, not persons. */
export interface FlowArm {
  readonly arm: string | null;
  readonly randomised: { readonly leaders: number; readonly employees: number | null };
  readonly waves: readonly {
    readonly wave: string;
    /** Leaders who had left (roster `to` before the wave opens) or come later. */
    readonly moved: number;
    /** Still there, but nobody answered. */
    readonly unanswered: number;
    /** Some answers, but fewer than the disclosure threshold; they are analysed all the same. */
    readonly underThreshold: number;
    readonly measured: number;
    readonly employees: number;
  }[];
  /**
   * Attendance of the leaders whose sessions the roster knows: mean sessions, and how many count as trained. A
   * description, never an effect: nobody drew how often to attend. Null where it knows none.
   */
  readonly takeUp: { readonly known: number; readonly trained: number; readonly sessions: number } | null;
  /** In the primary estimate of the last wave. */
  readonly analysed: { readonly leaders: number; readonly employees: number };
}

export interface Balance {
  readonly covariate: string;
  readonly arm: string;
  readonly reference: string;
  readonly mean: number | null;
  readonly referenceMean: number | null;
  readonly sd: number | null;
  /** (mean − referenceMean) / pooled sd. */
  readonly standardisedDifference: number | null;
  readonly status: Status;
}

export interface Attrition {
  readonly arm: string;
  readonly wave: string;
  readonly leaders: number;
  readonly lost: number;
  readonly share: number | null;
  /** Fisher's or χ² test of equal loss in all arms, the same on each row of a wave. */
  readonly p: number | null;
  readonly status: Status;
}

/** Everything that `spejl estimate --json` prints. */
export interface Analysis {
  readonly plan: { readonly hash: string; readonly locked: string | null };
  /** Does each scale measure the same over waves, arms and raters: read before any effect. */
  readonly invariance: readonly Invariance[];
  readonly estimates: readonly Estimate[];
  /** Arm against arm by the primary estimator; `reference` is not the control arm. */
  readonly contrasts: readonly Estimate[];
  readonly jointTests: readonly JointEffect[];
  readonly fadeOut: readonly FadeOut[];
  readonly bounds: readonly AttritionBound[];
  readonly mediation: readonly MediatedEffect[];
  readonly intendedPerceived: readonly IntendedPerceived[];
  readonly arrows: readonly Arrow[];
  readonly flow: { readonly arms: readonly FlowArm[] };
  readonly balance: readonly Balance[];
  readonly attrition: readonly Attrition[];
}
