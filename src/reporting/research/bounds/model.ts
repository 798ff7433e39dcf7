import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Rater } from "../../../study/study.ts";
import type { ResearchFrame } from "../voice.ts";

export interface BoundNumbers {
  readonly low: number;
  readonly high: number;
  /** Of the effect itself, wherever it lies between the bounds. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** How many decimals these numbers have. */
  readonly decimals: number;
  readonly trimmedArm: string | null;
  readonly trimmed: number | null;
}

/** Between which values an effect lies, if leaders were not lost at random. */
export interface BoundRow {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly randomised: number;
  readonly leaders: number;
  readonly status: Status;
  readonly numbers: Cell<BoundNumbers>;
}

export interface BoundsModel extends ResearchFrame {
  readonly bounds: readonly BoundRow[];
}
