import type { Atom } from "./atoms.ts";
import { narrowest, openCells, type Room, roomsOf, type Scale } from "./bounds.ts";
import { type Partition, partitionOf, type Step, type TeamCells } from "./cells.ts";
import type { Guard, Row } from "./columns.ts";
import { type Exchanging, exchangeOf, rowsKey } from "./exchange.ts";
import { cellsThatMove, type MovableCell } from "./movable.ts";
import type { Part } from "./parts.ts";

/** How a leader's mean is open: within one cell, over cells, or not at all. Nothing is asked of who is in no row. */
type Way = "within" | ReadonlySet<number> | null;

/** The nearest cells that linear programmes may take. */
const mostNear = 30;

/** What is open on one scale beside the rows that are there. */
interface Ground {
  readonly rooms: readonly (Room | null)[];
  readonly open: ReturnType<typeof openCells>;
  readonly least: (room: Room) => number;
  /** The cells that the mean of a leader is open over, where it is not within one. */
  readonly over: Map<string, ReadonlySet<number>>;
  /** By cell the leaders whose means are open over it. */
  readonly users: Map<number, Set<string>>;
}

/** The cells that share most rows with one. */
const nearTo = (own: number, cells: TeamCells): readonly number[] => {
  const shared = new Map<number, number>();
  for (const row of cells.cell(own).rows)
    for (const cell of cells.inRow(row)) shared.set(cell, (shared.get(cell) ?? 0) + 1);
  return [...shared]
    .sort(([a, one], [b, other]) => other - one || a - b)
    .slice(0, mostNear)
    .map(([cell]) => cell);
};

/** What is found of cells as they are with one row more, for all scales. */
interface Look {
  readonly cells: TeamCells;
  readonly near: (cell: number) => readonly number[];
  readonly byRows: (key: string) => number | null;
}

const lookAt = (cells: TeamCells, numbers: () => Iterable<number>): Look => {
  const near = new Map<number, readonly number[]>();
  let byRows: Map<string, number> | null = null;
  return {
    cells,
    near: (cell) => {
      const found = near.get(cell) ?? nearTo(cell, cells);
      near.set(cell, found);
      return found;
    },
    byRows: (key) => {
      byRows ??= new Map([...numbers()].map((number) => [rowsKey(cells.cell(number).rows), number]));
      return byRows.get(key) ?? null;
    },
  };
};

const movableIn =
  ({ open }: Ground, cells: TeamCells) =>
  (number: number): MovableCell => {
    const cell = cells.cell(number);
    return { number, rows: cell.rows, slack: open(cell).whole };
  };

interface Placed {
  readonly room: Room;
  readonly number: number;
}

/** The cells over which the mean of a leader is open; null where none are found. */
const cellsOver = (leader: string, own: readonly Placed[], ground: Ground, look: Look): ReadonlySet<number> | null => {
  const movable = movableIn(ground, look.cells);
  const exchanging: Exchanging = {
    inRow: (row) => look.cells.inRow(row).map(movable),
    withRows: (key) => {
      const number = look.byRows(key);
      return number === null ? null : movable(number);
    },
  };
  for (const { room, number } of own) {
    if (!room.whole) continue;
    const target = { leader, cell: movable(number), least: ground.least(room) };
    const near = look.near(number).map(movable);
    const others = near.filter((each) => each.number !== number);
    const found = exchangeOf(target, others, exchanging) ?? cellsThatMove(target, near);
    if (found) return new Set([number, ...found]);
  }
  return null;
};

const wayOf = (leader: string, places: readonly number[], ground: Ground, look: Look): Way => {
  const own: Placed[] = [];
  for (const place of places) {
    const [room, number] = [ground.rooms[place], look.cells.of(place)];
    if (!room) continue;
    const cell = look.cells.cell(number);
    if (cell.rows.length === 0) continue;
    const { up, down } = ground.open(cell).within.beside(leader);
    if (Math.min(room.up, down) + Math.min(room.down, up) >= ground.least(room)) return "within";
    own.push({ room, number });
  }
  return own.length === 0 ? "within" : cellsOver(leader, own, ground, look);
};

