import { type Cell, shown, suppressed, valueIn } from "./published.ts";

/**
 * Kinds of numbers that leave the project group, as safe-output checkers sort them (SACRO's ACRO): a comparison of arms,
 * a mean, a coefficient that is no sum of answers, and a count.
 */
export type OutputClass = "effect" | "mean" | "coefficient" | "count";

/** Who is behind such a number: of a comparison, the smaller of the two sides. */
export interface OutputSupport {
  readonly respondents: number;
  readonly leaders: number;
  /** Degrees of freedom of a comparison; null where it has none that could be checked. */
  readonly df: number | null;
}

/** Fewest respondents, leaders and degrees of freedom behind a number of each class. */
export const fewestBehind = {
  effect: { respondents: 10, leaders: 10, df: 10 },
  mean: { respondents: 10, leaders: 10, df: 0 },
  coefficient: { respondents: 30, leaders: 10, df: 0 },
} as const;

/** The same cell where enough stand behind it for readers outside the project group, else suppressed. */
export const forPublic = <T>(
  cell: Cell<T>,
  of: Exclude<OutputClass, "count">,
  { respondents, leaders, df }: OutputSupport,
): Cell<T> => {
  const fewest = fewestBehind[of];
  const enough = respondents >= fewest.respondents && leaders >= fewest.leaders;
  return enough && (fewest.df === 0 || (df !== null && df >= fewest.df)) ? cell : suppressed;
};

/** Counts up to this are hidden. */
export const mostHidden = 7;

/** Other counts are rounded to the nearest multiple of this. */
export const publicStep = 5;

/** A count as readers outside the project group see it; null and what is hidden look alike. */
export const publicCount = (count: number | null): Cell<number> =>
  count === null || count <= mostHidden ? suppressed : shown(publicStep * Math.round(count / publicStep));

/** One number of a shown cell, to one decimal; suppressed where the cell is, or has none. */
export const oneDecimal = <T>(cell: Cell<T>, numberOf: (value: T) => number | null): Cell<number> => {
  const value = valueIn(cell);
  const number = value === null ? null : numberOf(value);
  return number === null ? suppressed : shown(Math.round(number * 10) / 10);
};
