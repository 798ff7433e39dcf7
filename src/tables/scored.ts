import { numbered, table } from "./table.ts";

/**
 * Steps between the lowest and the highest score. Stored scores are whole steps from the middle of the scale, so sums
 * are exact whatever their order; the least common multiple of 1…24 makes most means of up to 24 whole answers exact
 * too, and the square of half of it still fits 64 bits.
 */
export const resolution = 5_354_228_880;

/** One row per scale of items: how many it has and which of them, by place in the scale, are reversed. */
export const itemScales = table({
  name: "item_scales",
  key: ["scale"],
  columns: { scale: "text", low: "number", high: "number", items: "integer", reversed: "integers" },
});

/** One row per scale: the unit in which it is reported. A difference has its two sides, other scales have none. */
export const scaleUnits = table({
  name: "scale_units",
  key: ["scale"],
  columns: {
    scale: "text",
    /** Reported units from the lowest to the highest score: 100 for an index, the raw range otherwise. */
    span: "number",
    /** Middle of the scale in the reported unit. */
    middle: "number",
    minuend: "text?",
    minuend_rater: "text?",
    subtrahend: "text?",
    subtrahend_rater: "text?",
  },
});

/** One row per response: its scores in steps of `resolution` from the middle of each scale, and its covariates. */
export const scores = ({ scales, covariates }: { readonly scales: number; readonly covariates: number }) =>
  table({
    name: "scores",
    key: [],
    columns: {
      leader: "text",
      wave: "text",
      rater: "text",
      /** By which a respondent is known again in another wave; null where the delivery names none. */
      person: "integer?",
      weight: "number",
      /** `s1`, `s2`, …: by place of the scale in the instrument; null where too little is answered. */
      ...numbered("s", scales, "integer?"),
      /** `c1`, `c2`, …: as in the responses. */
      ...numbered("c", covariates, "number?"),
    },
  });

/** One row per leader, wave, rater and scale: sums of the scores that there are, in steps of `resolution`. */
export const teamSums = table({
  name: "team_sums",
  key: ["leader", "wave", "rater", "scale"],
  columns: { leader: "text", wave: "text", rater: "text", scale: "text", n: "integer", sum: "huge", squares: "huge" },
});

/**
 * One row per leader, wave, rater and scale with two or more complete responses: how far they agree, as rwg(j) against
 * the uniform null, and against the slightly skewed one where its variance is published.
 */
export const teamAgreement = table({
  name: "team_agreement",
  passing: true,
  key: ["leader", "wave", "rater", "scale"],
  columns: { leader: "text", wave: "text", rater: "text", scale: "text", rwg: "number?", skewed: "number?" },
});

/** One row per scale, wave, rater, arm and way in which its items are answered: how many responses are like it. */
export const itemPatterns = table({
  name: "item_patterns",
  passing: true,
  key: ["scale", "wave", "rater", "arm", "answers", "kinds"],
  columns: {
    scale: "text",
    wave: "text",
    rater: "text",
    /** Of the leader; '' without one. */
    arm: "text",
    answers: "numbers",
    kinds: "integers",
    n: "integer",
  },
});

/**
 * One row per scale of items, wave, rater, arm and set of its items that are answered: moments of those answers, exact
 * whole numbers in steps of `resolution` from the middle of the answers, reversed items turned; products as a packed
 * upper triangle. What is not answered adds nothing.
 */
export const itemMoments = table({
  name: "item_moments",
  key: ["scale", "wave", "rater", "arm", "answered"],
  columns: {
    scale: "text",
    wave: "text",
    rater: "text",
    arm: "text",
    /** By item of the scale: 1 answered, 0 not. */
    answered: "integers",
    n: "integer",
    sums: "huges",
    products: "huges",
  },
});

/**
 * As `item_moments`, for each leader: what the uncertainty of a factor model is made of where respondents share one. The
 * sums are whole numbers of steps, rounded once to the nearest double.
 */
export const leaderItemMoments = table({
  name: "leader_item_moments",
  key: ["scale", "leader", "wave", "rater", "answered"],
  columns: {
    scale: "text",
    leader: "text",
    wave: "text",
    rater: "text",
    answered: "integers",
    n: "integer",
    sums: "numbers",
    products: "numbers",
  },
});

/**
 * One row per leader, item and answer of the employees in the study's last wave that leaders or employees answered, for
 * the leader's report: how many gave that answer (raw, before reversing).
 */
export const answerCounts = table({
  name: "answer_counts",
  key: ["leader", "wave", "rater", "item", "answer"],
  columns: { leader: "text", wave: "text", rater: "text", item: "text", answer: "number", n: "integer" },
});

/** One row per leader, wave and rater: how many accepted responses there are, whether or not a score could be made. */
export const responseCounts = table({
  name: "response_counts",
  key: ["leader", "wave", "rater"],
  columns: { leader: "text", wave: "text", rater: "text", n: "integer" },
});

/** One row per scale, wave, rater and pair of its items (i ≤ j): sums over the responses that answered both. */
export const itemPairs = table({
  name: "item_pairs",
  key: ["scale", "wave", "rater", "i", "j"],
  columns: {
    scale: "text",
    wave: "text",
    rater: "text",
    i: "integer",
    j: "integer",
    n: "integer",
    /** In steps of `resolution` from the middle of the answers, reversed items turned. */
    sum_i: "huge",
    sum_j: "huge",
    sum_ii: "huge",
    sum_jj: "huge",
    sum_ij: "huge",
  },
});

/**
 * One row per scale of items with few answers, wave, rater, pair of its items (i ≤ j; i = j is the item alone) and pair
 * of answers to them (raw, before reversing): how many responses gave both.
 */
export const itemTables = table({
  name: "item_tables",
  key: ["scale", "wave", "rater", "i", "j", "answer_i", "answer_j"],
  columns: {
    scale: "text",
    wave: "text",
    rater: "text",
    i: "integer",
    j: "integer",
    answer_i: "number",
    answer_j: "number",
    n: "integer",
  },
});

/** One row per scale, wave and rater: what reliability and agreement are computed from, in the reported unit. */
export const scaleSums = table({
  name: "scale_sums",
  key: ["scale", "wave", "rater"],
  columns: {
    scale: "text",
    wave: "text",
    rater: "text",
    n: "integer",
    leaders: "integer",
    /** Middle of the scale, subtracted before summing. */
    middle: "number",
    sum: "number",
    sum_of_squares: "number",
    /** Σ over leaders of (sum of the leader's scores)² / n. */
    between: "number",
    /** Means over leaders with two or more complete responses. */
    rwg: "number?",
    rwg_skewed: "number?",
    rwg_leaders: "integer",
  },
});

/** One row per scale, wave, rater, item (by its place in the scale) and kind of missing: answers that are missing so. */
export const missingCounts = table({
  name: "missing_counts",
  key: ["scale", "wave", "rater", "item", "kind"],
  columns: { scale: "text", wave: "text", rater: "text", item: "integer", kind: "integer", n: "integer" },
});

/**
 * One row per leader, wave, rater and scale (also scales of scales; differences stand under rater '' with n = 1):
 * unadjusted moments of the score in the reported unit, the middle of the scale (`shift`) subtracted before summing.
 */
export const scoreMoments = table({
  name: "score_moments",
  key: ["leader", "wave", "rater", "scale"],
  columns: {
    leader: "text",
    wave: "text",
    rater: "text",
    scale: "text",
    n: "integer",
    shift: "number",
    sum: "number",
    sum_of_squares: "number",
  },
});
