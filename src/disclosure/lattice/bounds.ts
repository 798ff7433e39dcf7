import type { Atom } from "./atoms.ts";
import type { TeamCell } from "./cells.ts";
import type { Part } from "./parts.ts";

/** A scale in its reported unit. */
export interface Scale {
  readonly scale: string;
  readonly low: number;
  readonly high: number;
  /** The scales that it is the mean of, for those who answered all of them. */
  readonly of?: readonly string[];
}

/** The part of a scale within which nobody's mean may be known. */
export const narrowest = 0.25;

/** How far a sum of scores can rise and fall at least. */
export interface Sway {
  readonly up: number;
  readonly down: number;
}

/** What is left open of a part of a leader's team. */
export interface Room extends Sway {
  readonly leader: string;
  /** Respondents of the whole team. */
  readonly n: number;
  /** Whether it is the whole team. */
  readonly whole: boolean;
}

const roomOf = ({ leader, n, whole }: Part, { scale, low, high }: Scale, atom: Atom): Room => {
  const team = atom.n[scale] ?? 0;
  const size = whole ? team : (n[scale] ?? 0);
  const others = (team - size) * (high - low);
  const sum = atom.sums[scale] ?? 0;
  const within = (room: number) => Math.max(0, Math.min(room - others, size * (high - low)));
  return { leader, n: team, up: within(team * high - sum), down: within(sum - team * low), whole };
};

/** What is open of every part on one scale, by place; null where nobody of it answered or it is no part of a team now. */
export const roomsOf = (parts: readonly Part[], atoms: readonly Atom[], scale: Scale): readonly (Room | null)[] => {
  const teams = new Map(atoms.map((atom) => [atom.leader, atom]));
  return parts.map((part) => {
    const atom = part.teams.at(-1) ? teams.get(part.leader) : undefined;
    return atom && (atom.n[scale.scale] ?? 0) > 0 ? roomOf(part, scale, atom) : null;
  });
};

/** What the teams of a cell can take up together. */
export interface Slack {
  readonly of: (leader: string) => Sway;
  /** All teams without a leader's, and without the one of the others that could take most. */
  readonly beside: (leader: string) => Sway;
  /** All teams but these leaders'. */
  readonly without: (leaders: readonly string[]) => Sway;
  readonly leaders: readonly string[];
}

const still: Sway = { up: 0, down: 0 };

const slackOf = (rooms: readonly Room[]): Slack => {
  const own = new Map<string, Sway>();
  for (const { leader, up, down } of rooms) {
    const found = own.get(leader) ?? still;
    own.set(leader, { up: found.up + up, down: found.down + down });
  }
  const sideOf = (side: "up" | "down") => {
    let [sum, most, second, first] = [0, 0, 0, ""];
    for (const [leader, { [side]: room }] of own) {
      sum += room;
      if (room > most) [most, second, first] = [room, most, leader];
      else if (room > second) second = room;
    }
    return (leader: string) => sum - (own.get(leader)?.[side] ?? 0) - (leader === first ? second : most);
  };
  const [up, down] = [sideOf("up"), sideOf("down")];
  const all = [...own.values()].reduce((sum, each) => ({ up: sum.up + each.up, down: sum.down + each.down }), still);
  return {
    of: (leader) => own.get(leader) ?? still,
    beside: (leader) => ({ up: up(leader), down: down(leader) }),
    without: (leaders) =>
      leaders.reduce((left, leader) => {
        const { up: rise, down: fall } = own.get(leader) ?? still;
        return { up: left.up - rise, down: left.down - fall };
      }, all),
    leaders: [...own.keys()],
  };
};

/** What is open in a cell: within it, where every part can give, and against other cells, where whole teams can. */
export interface OpenCell {
  readonly within: Slack;
  readonly whole: Slack;
}

/** Finds what is open in cells on one scale; each cell is summed up once. */
export const openCells = (rooms: readonly (Room | null)[]): ((cell: TeamCell) => OpenCell) => {
  const known = new WeakMap<readonly number[], OpenCell>();
  return ({ places }) => {
    const found = known.get(places);
    if (found) return found;
    const own = places.flatMap((place) => rooms[place] ?? []);
    const open = { within: slackOf(own), whole: slackOf(own.filter(({ whole }) => whole)) };
    known.set(places, open);
    return open;
  };
};
