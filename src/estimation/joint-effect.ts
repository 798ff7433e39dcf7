import type { Estimator, Rater } from "../study/study.ts";
import type { Status } from "./status.ts";

/** Test that no arm differs from the control arm in one outcome at one wave (HTZ, Tipton & Pustejovsky 2015). */
export interface JointEffect {
  readonly estimator: Estimator;
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly f: number | null;
  readonly df1: number | null;
  readonly df2: number | null;
  readonly p: number | null;
  readonly status: Status;
}
