import type { Atom } from "./atoms.ts";
import { mergedParts, type Row } from "./columns.ts";
import { canMove } from "./movable.ts";
import type { Part } from "./parts.ts";

/** A scale in its reported unit. */
export interface Scale {
  readonly scale: string;
  readonly low: number;
  readonly high: number;
  /** The scales that it is the mean of, for those who answered all of them. */
  readonly of?: readonly string[];
}

/** What is left open of a part of a leader's team: how far the sum of its scores can rise and fall at least. */
interface Room {
  readonly leader: string;
  readonly n: number;
  readonly up: number;
  readonly down: number;
  /** Whether it is the whole team. */
  readonly whole: boolean;
}

/** The part of a scale within which nobody's mean may be known. */
export const narrowest = 0.25;

const roomOf = ({ leader, n, whole }: Part, { scale, low, high }: Scale, atom: Atom): Room => {
  const team = atom.n[scale] ?? 0;
  const size = whole ? team : (n[scale] ?? 0);
  const others = (team - size) * (high - low);
  const sum = atom.sums[scale] ?? 0;
  const within = (room: number) => Math.max(0, Math.min(room - others, size * (high - low)));
  return { leader, n: team, up: within(team * high - sum), down: within(sum - team * low), whole };
};

const beside = (rooms: readonly Room[], own: Room, side: "up" | "down"): number => {
  const byLeader = new Map<string, number>();
  for (const room of rooms)
    if (room.leader !== own.leader) byLeader.set(room.leader, (byLeader.get(room.leader) ?? 0) + room[side]);
  const all = [...byLeader.values()];
  return all.reduce((sum, room) => sum + room, 0) - Math.max(0, ...all);
};

/** Whether the team's mean can move far enough against others of the same cell, without the one who could take most. */
const movesInCell = (own: Room, cell: readonly Room[], range: number): boolean => {
  const up = Math.min(own.up, beside(cell, own, "down"));
  const down = Math.min(own.down, beside(cell, own, "up"));
  return up + down >= own.n * range * narrowest * (1 - 1e-9);
};

/** Cells that no row divides, what is open in each, and the rows that each is in. */
interface Cells {
  readonly of: ReadonlyMap<string, readonly { readonly own: Room; readonly cell: number }[]>;
  readonly rooms: readonly (readonly Room[])[];
  readonly rows: readonly (readonly number[])[];
}

const cellsOf = (parts: readonly Part[], rows: readonly Row[], rooms: readonly (Room | null)[]): Cells => {
  const answered = rows.map((row) => row.filter((place) => rooms[place] !== null));
  const inRows = parts.map((): number[] => []);
  answered.forEach((row, index) => {
    for (const place of row) inRows[place]!.push(index);
  });
  const cells = mergedParts(parts, answered, "across-leaders");
  const of = new Map<string, { own: Room; cell: number }[]>();
  cells.forEach((places, cell) => {
    for (const place of places) {
      const own = rooms[place]!;
      of.set(own.leader, [...(of.get(own.leader) ?? []), { own, cell }]);
    }
  });
  return {
    of,
    rooms: cells.map((places) => places.map((place) => rooms[place]!)),
    rows: cells.map((places) => inRows[places[0]!]!),
  };
};

const isOpen = (leader: string, cells: Cells, range: number): boolean => {
  const own = cells.of.get(leader) ?? [];
  if (own.length === 0 || own.some((each) => movesInCell(each.own, cells.rooms[each.cell]!, range))) return true;
  return own.some(({ own: { n, whole }, cell }) => {
    const least = n * range * narrowest * (1 - 1e-9);
    return whole && canMove({ leader, cell, least }, cells.rooms, cells.rows);
  });
};

/** Whether shown rows leave the mean of a leader on one scale open. */
export interface Openness {
  /** Leaders in the order in which they are looked at. */
  readonly leaders: readonly string[];
  /** Whether a leader's mean is open beside these rows. */
  readonly beside: (rows: readonly Row[]) => (leader: string) => boolean;
}

/**
 * Whether the shown means leave each leader's own mean on a scale open to a quarter of the scale at least, also for a
 * reader who knows one other team. The answers are taken as they are: another team takes up what this one gives, first
 * within the cell that no mean divides, else by linear programme over other cells. Teams of which a release knew other
 * respondents move only within their cell, which finds too little room rather than too much.
 */
export const opennessOf = (parts: readonly Part[], atoms: readonly Atom[], scale: Scale): Openness => {
  const teams = new Map(atoms.map((atom) => [atom.leader, atom]));
  const rooms = parts.map((part): Room | null => {
    const atom = part.teams.at(-1) ? teams.get(part.leader) : undefined;
    return atom && (atom.n[scale.scale] ?? 0) > 0 ? roomOf(part, scale, atom) : null;
  });
  return {
    leaders: [...new Set(rooms.flatMap((room) => room?.leader ?? []))],
    beside: (rows) => {
      const cells = cellsOf(parts, rows, rooms);
      return (leader) => isOpen(leader, cells, scale.high - scale.low);
    },
  };
};
