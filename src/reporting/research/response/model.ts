import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Rater } from "../../../study/study.ts";
import type { Interval } from "../../effect/effect.ts";
import type { ResearchFrame } from "../voice.ts";

/** How many of an arm's employees answered at one wave, by the headcounts of the roster. */
export interface ResponseRow {
  readonly arm: string;
  readonly wave: string;
  readonly leaders: number;
  readonly withoutHeadcount: number;
  /** Whether any leader has more answers than headcount, after the baseline. */
  readonly beyondHeadcount: boolean;
  readonly numbers: Cell<{
    readonly invited: number;
    readonly answered: number;
    readonly share: number;
    readonly difference: number | null;
    readonly interval: Interval | null;
  }>;
  /** Of equal response in all arms; suppressed with any of them. */
  readonly p: Cell<number | null>;
}

/** Between which values an effect lies, whatever those who did not answer would have said. */
export interface ResponseBoundRow {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly status: Status;
  readonly numbers: Cell<{ readonly low: number; readonly high: number; readonly interval: Interval | null }>;
}

/** Bounds of the effect on the employees who would answer in either arm. */
export interface ResponseLeeNumbers {
  readonly low: number;
  readonly high: number;
  readonly interval: Interval | null;
  /** How many decimals these numbers have. */
  readonly decimals: number;
  /** Arm whose answers are trimmed, and the share of them; null and 0 where the arms answered equally often. */
  readonly trimmedArm: string | null;
  readonly trimmed: number | null;
}

export interface ResponseLeeRow {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly status: Status;
  readonly numbers: Cell<ResponseLeeNumbers>;
}

export interface ResponseModel extends ResearchFrame {
  readonly response: readonly ResponseRow[];
  readonly responseBounds: readonly ResponseBoundRow[];
  readonly responseLeeBounds: readonly ResponseLeeRow[];
}
