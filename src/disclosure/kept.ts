import { type Cell, letOut, type Published, reveal, shown, suppressed, valueIn } from "./published.ts";
import type { Implied, Response, TeamMean } from "./team.ts";
import type { Unit } from "./unit.ts";

/** A cell of an earlier release, which shows in this one what it showed there. */
export const keptCell = <T>(cell: Cell<T>): Cell<T> => {
  const value = valueIn(cell);
  return value === null ? suppressed : shown(value);
};

const again = (number: Published<number>): Published<number> => letOut(reveal(number));

/** How many answered, as an earlier release said it. */
export const keptResponse = (response: Response): Response => {
  const invited = response.invited && again(response.invited);
  if (response.state === "under") return { ...response, invited };
  return {
    ...response,
    invited,
    answered: again(response.answered),
    percent: response.percent && again(response.percent),
  };
};

/** What an earlier release showed of a team, and how many of it left and came since. */
export interface Before {
  readonly shown: Cell<TeamMean>;
  readonly n: number;
  readonly gone: number;
  readonly added: number;
}

/** Where the mean of `n` must lie by what else is known of it and by what was shown of most of them before. */
export const impliedBeside = (
  known: Implied,
  n: number,
  { shown: cell, n: before, gone, added }: Before,
  unit: Unit,
): Implied => {
  const old = valueIn(cell);
  if (old === null || n === 0) return known;
  const sum = (before * (old.mean - unit.low)) / (unit.high - unit.low);
  // Who did not answer the scale is among those who came or went; where nobody did the other, the numbers tell.
  const came = gone === 0 ? Math.max(0, n - before) : Math.min(added, n);
  const went = added === 0 ? Math.max(0, before - n) : Math.min(gone, before);
  return {
    low: Math.max(known.low, old.bound === "at-most" ? 0 : (sum - went) / n),
    high: Math.min(known.high, old.bound === "at-least" ? 1 : (sum + came) / n),
  };
};
