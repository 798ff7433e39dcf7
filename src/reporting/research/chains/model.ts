import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { ResearchFrame } from "../voice.ts";

/** What of an arm's effect on an outcome may run through another scale. */
export interface ChainRow {
  readonly mediator: Pick<ReportedOutcome, "scale" | "rater" | "name" | "decimals">;
  readonly mediatorWave: string;
  readonly outcome: Pick<ReportedOutcome, "scale" | "rater" | "name" | "decimals">;
  readonly wave: string;
  readonly arm: string;
  readonly leaders: number;
  readonly status: Status;
  readonly numbers: Cell<{
    readonly armOnMediator: number;
    readonly mediatorOnOutcome: number;
    readonly indirect: number;
    readonly direct: number;
    readonly interval: { readonly low: number; readonly high: number } | null;
  }>;
}

export interface ChainsModel extends ResearchFrame {
  readonly chains: readonly ChainRow[];
}
