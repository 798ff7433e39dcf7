import type { Row } from "./columns.ts";

/** Parts that no row divides, and the rows that they are in, in the order in which those came. */
export interface TeamCell {
  readonly places: readonly number[];
  readonly rows: readonly number[];
}

/** What becomes of the cells with one more row. */
export interface Step {
  /** The cells that are other than before, and those that are new, by number. */
  readonly changed: ReadonlyMap<number, TeamCell>;
  /** Cells that the row is in, and of those the ones that it divides: what is left keeps the number. */
  readonly touched: readonly number[];
  readonly divided: ReadonlySet<number>;
  /** The new cells of parts that a divided cell lost. */
  readonly moved: ReadonlyMap<number, number>;
  readonly row: number;
}

/** Cells as they are with a step, or without one. */
export interface TeamCells {
  readonly cell: (number: number) => TeamCell;
  readonly of: (place: number) => number;
  /** The cells of a row. */
  readonly inRow: (row: number) => readonly number[];
}

/** All parts in cells, which rows divide one after the other. */
export interface Partition {
  readonly now: TeamCells;
  readonly step: (row: Row) => Step;
  readonly after: (step: Step) => TeamCells;
  readonly take: (step: Step) => void;
}

/** Parts that no row is of yet, as one cell. */
export const partitionOf = (count: number): Partition => {
  const cells: TeamCell[] = [{ places: Array.from({ length: count }, (_, place) => place), rows: [] }];
  const numbers = new Int32Array(count);
  const byRow: Set<number>[] = [];
  const now: TeamCells = {
    cell: (number) => cells[number]!,
    of: (place) => numbers[place]!,
    inRow: (row) => [...(byRow[row] ?? [])],
  };
  return {
    now,
    step: (row) => {
      const inside = new Map<number, number[]>();
      for (const place of row) {
        const found = inside.get(numbers[place]!);
        if (found) found.push(place);
        else inside.set(numbers[place]!, [place]);
      }
      const changed = new Map<number, TeamCell>();
      const divided = new Set<number>();
      const moved = new Map<number, number>();
      let next = cells.length;
      for (const [number, places] of inside) {
        const cell = cells[number]!;
        const rows = [...cell.rows, byRow.length];
        if (places.length === cell.places.length) {
          changed.set(number, { places: cell.places, rows });
          continue;
        }
        const own = new Set(places);
        divided.add(number);
        changed.set(number, { places: cell.places.filter((place) => !own.has(place)), rows: cell.rows });
        changed.set(next, { places, rows });
        for (const place of places) moved.set(place, next);
        next += 1;
      }
      return { changed, touched: [...inside.keys()], divided, moved, row: byRow.length };
    },
    after: ({ changed, moved, row }) => ({
      cell: (number) => changed.get(number) ?? cells[number]!,
      of: (place) => moved.get(place) ?? numbers[place]!,
      inRow: (asked) => {
        const added = [...changed.keys()].filter((number) => number >= cells.length || asked === row);
        const own = added.filter((number) => changed.get(number)!.rows.includes(asked));
        return asked === row ? own : [...(byRow[asked] ?? []), ...own];
      },
    }),
    take: ({ changed, moved }) => {
      byRow.push(new Set());
      for (const [number, cell] of changed) {
        cells[number] = cell;
        for (const row of cell.rows) byRow[row]!.add(number);
      }
      for (const [place, number] of moved) numbers[place] = number;
    },
  };
};
