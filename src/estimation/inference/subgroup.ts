import type { Rater } from "../../study/study.ts";
import type { Status, Warning } from "../design/status.ts";

/** Numbers of an effect, or of a difference of two; null unless `status` is `estimated`. */
export interface SubgroupNumbers {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly status: Status;
}

/** The effect of an arm among those with one value of a covariate. */
export interface SubgroupEffect extends SubgroupNumbers {
  /** The code; of a number `low` and `high`: one standard deviation below and above its mean over respondents, or the end of its range. */
  readonly level: string;
  readonly value: number | null;
  /** Units of allocation with such a respondent; null for a number. */
  readonly units: { readonly arm: number; readonly reference: number } | null;
}

/** How much more effect an arm has at one level than at another. */
export interface SubgroupDifference extends SubgroupNumbers {
  readonly level: string;
  readonly against: string;
}

/**
 * Whether the effect of one arm on a primary outcome, at the last wave, differs with a covariate: from the ANCOVA of all
 * arms with the products of arm and covariate, CR2 with Satterthwaite's degrees of freedom over the units of allocation.
 * `f` is the joint test (HTZ) of the differences that are estimated, `pAdjusted` Holm's over all tests of subgroups.
 * Where a covariate is a number, its effects are read at its mean ± sd, inside its range, both taken as known.
 */
export interface Subgroup {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly covariate: string;
  readonly effects: readonly SubgroupEffect[];
  /** Each level against the first. */
  readonly differences: readonly SubgroupDifference[];
  readonly f: number | null;
  readonly df1: number | null;
  readonly df2: number | null;
  readonly p: number | null;
  readonly pAdjusted: number | null;
  readonly leaders: number;
  readonly respondents: number;
  readonly status: Status;
  /** As of an estimate. */
  readonly planned: "as-planned" | "locked-after-answers" | "deviation" | null;
  readonly warnings: readonly Warning[];
}
