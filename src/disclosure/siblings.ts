import { mayShow, type Support } from "./aggregate.ts";
import type { Rules } from "./rules.ts";

/** One part of a whole that is published beside it: a department of the organisation, an arm of the study. */
export interface Sibling {
  readonly cell: string;
  readonly support: Support;
}

/** What the whole holds beyond the shown parts: hidden parts and leaders in no part. */
const restOf = (whole: Support, shown: readonly Sibling[], hidden: readonly Sibling[]): Support => {
  const placed = [...shown, ...hidden].reduce((sum, { support }) => sum + support.n, 0);
  const outside = placed < whole.n ? whole.largest : 0;
  return {
    n: whole.n - shown.reduce((sum, { support }) => sum + support.n, 0),
    leaders: whole.leaders - shown.reduce((sum, { support }) => sum + support.leaders, 0),
    largest: Math.max(outside, ...hidden.map(({ support }) => support.largest)),
  };
};

/**
 * The parts that may stand beside their whole: those that the primary rules allow, less the smallest of them until what
 * is left of the whole is itself enough to be shown and is more than one part. It guards one whole against subtraction;
 * several groupings, waves and releases together are not looked at here.
 */
export const shownSiblings = (whole: Support, parts: readonly Sibling[], rules: Rules): ReadonlySet<string> => {
  const large = [...parts].sort((a, b) => b.support.n - a.support.n || (a.cell < b.cell ? -1 : 1));
  const shown = large.filter(({ support }) => mayShow(support, rules));
  const hidden = large.filter((part) => !shown.includes(part));
  const safe = (): boolean => {
    const rest = restOf(whole, shown, hidden);
    return (rest.n === 0 && rest.leaders === 0) || (hidden.length !== 1 && mayShow(rest, rules));
  };
  while (shown.length > 0 && !safe()) hidden.push(shown.pop()!);
  return new Set(shown.map(({ cell }) => cell));
};
