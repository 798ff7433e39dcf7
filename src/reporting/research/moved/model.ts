import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Interval } from "../../effect/effect.ts";
import type { ReportedScale } from "../../page/reported-outcome.ts";
import type { ResearchFrame } from "../voice.ts";

export interface MovedPart {
  readonly estimate: number;
  readonly interval: Interval | null;
  readonly half: Interval | null;
  readonly p: number | null;
}

/** Whose answer moved: the change of the gap since the baseline, and its two parts; arms null without arms. */
export interface MovedRow extends ReportedScale {
  readonly primary: boolean;
  readonly wave: string;
  readonly arm: string | null;
  readonly reference: string | null;
  readonly status: Status;
  readonly leaders: { readonly arm: number; readonly reference: number };
  readonly parts: Cell<Readonly<Record<"gap" | "intended" | "perceived", MovedPart>>>;
}

export interface MovedModel extends ResearchFrame {
  readonly moved: readonly MovedRow[];
}
