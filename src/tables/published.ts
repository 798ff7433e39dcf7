import { type Row, table } from "./table.ts";

/** One row per leader, wave, rater (`self`, `employee`) and scale: respondents and the mean of their scores. */
export const leaderScores = table({
  name: "leader_scores",
  key: ["leader", "wave", "rater", "scale"],
  columns: { leader: "text", wave: "text", rater: "text", scale: "text", n: "integer", mean: "number" },
});
export type LeaderScore = Row<typeof leaderScores>;

/** One row per leader, wave, item and answer: how many employees gave it (raw, before reversing). */
export const leaderAnswers = table({
  name: "leader_answers",
  key: ["leader", "wave", "item", "answer"],
  columns: { leader: "text", wave: "text", item: "text", answer: "number", n: "integer" },
});
export type LeaderAnswer = Row<typeof leaderAnswers>;

/** One row per leader: employees who answered in one wave, employees as the organisation counts them, days in the post. */
export const leaderResponses = table({
  name: "leader_responses",
  key: ["leader"],
  columns: { leader: "text", answered: "integer", employees: "integer?", from_date: "date?", to_date: "date?" },
});
export type LeaderResponse = Row<typeof leaderResponses>;

/** One row per wave, rater and scale: how scores spread within teams, all leaders together. */
export const leaderSpread = table({
  name: "leader_spread",
  key: ["wave", "rater", "scale"],
  columns: {
    wave: "text",
    rater: "text",
    scale: "text",
    /** Leaders with at least two respondents. */
    leaders: "integer",
    /** Sum over leaders of squared deviations from the leader's mean. */
    within: "number",
    /** Sum over leaders of respondents less one. */
    df: "integer",
    /** The largest leader's part of `df`. */
    largest: "integer",
  },
});
export type LeaderSpread = Row<typeof leaderSpread>;

/** One row per scale: the means of all leaders with enough respondents in one wave, ascending. */
export const leaderMeans = table({
  name: "leader_means",
  key: ["scale"],
  columns: { scale: "text", means: "numbers" },
});
export type LeaderMeans = Row<typeof leaderMeans>;

/** One row: the last wave in which anybody answered. */
export const latestWave = table({ name: "latest_wave", key: ["wave"], columns: { wave: "text" } });
