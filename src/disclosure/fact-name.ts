import type { PastFact } from "./lattice/past.ts";

/** What a fact is about. */
export type Named = Pick<PastFact, "statistic" | "scale" | "wave" | "grouping" | "cell">;

/** The name that the ledger has for a fact, and a page for its number. */
export const factName = ({ statistic, scale, wave, grouping, cell }: Named): string =>
  [statistic, scale, wave, grouping, cell].join("|");
