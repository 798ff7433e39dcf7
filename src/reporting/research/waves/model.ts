import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Rater } from "../../../study/study.ts";
import type { Effect } from "../../effect/effect.ts";
import type { ResearchFrame } from "../voice.ts";

/** How an arm's effect changed from one wave after training began to a later one. */
export interface FadeRow {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly arm: string;
  readonly from: string;
  readonly to: string;
  readonly status: Status;
  readonly numbers: Cell<{
    readonly estimate: number;
    readonly p: number | null;
    readonly interval: { readonly low: number; readonly high: number } | null;
  }>;
}

export interface WavesModel extends ResearchFrame {
  readonly effects: readonly Effect[];
  readonly fadeOut: readonly FadeRow[];
}
