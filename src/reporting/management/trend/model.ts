import type { Phase } from "../../../study/study.ts";
import type { ChangedSeries } from "../../page/level-change.ts";

/** The levels over the waves: of each arm, or of the whole organisation in a study without arms. */
export interface TrendPart {
  readonly series: readonly ChangedSeries[];
  readonly byArm: boolean;
  readonly phases: readonly Phase[];
}
