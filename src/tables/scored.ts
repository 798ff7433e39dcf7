import { table } from "./table.ts";

/**
 * Steps between the lowest and the highest score. Stored scores are whole steps from the middle of the scale, so sums
 * are exact whatever their order; the least common multiple of 1…24 makes most means of up to 24 whole answers exact
 * too, and the square of half of it still fits 64 bits.
 */
export const resolution = 5_354_228_880;

/** One row per scale of items: where its items stand in a list of answers, and how they become a score. */
export const itemScales = table({
  name: "item_scales",
  key: ["scale"],
  columns: {
    scale: "text",
    low: "number",
    high: "number",
    answered: "number",
    positions: "integers",
    plain: "integers",
    reversed: "integers",
    items: "texts",
  },
});

/** One row per part of a scale of scales; `depth` orders scales whose parts are themselves made of scales. */
export const compositeParts = table({
  name: "composite_parts",
  key: ["scale", "part"],
  columns: { scale: "text", part: "text", depth: "integer", parts: "integer", answered: "number" },
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

/** One row per response and scale: the score in steps of `resolution` from the middle of the scale. */
export const scores = table({
  name: "scores",
  key: ["delivery", "line", "leader", "scale"],
  columns: {
    delivery: "integer",
    line: "integer",
    leader: "text",
    wave: "text",
    rater: "text",
    scale: "text",
    score: "integer",
  },
});

/** One row per leader, wave, rater, item and answer: how many gave that answer (raw, before reversing). */
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
    /** Mean over leaders with two or more complete responses. */
    rwg: "number?",
    rwg_leaders: "integer",
  },
});

/** One row per scale, wave, rater and kind of missing: item answers that are missing so. */
export const missingCounts = table({
  name: "missing_counts",
  key: ["scale", "wave", "rater", "kind"],
  columns: { scale: "text", wave: "text", rater: "text", kind: "integer", n: "integer" },
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
