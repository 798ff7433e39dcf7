import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { ResearchFrame } from "../voice.ts";

/** Standardised differences up to this are small. */
export const notable = 0.1;

export interface BalanceRow {
  readonly covariate: string;
  readonly arm: string;
  readonly reference: string;
  readonly status: Status;
  /**
   * The chance that drawing lots alone makes a standardised difference larger than `notable` between two arms of this
   * many leaders; of a characteristic of employees, who are alike within teams at most in part, it is smaller.
   */
  readonly chance: number;
  readonly numbers: Cell<{
    readonly mean: number;
    readonly referenceMean: number;
    readonly sd: number;
    readonly standardisedDifference: number;
  }>;
}

export interface BalanceModel extends ResearchFrame {
  readonly balance: readonly BalanceRow[];
  /** Of all characteristics and arms at once; hidden where any arm is too small to be spoken of. */
  readonly balanceTest: Cell<{
    readonly statistic: number;
    readonly df: number;
    readonly p: number;
    readonly draws: number;
  }>;
}
