import type { RateBand } from "../../../disclosure/aggregate.ts";
import type { Cell } from "../../../disclosure/published.ts";

/** The band of the response rate, by wave; null where nobody knows how many were asked. */
export interface Rates {
  readonly id: string;
  readonly rates: readonly (Cell<RateBand> | null)[];
}

export interface ResponsesPart {
  readonly whole: Rates;
  readonly departments: readonly Rates[];
}
