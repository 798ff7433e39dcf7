import { equalTo, lessEq, type Model, solve } from "yalps";

/** Teams of a cell whose sums of scores can rise and fall so far; those that are not whole stay as they are. */
export type MovableCell = readonly {
  readonly leader: string;
  readonly up: number;
  readonly down: number;
  readonly whole: boolean;
}[];

const moving = (cell: MovableCell): MovableCell => cell.filter(({ whole }) => whole);

/** Whose sum has to be open by how much, and the cell that the team is in. */
export interface Target {
  readonly leader: string;
  readonly cell: number;
  readonly least: number;
}

interface Variable {
  /** Null for the target. */
  readonly cell: number | null;
  readonly rows: readonly number[];
  readonly up: number;
  readonly down: number;
}

/** Cells near the target that are let move, few at first; the others stay, which finds too little room, never too much. */
const tries = [10, 30] as const;

/** Teams that the moves need are tried one by one up to so many; beyond, there has to be a way without all of them. */
const mostNeeded = 3;

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const variablesOf = (
  target: Target,
  cells: readonly MovableCell[],
  rowsOfCell: readonly (readonly number[])[],
  near: readonly number[],
  known: readonly string[],
): readonly Variable[] => {
  const room = (cell: number, without: readonly string[]) => {
    const teams = moving(cells[cell]!).filter(({ leader }) => !without.includes(leader));
    return { up: total(teams.map(({ up }) => up)), down: total(teams.map(({ down }) => down)) };
  };
  const own = moving(cells[target.cell]!).filter(({ leader }) => leader === target.leader);
  const rows = rowsOfCell[target.cell]!;
  return [
    { cell: null, rows, up: total(own.map(({ up }) => up)), down: total(own.map(({ down }) => down)) },
    ...near.map((cell) => ({ cell, rows: rowsOfCell[cell]!, ...room(cell, [target.leader, ...known]) })),
  ].filter(({ up, down }, index) => index === 0 || up + down > 0);
};

/** Moves of all variables that leave every row as it is and carry the target as far as it goes one way. */
const furthest = (variables: readonly Variable[], way: "maximize" | "minimize"): readonly number[] | null => {
  const rows = [...new Set(variables.flatMap((variable) => variable.rows))];
  const balance = rows.map((row) => {
    const within = variables.filter((variable) => variable.rows.includes(row));
    return [`row ${row}`, equalTo(total(within.map(({ down }) => down)))] as const;
  });
  const model: Model = {
    direction: way,
    objective: "target",
    constraints: new Map([
      ...balance,
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
  readonly used: ReadonlyMap<number, { readonly up: number; readonly down: number }>;
}

const movedBy = (variables: readonly Variable[]): Moved => {
  const [high, low] = [furthest(variables, "maximize"), furthest(variables, "minimize")];
  if (high === null || low === null) return { width: 0, used: new Map() };
  const used = variables.flatMap(({ cell }, index) =>
    cell === null
      ? []
      : [
          [
            cell,
            { up: Math.max(0, high[index]!, low[index]!), down: Math.max(0, -high[index]!, -low[index]!) },
          ] as const,
        ],
  );
  return { width: high[0]! - low[0]!, used: new Map(used) };
};

/** Leaders without whom the moves that were found do not fit into their cells. */
const neededIn = (cells: readonly MovableCell[], { used }: Moved, target: Target): readonly string[] =>
  [...used].flatMap(([cell, move]) => {
    const teams = moving(cells[cell]!).filter(({ leader }) => leader !== target.leader);
    const [up, down] = [total(teams.map((team) => team.up)), total(teams.map((team) => team.down))];
    return teams
      .filter((team) => up - team.up < move.up - 1e-9 || down - team.down < move.down - 1e-9)
      .map(({ leader }) => leader);
  });

const movesAmong = (
  target: Target,
  cells: readonly MovableCell[],
  rowsOfCell: readonly (readonly number[])[],
  near: readonly number[],
): boolean => {
  const movedWithout = (known: readonly string[]) => movedBy(variablesOf(target, cells, rowsOfCell, near, known));
  const free = movedWithout([]);
  if (free.width < target.least) return false;
  const needed = neededIn(cells, free, target);
  if (needed.length === 0) return true;
  if (needed.length <= mostNeeded) return needed.every((known) => movedWithout([known]).width >= target.least);
  // Another way without any of them stands whichever one team is known.
  return movedWithout(needed).width >= target.least;
};

/**
 * Whether the sum of one team can lie so far apart while every shown mean stays as it is, also where one other team is
 * known. Linear programmes over cells near by find a way, and another without the teams that the first one needs. What
 * is not found counts as not open: too little is shown then, never too much.
 */
export const canMove = (
  target: Target,
  cells: readonly MovableCell[],
  rowsOfCell: readonly (readonly number[])[],
): boolean => {
  const own = new Set(rowsOfCell[target.cell]!);
  const shared = rowsOfCell.map((rows) => rows.filter((row) => own.has(row)).length);
  const near = cells.map((_, cell) => cell).sort((a, b) => shared[b]! - shared[a]! || a - b);
  return tries.some(
    (count, index) =>
      (index === 0 || near.length > tries[index - 1]!) && movesAmong(target, cells, rowsOfCell, near.slice(0, count)),
  );
};