/** Leaders whose way a step may take away, or who are in a row for the first time. */
const unsettledBy = (
  { touched, divided }: Step,
  before: TeamCells,
  { users, over, rooms }: Ground,
  parts: readonly Part[],
): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const number of touched) {
    for (const leader of users.get(number) ?? []) found.add(leader);
    const { places, rows } = before.cell(number);
    if (!divided.has(number) && rows.length > 0) continue;
    for (const place of places) {
      const { leader } = parts[place]!;
      if (rooms[place] && !over.has(leader)) found.add(leader);
    }
  }
  return found;
};

const settle = ({ over, users }: Ground, leader: string, way: Exclude<Way, null>): void => {
  for (const cell of over.get(leader) ?? []) users.get(cell)!.delete(leader);
  over.delete(leader);
  if (way === "within") return;
  over.set(leader, way);
  for (const cell of way) {
    const found = users.get(cell);
    if (found) found.add(leader);
    else users.set(cell, new Set([leader]));
  }
};

/**
 * Whether the shown means leave each leader's own mean on every scale open to a quarter of the scale at least, also for a
 * reader who knows one other team. The answers are taken as they are: another team takes up what this one gives, first
 * within the cell that no mean divides, else over other cells. Teams of which a release knew other respondents move only
 * within their cell, which finds too little room rather than too much.
 *
 * `known` is public already: of a leader whom it pins, nothing more is shown.
 */
export const opennessOf = (
  parts: readonly Part[],
  atoms: readonly Atom[],
  scales: readonly Scale[],
  known: readonly Row[],
): Guard => {
  const partition: Partition = partitionOf(parts.length);
  for (const row of known) partition.take(partition.step(row));
  const taken = new Set(known.map((row) => row.join(" ")));
  const placesOf = new Map<string, number[]>();
  parts.forEach(({ leader }, place) => {
    placesOf.set(leader, [...(placesOf.get(leader) ?? []), place]);
  });
  const grounds = scales.map((scale): Ground => {
    const rooms = roomsOf(parts, atoms, scale);
    const least = ({ n }: Room) => n * (scale.high - scale.low) * narrowest * (1 - 1e-9);
    return { rooms, open: openCells(rooms), least, over: new Map(), users: new Map() };
  });
  const look = (cells: TeamCells): Look => lookAt(cells, () => new Set(parts.map((_, place) => cells.of(place))));
  const start = look(partition.now);
  const pinned = new Set<string>();
  for (const ground of grounds)
    for (const [leader, places] of placesOf) {
      const way = wayOf(leader, places, ground, start);
      if (way === null) pinned.add(leader);
      else settle(ground, leader, way);
    }
  let next: { readonly row: Row; readonly step: Step; readonly settling: readonly (() => void)[] } | null = null;
  return {
    allows: (row) => {
      next = null;
      if (row.some((place) => pinned.has(parts[place]!.leader))) return false;
      const step = partition.step(row);
      const after = look(partition.after(step));
      const settling: (() => void)[] = [];
      for (const ground of grounds)
        for (const leader of unsettledBy(step, partition.now, ground, parts)) {
          if (pinned.has(leader)) continue;
          const way = wayOf(leader, placesOf.get(leader)!, ground, after);
          if (way === null) return false;
          if (way !== "within" || ground.over.has(leader)) settling.push(() => settle(ground, leader, way));
        }
      next = { row, step, settling };
      return true;
    },
    add: (row) => {
      const key = row.join(" ");
      if (taken.has(key)) return;
      taken.add(key);
      if (next?.row !== row) throw new Error("A row is added that was not allowed");
      partition.take(next.step);
      for (const each of next.settling) each();
      next = null;
    },
  };
};
