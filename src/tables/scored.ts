import { table } from "./table.ts";

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
