import type { Published } from "../../../disclosure/published.ts";
import type { ChangedSeries } from "../../page/level-change.ts";

export interface Department extends ChangedSeries {
  /** Leaders there when the last wave opened. */
  readonly leaders: Published<number>;
}

/** The levels of each unit of the organisation's outermost level. */
export interface DepartmentsPart {
  /** Name of that level in the study file; null where there are no units. */
  readonly level: string | null;
  readonly departments: readonly Department[];
  /** Leaders of the whole organisation at the last wave; null before there is one. */
  readonly leaders: Published<number> | null;
}
