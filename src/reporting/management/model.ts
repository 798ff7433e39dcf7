import type { Suppressed } from "../../disclosure/lattice/decided.ts";
import type { Published } from "../../disclosure/published.ts";
import type { Rules } from "../../disclosure/rules.ts";
import type { Text } from "../../study/study.ts";
import type { ArmStyle } from "../page/arms.ts";
import type { ChangedSeries } from "../page/level-change.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import type { Cube, CubeGrouping } from "./cube/model.ts";
import type { DepartmentsPart } from "./departments/model.ts";
import type { Dose } from "./dose/model.ts";
import type { ShownWave } from "./drawing.ts";
import type { EffectsPart } from "./effects/model.ts";
import type { ResponsesPart } from "./responses/model.ts";
import type { TrendPart } from "./trend/model.ts";

/** Places of the numbers that say nothing of anybody's answers: rules, scales, looks, and counts of cells. */
export const managementNumbers: readonly RegExp[] = [
  /^confidence$/,
  /^rules\/\w+$/,
  /^arms\/\d+\/dash\/\d+$/,
  /^(outcome|cube\/outcomes\/\d+\/outcome|effects\/((comparisons|secondary)\/\d+|smallest)\/outcome)\/(low|high|decimals)$/,
  /^effects\/smallest\/value$/,
  /^suppressed\/\d+\/(large|suppressed)$/,
];

/** At the last wave. */
export interface Coverage {
  readonly leaders: Published<number>;
  readonly measured: Published<number>;
  /** Those with fewer answers than a number takes. */
  readonly under: Published<number>;
  readonly answers: Published<number>;
}

/** All that the dashboard shows, in no language yet. Never a leader. */
export interface ManagementModel {
  readonly title: Text;
  readonly synthetic: boolean;
  readonly date: string;
  readonly confidence: number;
  readonly rules: Rules;
  readonly arms: readonly ArmStyle[];
  /** The waves that have answers, in time order. */
  readonly waves: readonly ShownWave[];
  /** The primary outcome that employees answer, whose levels are shown; null where the plan or the data have none. */
  readonly outcome: ReportedOutcome | null;
  /** Its levels in the whole organisation. */
  readonly whole: ChangedSeries;
  readonly effects: EffectsPart;
  /** Attendance by arm; empty where the study does not know it. */
  readonly dose: readonly Dose[];
  readonly trend: TrendPart;
  readonly departments: DepartmentsPart;
  /** All numbers by outcome, group and wave: what filters reach. */
  readonly cube: Cube;
  readonly responses: ResponsesPart;
  /** Null before there is a wave. */
  readonly coverage: Coverage | null;
  /** What protecting groups together costs, by grouping. */
  readonly suppressed: readonly Suppressed<CubeGrouping>[];
}
