import type { ItemTables } from "../../stats/measurement/polychoric-matrix.ts";
import type { Rater } from "../../study/study.ts";

/** One item of a scale, in the unit of its answers, reversed items turned. */
export interface ItemMeasurement {
  readonly item: string;
  /** Respondents who answered it. */
  readonly n: number;
  readonly mean: number | null;
  readonly sd: number | null;
  /** Correlation with the sum of the scale's other items. */
  readonly itemRest: number | null;
  readonly alphaIfDropped: number | null;
  /** Answers missing, by kind; with `n` they add up to the responses. */
  readonly missing: Readonly<Record<string, number>>;
}

/** The one-way analysis of variance behind ICC(1). */
export interface VarianceTest {
  /** Null where nothing varies within leaders, and F has no bound. */
  readonly f: number | null;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

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
  /** 95 % interval of alpha. */
  readonly alphaLow: number | null;
  readonly alphaHigh: number | null;
  readonly omega: number | null;
  /** Alpha and omega of the polychoric correlations: answers as categories of normal variables behind them. */
  readonly ordinalAlpha: number | null;
  readonly ordinalOmega: number | null;
  readonly icc1: number | null;
  readonly icc2: number | null;
  readonly iccTest: VarianceTest | null;
  readonly rwg: number | null;
  readonly rwgNull: "uniform";
  /** The same agreement if answers lean slightly to one side by themselves; null where no variance of that is published. */
  readonly rwgSlightlySkewed: number | null;
  /** Item answers missing, by kind. */
  readonly missing: Readonly<Record<string, number>>;
  /** In the order of the instrument; none for a scale that is not made of items. */
  readonly itemStatistics: readonly ItemMeasurement[];
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
    /** Subtracted from every answer before summing. */
    readonly shift: number;
    readonly n: Float64Array;
    /** Element (i, j): Σ x_i; so Σ x_j is element (j, i). */
    readonly sums: Float64Array;
    /** Element (i, j): Σ x_i². */
    readonly squares: Float64Array;
    /** Element (i, j): Σ x_i x_j. */
    readonly products: Float64Array;
  } | null;
  /** How often each pair of answers was given; null unless there are few answers, and whole. */
  readonly tables: ItemTables | null;
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
  /**
   * Means of rwg(j) against both nulls over the leaders with at least two respondents who answered all items that
   * anyone was asked, how many those leaders are, and between how many answers they chose. `skewed` is null without a
   * published variance.
   */
  readonly agreement: {
    readonly mean: number | null;
    readonly skewed: number | null;
    readonly leaders: number;
    readonly answers: number;
  };
  /** By item: answers missing, by kind. */
  readonly missing: readonly Readonly<Record<string, number>>[];
}
