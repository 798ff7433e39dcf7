import { table } from "./table.ts";

/** One row per column of a model that the plan's covariates make: a number, or one code of several as an indicator. */
export const modelColumns = table({
  name: "model_columns",
  key: ["place"],
  columns: {
    place: "integer",
    /** Place of the covariate among the study's, from 1. */
    covariate: "integer",
    /** Place of the code that the indicator stands for, from 0; null for a number. */
    level: "integer?",
    low: "number",
    high: "number",
    source: "text",
  },
});

/** One row per leader, wave and difference of two outcomes: the difference of the leader's two means, in steps. */
export const differences = table({
  name: "differences",
  key: ["leader", "wave", "scale"],
  columns: { leader: "text", wave: "text", scale: "text", score: "integer" },
});

/** One row per leader and wave: the model columns at the leader's level, what employees say of themselves averaged. */
export const leaderColumns = table({
  name: "leader_columns",
  passing: true,
  key: ["leader", "wave"],
  columns: { leader: "text", wave: "text", steps: "integers" },
});

const counted = { leader: "text", wave: "text", rater: "text", scale: "text", extent: "text", n: "integer" } as const;

/**
 * One row per follow-up wave, and leader, wave, rater and planned scale: moments, as in `model_moments`, of respondents
 * with a score at the baseline and at the follow-up wave under the same leader. `extent` is `all`, with the score alone,
 * or `complete`, with the covariates.
 */
export const panelMoments = table({
  name: "panel_moments",
  key: ["panel", "leader", "wave", "rater", "scale", "extent"],
  columns: { panel: "text", ...counted, sums: "huges", products: "huges" },
});

/**
 * One row per leader, wave, rater, planned scale and extent: the same of all respondents, in steps but as doubles, as they
 * are, times the sampling weight and times its square.
 */
export const weightedMoments = table({
  name: "weighted_moments",
  key: ["leader", "wave", "rater", "scale", "extent"],
  columns: {
    ...counted,
    sums: "numbers",
    products: "numbers",
    weight: "number",
    weighted_sums: "numbers",
    weighted_products: "numbers",
    squared_weight: "number",
    squared_sums: "numbers",
    squared_products: "numbers",
  },
});

/**
 * One row per leader, wave, rater, planned scale and subgroup: moments of the rows that have all covariates, exact whole
 * numbers in steps of `resolution`, covariate columns first and the score last; products as a packed upper triangle.
 */
export const modelMoments = table({
  name: "model_moments",
  key: ["leader", "wave", "rater", "scale", "subgroup"],
  columns: {
    leader: "text",
    wave: "text",
    rater: "text",
    scale: "text",
    /** A covariate of a subgroup that is not among the plan's, and stands among the columns too; '' for none. */
    subgroup: "text",
    n: "integer",
    sums: "huges",
    products: "huges",
  },
});

/**
 * One row per leader, wave, rater and primary scale: the distinct scores, in steps of `resolution` from the middle of the
 * scale and from the lowest, and how many respondents have each. What quantiles need and moments do not hold.
 */
export const scoreHistograms = table({
  name: "score_histograms",
  key: ["leader", "wave", "rater", "scale"],
  columns: { leader: "text", wave: "text", rater: "text", scale: "text", scores: "integers", counts: "integers" },
});
