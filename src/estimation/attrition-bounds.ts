import type { Rater } from "../study/study.ts";
import type { Status } from "./status.ts";

/** Bounds of an arm's effect on leader means under monotone attrition (Lee 2009). */
export interface AttritionBound {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly lowSe: number | null;
  readonly highSe: number | null;
  /** Arm whose leaders are trimmed, and the share of them. */
  readonly trimmedArm: string | null;
  readonly trimmed: number | null;
  readonly leaders: number;
  readonly status: Status;
}
