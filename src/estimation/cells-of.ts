import type { Cells } from "../stats/moments.ts";
import type { Outcome } from "../study/study.ts";

/**
 * Which rows of an outcome are added up: `all` of them, with the outcome's column only; `complete`, those with all
 * covariates of the plan, whose columns come first.
 */
export type Rows = "all" | "complete";

/** Cells of an outcome; null where there is no such row. */
export type CellsOf = (outcome: Outcome, rows: Rows) => Cells | null;
