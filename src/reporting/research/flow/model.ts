import type { Cell } from "../../../disclosure/published.ts";
import type { FlowArm } from "../../../estimation/trial/flow.ts";
import type { ResearchFrame } from "../voice.ts";

/** The way of one arm, without what is there for disclosure control alone. */
export type ShownFlow = Omit<FlowArm, "largest">;

/** Of one arm, from the drawing of lots to the analysis; of an arm that is too small, only how many leaders it has. */
export interface FlowColumn {
  readonly arm: string | null;
  readonly leaders: number;
  readonly numbers: Cell<ShownFlow>;
}

export interface FlowModel extends ResearchFrame {
  readonly flow: readonly FlowColumn[];
}
