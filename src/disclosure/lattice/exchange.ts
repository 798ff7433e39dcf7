import type { MovableCell, Target } from "./movable.ts";

/** So many cells that could give what the target takes are looked at, and so many others to make up for each. */
const most = { near: 12, balancing: 60 };

const without = (rows: readonly number[], other: readonly number[]): readonly number[] =>
  rows.filter((row) => !other.includes(row));

/** A text that stands for the rows of a cell. */
export const rowsKey = (rows: readonly number[]): string => rows.toSorted((a, b) => a - b).join(" ");

/** What else an exchange can be made with. */
export interface Exchanging {
  /** The cells of a row. */
  readonly inRow: (row: number) => readonly MovableCell[];
  /** The cell that is in these rows and no others. */
  readonly withRows: (key: string) => MovableCell | null;
}

/**
 * Three cells that let the sum of one team lie so far apart, also where one other team is known: what the team gains the
 * first loses, and the other two make up for it in the rows in which these two differ. The commonest way, found without
 * a linear programme; null where there is none.
 */
export const exchangeOf = (
  { leader, cell: own, least }: Target,
  near: readonly MovableCell[],
  { inRow, withRows }: Exchanging,
): ReadonlySet<number> | null => {
  const room = own.slack.of(leader);
  for (const giving of near.slice(0, most.near)) {
    const [taken, given] = [without(own.rows, giving.rows), without(giving.rows, own.rows)];
    const first = giving.slack.beside(leader);
    const [up, down] = [Math.min(room.up, first.down), Math.min(room.down, first.up)];
    if (up + down < least) continue;
    const balancing = given.length > 0 ? inRow(given[0]!) : near;
    for (const second of balancing.slice(0, most.balancing)) {
      if (second.number === giving.number || second.number === own.number) continue;
      if (!given.every((row) => second.rows.includes(row)) || taken.some((row) => second.rows.includes(row))) continue;
      const third = withRows(rowsKey([...without(second.rows, given), ...taken]));
      if (third === null || third.number === own.number) continue;
      const [makesUp, loses] = [second.slack.beside(leader), third.slack.beside(leader)];
      const rise = Math.min(up, makesUp.up, loses.down);
      const fall = Math.min(down, makesUp.down, loses.up);
      if (rise + fall >= least) return new Set([giving.number, second.number, third.number]);
    }
  }
  return null;
};
