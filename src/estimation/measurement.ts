import type { Rater } from "../study/study.ts";

/** One row of `spejl score --json`; null where a statistic cannot be had, with the reason in `notes`. */
export interface ScaleMeasurement {
  readonly scale: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly respondents: number;
  readonly leaders: number;
  readonly items: number;
  readonly mean: number | null;
  readonly sd: number | null;
  readonly alpha: number | null;
  readonly omega: number | null;
  readonly icc1: number | null;
  readonly icc2: number | null;
  readonly rwg: number | null;
  readonly rwgNull: "uniform";
  /** Item answers missing, by kind. */
  readonly missing: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}
