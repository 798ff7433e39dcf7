import { equalTo, lessEq, type Model, solve } from "yalps";
import type { Slack, Sway } from "./bounds.ts";

/** A cell whose whole teams can take up what another gives. */
export interface MovableCell {
  readonly number: number;
  readonly rows: readonly number[];
  readonly slack: Slack;
}

/** Whose sum has to be open by how much, and the cell that the team is in. */
export interface Target {
  readonly leader: string;
  readonly cell: MovableCell;
  readonly least: number;
}

interface Variable extends Sway {
  /** Null for the target. */
  readonly cell: number | null;
  readonly rows: readonly number[];
}

/** Cells near the target that are let move, few at first; the others stay, which finds too little room, never too much. */
const tries = [10, 30] as const;

/** Where there is no way without all the teams that the moves need, up to so many are left out one by one. */
const mostNeeded = 20;

const variablesOf = (
  { leader, cell }: Target,
  near: readonly MovableCell[],
  known: readonly string[],
): readonly Variable[] => [
  { cell: null, rows: cell.rows, ...cell.slack.of(leader) },
  ...near
    .map(({ number, rows, slack }) => ({ cell: number, rows, ...slack.without([leader, ...known]) }))
    .filter(({ up, down }) => up + down > 0),
];

/** Moves of all variables that leave every row as it is and carry the target as far as it goes one way. */
const furthest = (variables: readonly Variable[], way: "maximize" | "minimize"): readonly number[] | null => {
  const balance = new Map<number, number>();
  for (const { rows, down } of variables) for (const row of rows) balance.set(row, (balance.get(row) ?? 0) + down);
  const model: Model = {
    direction: way,
    objective: "target",
    constraints: new Map([
      ...[...balance].map(([row, down]) => [`row ${row}`, equalTo(down)] as const),
      ...variables.map(({ up, down }, index) => [`room ${index}`, lessEq(up + down)] as const),
    ]),
    variables: new Map(
      variables.map((variable, index) => [
        `${index}`,
        new Map([
          ...variable.rows.map((row) => [`row ${row}`, 1] as const),
          [`room ${index}`, 1] as const,
          ...(index === 0 ? [["target", 1] as const] : []),
        ]),
      ]),
    ),
  };
  const { status, variables: found } = solve(model, { includeZeroVariables: true });
  if (status !== "optimal") return null;
  const values = new Map(found);
  return variables.map(({ down }, index) => (values.get(`${index}`) ?? 0) - down);
};

interface Moved {
  readonly width: number;
  /** How far each cell was moved, the further of both ways. */
  readonly used: ReadonlyMap<number, Sway>;
}

const movedBy = (variables: readonly Variable[]): Moved => {
  const [high, low] = [furthest(variables, "maximize"), furthest(variables, "minimize")];
  if (high === null || low === null) return { width: 0, used: new Map() };
  const used = new Map<number, Sway>();
  variables.forEach(({ cell }, index) => {
    const move = { up: Math.max(0, high[index]!, low[index]!), down: Math.max(0, -high[index]!, -low[index]!) };
    if (cell !== null && move.up + move.down > 0) used.set(cell, move);
  });
  return { width: high[0]! - low[0]!, used };
};

/** Leaders without whom the moves that were found do not fit into their cells. */
const neededIn = (near: readonly MovableCell[], { used }: Moved, target: Target): readonly string[] =>
  near.flatMap(({ number, slack }) => {
    const move = used.get(number);
    if (move === undefined) return [];
    return slack.leaders.filter((leader) => {
      if (leader === target.leader) return false;
      const { up, down } = slack.without([target.leader, leader]);
      return up < move.up - 1e-9 || down < move.down - 1e-9;
    });
  });

/** The cells that move; null where the target stays too narrow. */
const movesAmong = (target: Target, near: readonly MovableCell[]): ReadonlySet<number> | null => {
  const movedWithout = (known: readonly string[]) => movedBy(variablesOf(target, near, known));
  const free = movedWithout([]);
  if (free.width < target.least) return null;
  const needed = neededIn(near, free, target);
  const used = new Set(free.used.keys());
  if (needed.length === 0) return used;
  // Another way without any of them stands whichever one team is known.
  const all = movedWithout(needed);
  if (all.width >= target.least) return new Set([...used, ...all.used.keys()]);
  if (needed.length > mostNeeded) return null;
  for (const known of needed) {
    const moved = movedWithout([known]);
    if (moved.width < target.least) return null;
    for (const cell of moved.used.keys()) used.add(cell);
  }
  return used;
};

/**
 * The cells that move so that the sum of one team can lie so far apart while every shown mean stays as it is, also where
 * one other team is known; null where none are found. Linear programmes over cells near by, the nearest first, find a
 * way, and another without the teams that the first one needs. What is not found counts as not open: too little is shown
 * then, never too much.
 */
export const cellsThatMove = (target: Target, near: readonly MovableCell[]): ReadonlySet<number> | null => {
  for (const [index, count] of tries.entries()) {
    if (index > 0 && near.length <= tries[index - 1]!) return null;
    const found = movesAmong(target, near.slice(0, count));
    if (found) return found;
  }
  return null;
};
