import { isCoded, placedItems } from "../study/items.ts";
import type { Study } from "../study/study.ts";
import { numbered, type Row, table } from "./table.ts";

/** Which columns a response has: one per item of the instrument, one per covariate of the study. */
export interface ResponseWidth {
  /** By item, whether its answers are whole codes that a small number holds. */
  readonly coded: readonly boolean[];
  readonly covariates: number;
}

/** Codes beyond this are kept as numbers. */
const furthestCode = 30_000;

export const responseWidth = (study: Study): ResponseWidth => ({
  coded: placedItems(study.instrument).map(
    ({ scale }) => isCoded(study.instrument, scale) && Math.max(-scale.low, scale.high) <= furthestCode,
  ),
  covariates: study.covariates.length,
});

/** What stands in the place of an answer of which a kind is missing: far below every answer. */
export const missingMarks = {
  coded: (kind: number) => kind - 32_768,
  number: (kind: number) => -1e300 * kind,
} as const;

/**
 * One row per usable record of a delivery (and leader, where a unit's indicator stands for all its leaders), as the
 * delivery was read; other deliveries may repeat or contradict it. `part` is the reading of a delivery that it is of.
 * A respondent is a pseudonym, empty where the delivery names none; `x1`, `x2`, … are answers, or marks of what is
 * missing; `c1`, `c2`, … are covariates, NaN where there is none.
 */
export const stagedRows = ({ coded, covariates }: ResponseWidth) =>
  table({
    name: "staged_rows",
    key: ["part", "line", "leader"],
    columns: {
      part: "whole",
      line: "whole",
      leader: "text",
      respondent: "text",
      weight: "number",
      ...Object.fromEntries(coded.map((code, index) => [`x${index + 1}`, code ? "short" : "number"] as const)),
      ...numbered("c", covariates, "number"),
    },
  });

/** One row per delivery that has been read from the same file in the same way, and what the reading reported. */
export const stagedDeliveries = table({
  name: "staged_deliveries",
  key: ["part"],
  columns: { part: "whole", key: "text", wave: "text", rater: "text", report: "text" },
});

/** One row per record that cannot be used, of a reading of a delivery: why, and what may have been meant. */
export const stagedQuarantine = table({
  name: "staged_quarantine",
  key: ["part", "line"],
  columns: { part: "whole", line: "whole", column: "text?", code: "text", nearest: "text?" },
});

/** One row per respondent of a reading whose id has leading zeros or a fraction of zeros: pseudonyms of it and of the bare id. */
export const respondentForms = table({
  name: "respondent_forms",
  key: ["part", "respondent"],
  columns: { part: "whole", respondent: "text", bare: "text" },
});

/** One row per reading of which another one writes respondents' ids otherwise. */
export const respondentsOtherwise = table({
  name: "respondents_otherwise",
  key: ["part"],
  columns: { part: "whole", respondents: "integer", other: "whole" },
});

/** One row per delivery of the study, in the order of the study file. */
export const deliveries = table({
  name: "deliveries",
  key: ["delivery"],
  columns: { delivery: "integer", part: "whole", file: "text", wave: "text", rater: "text" },
});

/** One row per line of a file that is a row of more than one reading of it. */
export const sharedLines = table({ name: "shared_lines", key: ["line"], columns: { line: "whole" } });

/** One row per delivery of the last ingest, while the next one runs. */
export const formerDeliveries = table({
  name: "former_deliveries",
  passing: true,
  key: deliveries.key,
  columns: deliveries.columns,
});

/** One row per delivery of the last ingest: how many records its file held. */
export const formerRows = table({
  name: "former_rows",
  key: ["file", "wave", "rater"],
  columns: { file: "text", wave: "text", rater: "text", rows: "integer" },
});

/** One row per reading of a delivery and leader: the first line that rates the leader. */
export const leaderLines = table({
  name: "leader_lines",
  key: ["part", "leader"],
  columns: { part: "whole", leader: "text", line: "whole" },
});

/** One row per row that another row of the same respondent, leader, wave and rater repeats or contradicts. */
export const duplicates = table({
  name: "duplicates",
  key: ["delivery", "line", "leader"],
  columns: { delivery: "integer", part: "whole", line: "integer", leader: "text", code: "text" },
});

/** One row per accepted response; a view of the staged rows. */
export const responses = ({ coded, covariates }: ResponseWidth) =>
  table({
    name: "responses",
    key: ["delivery", "line", "leader"],
    columns: {
      delivery: "integer",
      line: "integer",
      leader: "text",
      /** Pseudonym; null where the delivery names no respondents. */
      respondent: "text?",
      wave: "text",
      rater: "text",
      /** Sampling weight, above 0; 1 where the delivery has none. */
      weight: "number",
      /** `a1`, `a2`, …: the raw answer to an item by its place in the instrument; null where missing. */
      ...numbered("a", coded.length, "number?"),
      /** `k1`, `k2`, …: 0 answered, else the kind of missing (its place in `missingKinds`, from 1). */
      ...numbered("k", coded.length, "small"),
      /** `c1`, `c2`, …: a covariate's number, or the place of its code (from 0); null where missing or of another source. */
      ...numbered("c", covariates, "number?"),
    },
  });

/** One row per refused row: where it stands in which file, and why. `delivery` is null for the roster. */
export const quarantine = table({
  name: "quarantine",
  key: ["file", "delivery", "line"],
  columns: { file: "text", delivery: "integer?", line: "integer", column: "text?", code: "text", nearest: "text?" },
});
export type QuarantineRow = Row<typeof quarantine>;

/** One row per reading of a delivery: rows that the vault holds of it, and records that other rows repeat or contradict. */
export const deliveryCounts = table({
  name: "delivery_counts",
  key: ["part"],
  columns: { part: "whole", held: "integer", dropped: "integer" },
});

/**
 * One row per delivery that was read anew: how many of its accepted records the last ingest had too, how many it had of
 * the same respondent otherwise, and how many respondents of the same file are no longer in it.
 */
export const changeCounts = table({
  name: "change_counts",
  key: ["delivery"],
  columns: { delivery: "integer", unchanged: "integer", changed: "integer", removed: "integer" },
});

/** One row per leader: covariates that the roster gives, by covariate of the study. */
export const rosterCovariates = table({
  name: "roster_covariates",
  key: ["leader"],
  columns: { leader: "text", covariates: "numbers" },
});

/** One row per file that the last ingest kept, by its content hash. */
export const keptFiles = table({ name: "kept_files", key: ["sha256"], columns: { sha256: "text" } });

/** One row per stage that has been run: what it was made from, and what it reported. */
export const stages = table({
  name: "stages",
  key: ["stage"],
  columns: { stage: "text", key: "text", report: "text" },
});

/** One row per stage whose results went when somebody was erased, and that has to be run again. */
export const formerStages = table({ name: "former_stages", key: ["stage"], columns: { stage: "text" } });

/** One row per respondent whom the vault holds, by pseudonym. */
export const respondents = table({ name: "respondents", key: ["respondent"], columns: { respondent: "text" } });

/** One row per reading of a delivery that holds rows of certain respondents. */
export const personRows = table({
  name: "person_rows",
  key: ["part"],
  columns: { part: "whole", wave: "text", rater: "text", rows: "integer" },
});
