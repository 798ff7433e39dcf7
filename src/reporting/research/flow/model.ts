import type { Cell } from "../../../disclosure/published.ts";
import type { FlowArm } from "../../../estimation/trial/flow.ts";
import type { ResearchFrame } from "../voice.ts";

/** Of one arm, from the drawing of lots to the analysis; of an arm that is too small, only how many leaders it has. */
export interface FlowColumn {
  readonly arm: string | null;
  readonly leaders: number;
  readonly numbers: Cell<FlowArm>;
}

export interface FlowModel extends ResearchFrame {
  readonly flow: readonly FlowColumn[];
}
