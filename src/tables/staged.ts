import { placedItems } from "../study/items.ts";
import type { Study } from "../study/study.ts";
import { numbered, type Row, table } from "./table.ts";

/** How many columns a response has: one per item of the instrument, one per covariate of the study. */
export interface ResponseWidth {
  readonly items: number;
  readonly covariates: number;
}

export const responseWidth = (study: Study): ResponseWidth => ({
  items: placedItems(study.instrument).length,
  covariates: study.covariates.length,
});

const columnsOf = ({ items, covariates }: ResponseWidth) =>
  ({
    delivery: "integer",
    line: "integer",
    /** Pseudonym; null where the delivery names no respondents. */
    respondent: "text?",
    wave: "text",
    rater: "text",
    /** Sampling weight, above 0; 1 where the delivery has none. */
    weight: "number",
    /** Hash of the whole response, by which it is known again. */
    content: "huge",
    /** `a1`, `a2`, …: the raw answer to an item by its place in the instrument; null where missing. */
    ...numbered("a", items, "number?"),
    /** `k1`, `k2`, …: 0 answered, else the kind of missing (its place in `missingKinds`, from 1). */
    ...numbered("k", items, "small"),
    /** `c1`, `c2`, …: a covariate's number, or the place of its code (from 0); null where missing or of another source. */
    ...numbered("c", covariates, "number?"),
  }) as const;

/**
 * One row per record of a delivery (and leader, where a unit's indicator stands for all its leaders), with what is
 * wrong with it, if anything.
 */
export const candidates = (width: ResponseWidth) =>
  table({
    name: "candidates",
    key: ["delivery", "line", "leader"],
    columns: {
      ...columnsOf(width),
      leader: "text?",
      fault: "text?",
      fault_column: "text?",
      decimal_commas: "integer",
      trimmed: "integer",
      labels: "integer",
    },
  });

/** One row per accepted response. */
export const responses = (width: ResponseWidth) =>
  table({
    name: "responses",
    key: ["delivery", "line", "leader"],
    columns: { ...columnsOf(width), leader: "text" },
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
  passing: true,
  key: ["delivery", "line"],
  columns: { delivery: "integer", line: "integer", code: "text" },
});

/** One row per candidate that is not accepted: its number in the table, where it stands and why. */
export const refused = table({
  name: "refused",
  passing: true,
  key: ["row"],
  columns: { row: "integer", delivery: "integer", line: "integer", column: "text?", code: "text" },
});

/** One row per leader of the roster that is being read. */
export const listed = table({ name: "listed", passing: true, key: ["leader"], columns: { leader: "text" } });

/** One row per leader and level of the organisation, of the roster that is being read. */
export const placed = table({
  name: "placed",
  passing: true,
  key: ["leader", "level"],
  columns: { leader: "text", level: "text", unit: "text" },
});

/** One row per content of the last ingest's responses; tells what a new delivery leaves unchanged. */
export const previous = table({ name: "previous", passing: true, key: ["content"], columns: { content: "huge" } });
