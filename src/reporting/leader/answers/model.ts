import type { Distribution } from "../../../disclosure/distribution.ts";
import type { Cell } from "../../../disclosure/published.ts";
import type { LeaderScale } from "../voice.ts";

/** How employees answered the questions of one scale. */
export interface AnswersModel {
  readonly scale: LeaderScale;
  /** Beside the questions of the scale; counts as they were answered, reversed questions not turned. */
  readonly items: Cell<readonly Distribution[]>;
  /** Answers from which those below, in and above the middle are told apart. */
  readonly threshold: number;
  /** Whether no scale has as large a difference between own and employees' answers. */
  readonly isLargestGap: boolean;
}
