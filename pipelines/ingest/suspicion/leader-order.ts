/** Leaders in some order, of which those that a file holds follow each other. */
export interface FileOrder {
  /** Leaders up to the last one of the file, and how many of them it does not hold. */
  readonly passed: number;
  readonly skipped: number;
  /** Leaders beyond. */
  readonly beyond: readonly string[];
}

/** So many leaders do not stand in an order by chance. */
const fewestInOrder = 8;

const followed = (order: readonly string[], leaders: readonly string[]): FileOrder | null => {
  const places = new Map(order.map((leader, place) => [leader, place]));
  const found = leaders.map((leader) => places.get(leader)!);
  if (found.some((place, index) => index > 0 && place <= found[index - 1]!)) return null;
  const passed = found.at(-1)! + 1;
  return { passed, skipped: passed - found.length, beyond: order.slice(passed) };
};

/**
 * The order in which a file goes through leaders: that of the roster, or of their ids, from either end; null where it
 * goes through them in none.
 *
 * @param roster leaders of whom answers are expected, in the order of the roster
 * @param leaders those of the file, by the first line of each
 */
export const orderOf = (roster: readonly string[], leaders: readonly string[]): FileOrder | null => {
  const sorted = roster.toSorted();
  const known = new Set(roster);
  const expected = leaders.filter((leader) => known.has(leader));
  if (expected.length < fewestInOrder) return null;
  for (const order of [roster, sorted, roster.toReversed(), sorted.toReversed()]) {
    const found = followed(order, expected);
    if (found) return found;
  }
  return null;
};
