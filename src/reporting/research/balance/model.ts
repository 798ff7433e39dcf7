import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { ResearchFrame } from "../voice.ts";

export interface BalanceRow {
  readonly covariate: string;
  readonly arm: string;
  readonly reference: string;
  readonly status: Status;
  readonly numbers: Cell<{
    readonly mean: number;
    readonly referenceMean: number;
    readonly sd: number;
    readonly standardisedDifference: number;
  }>;
}

export interface BalanceModel extends ResearchFrame {
  readonly balance: readonly BalanceRow[];
}
