import type { Rater } from "../study/study.ts";
import type { Status } from "./status.ts";

/** One step of measurement invariance of a scale over groups: a multi-group one-factor model, by maximum likelihood. */
export interface Invariance {
  readonly scale: string;
  readonly over: "wave" | "arm" | "rater";
  /** What is the same for all groups; null where `over` is that. */
  readonly rater: Rater | null;
  readonly wave: string | null;
  readonly groups: readonly { readonly group: string; readonly n: number }[];
  readonly level: "configural" | "metric" | "scalar";
  readonly chiSquared: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly cfi: number | null;
  readonly rmsea: number | null;
  /** Against the level before. */
  readonly changeCfi: number | null;
  readonly changeRmsea: number | null;
  /** CFI falls by at most 0.010 and RMSEA rises by at most 0.015 (Chen 2007); null at the configural level. */
  readonly holds: boolean | null;
  readonly status: Status;
  readonly note: string;
}
