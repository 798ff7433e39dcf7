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

/**
 * What the database adds up of one scale, rater and wave. Square matrices are row-major in the order of `items`, over
 * the respondents who answered both items i and j (the diagonal: item i), items reversed where the instrument says so.
 */
export interface ScaleSums {
  readonly scale: string;
  readonly rater: Rater | null;
  readonly wave: string;
  /** What the scale is made of; only a scale of items has pairs. */
  readonly kind: "items" | "scales" | "difference";
  readonly items: readonly string[];
  readonly pairs: {
    readonly n: Float64Array;
    /** Element (i, j): Σ x_i; so Σ x_j is element (j, i). */
    readonly sums: Float64Array;
    /** Element (i, j): Σ x_i². */
    readonly squares: Float64Array;
    /** Element (i, j): Σ x_i x_j. */
    readonly products: Float64Array;
  } | null;
  /** Of the score in the reported unit, `shift` subtracted before summing. */
  readonly score: {
    readonly n: number;
    readonly shift: number;
    readonly sum: number;
    readonly sumOfSquares: number;
    /** Leaders with at least one score. */
    readonly leaders: number;
    /** Σ over leaders of (sum of the leader)² / n of the leader. */
    readonly between: number;
  };
  /** Mean of rwg(j) over the leaders with at least two respondents who answered all items, and how many those are. */
  readonly agreement: { readonly mean: number | null; readonly leaders: number };
  readonly missing: Readonly<Record<string, number>>;
}
