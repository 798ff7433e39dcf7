import { type Row, table } from "./table.ts";

/**
 * One row per record of a delivery (and leader, where a unit's indicator stands for all its leaders), with what is
 * wrong with it, if anything.
 */
export const candidates = table({
  name: "candidates",
  key: ["delivery", "line", "leader"],
  columns: {
    delivery: "integer",
    line: "integer",
    /** Pseudonym; null where the delivery names no respondents. */
    respondent: "text?",
    leader: "text?",
    wave: "text",
    rater: "text",
    /** Raw answers by item of the instrument; null where missing. */
    answers: "numbers",
    /** By item: 0 answered, else the kind of missing (its place in `missingKinds`, from 1). */
    kinds: "integers",
    /** By covariate of the study: the number, or the place of the code (from 0); null where missing or of another source. */
    covariates: "numbers",
    fault: "text?",
    fault_column: "text?",
    decimal_commas: "integer",
    trimmed: "integer",
    labels: "integer",
  },
});

/** One row per accepted response. */
export const responses = table({
  name: "responses",
  key: ["delivery", "line", "leader"],
  columns: {
    delivery: "integer",
    line: "integer",
    respondent: "text?",
    leader: "text",
    wave: "text",
    rater: "text",
    answers: "numbers",
    kinds: "integers",
    covariates: "numbers",
  },
});

/** One row per refused row: where it stands in which file, and why. `delivery` is null for the roster. */
export const quarantine = table({
  name: "quarantine",
  key: ["file", "delivery", "line"],
  columns: { file: "text", delivery: "integer?", line: "integer", column: "text?", code: "text" },
});
export type QuarantineRow = Row<typeof quarantine>;

/** One row per delivery of the study file: what became of its rows. */
export const deliveryCounts = table({
  name: "delivery_counts",
  key: ["delivery"],
  columns: {
    delivery: "integer",
    accepted: "integer",
    rejected: "integer",
    unchanged: "integer",
    decimal_commas: "integer",
    trimmed: "integer",
    labels: "integer",
  },
});

/** One row per leader: covariates that the roster gives, by covariate of the study. */
export const rosterCovariates = table({
  name: "roster_covariates",
  key: ["leader"],
  columns: { leader: "text", covariates: "numbers" },
});

/** One row per stage that has been run: what it was made from, and what it reported. */
export const stages = table({
  name: "stages",
  key: ["stage"],
  columns: { stage: "text", key: "text", report: "text" },
});

/** One row per response that repeats or contradicts another. */
export const duplicates = table({
  name: "duplicates",
  key: ["delivery", "line"],
  columns: { delivery: "integer", line: "integer", code: "text" },
});

/** One row per response of the last ingest, by its content; tells what a new delivery leaves unchanged. */
export const previous = table({
  name: "previous",
  key: [],
  columns: { leader: "text", wave: "text", rater: "text", respondent: "text", content: "text" },
});
