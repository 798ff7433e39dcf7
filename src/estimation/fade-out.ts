import type { Rater } from "../study/study.ts";
import type { Status } from "./status.ts";

/** How an arm's effect changed from the first follow-up wave to a later one, from the event-time model. */
export interface FadeOut {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly arm: string;
  readonly from: string;
  readonly to: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly status: Status;
}
