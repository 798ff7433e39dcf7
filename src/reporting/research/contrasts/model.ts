import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Rater } from "../../../study/study.ts";
import type { Effect } from "../../effect/effect.ts";
import type { ResearchFrame } from "../voice.ts";

/** Test that no arm differs from the control arm; suppressed with any arm, whose effect it would help to work out. */
export interface JointRow {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly status: Status;
  readonly numbers: Cell<{ readonly f: number; readonly df1: number; readonly df2: number; readonly p: number }>;
}

export interface ContrastsModel extends ResearchFrame {
  /** Arm against arm, by the primary estimator. */
  readonly contrasts: readonly Effect[];
  readonly jointTests: readonly JointRow[];
}
