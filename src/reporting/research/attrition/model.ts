import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { ResearchFrame } from "../voice.ts";

/** Leaders of one arm without employees' answers at a follow-up wave. */
export interface AttritionRow {
  readonly arm: string;
  readonly wave: string;
  readonly leaders: number;
  readonly status: Status;
  readonly numbers: Cell<{ readonly lost: number; readonly share: number | null }>;
  /** Of equal loss in all arms; suppressed with any of them, whose numbers it would give away. */
  readonly p: Cell<number | null>;
}

export interface AttritionModel extends ResearchFrame {
  readonly attrition: readonly AttritionRow[];
}
