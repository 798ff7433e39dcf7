import type { Cells } from "../../stats/moments/moments.ts";
import type { Outcome } from "../../study/study.ts";

/** `all` rows of an outcome, with its own column only; `complete`, those with all covariates of the plan, which come first. */
export type Extent = "all" | "complete";

/**
 * Which rows of an outcome are added up. `weighted`: once more with sampling weights (`WeightedCells`). `panel N`: only
 * respondents with a score at the baseline and at wave N (by index in the study's waves) under the same leader, of these
 * two waves. `subgroup X`: those with all covariates of the plan and X, which is not one of them; all of these come first.
 */
export type Rows = Extent | `weighted ${Extent}` | `panel ${number} ${Extent}` | `subgroup ${string}`;

/** Cells of an outcome; null where there is no such row. */
export type CellsOf = (outcome: Outcome, rows: Rows) => Cells | null;
