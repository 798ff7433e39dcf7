import type { PastFact } from "./lattice/past.ts";

/** What a fact is about. */
export type Named = Pick<PastFact, "statistic" | "scale" | "wave" | "grouping" | "cell"> &
  Partial<Pick<PastFact, "rater">>;

/** The name that the ledger has for a fact, and a page for its number; of what employees did not answer with the rater. */
export const factName = ({ statistic, scale, rater = "employee", wave, grouping, cell }: Named): string =>
  [statistic, rater === "employee" ? scale : `${rater} ${scale}`, wave, grouping, cell].join("|");
