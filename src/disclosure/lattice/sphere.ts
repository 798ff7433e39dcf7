/** Teams together that no row tells apart, and rows as the cells that they are of. */
export interface Divided<T> {
  readonly cells: readonly (readonly T[])[];
  readonly rows: readonly (readonly number[])[];
}

/** Divides by a key, each cell in the rows that the first of it names. */
export const dividedBy = <T>(
  all: readonly T[],
  keyOf: (each: T) => string,
  rowsOf: (each: T) => readonly string[],
): Divided<T> => {
  const cells = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const found = cells.get(key);
    if (found) found.push(each);
    else cells.set(key, [each]);
  }
  const rows = new Map<string, number[]>();
  [...cells.values()].forEach((cell, at) => {
    for (const row of rowsOf(cell[0]!)) rows.set(row, [...(rows.get(row) ?? []), at]);
  });
  return { cells: [...cells.values()], rows: [...rows.values()] };
};

/** A team on the sphere that a variance puts all teams on. */
export interface OnSphere {
  readonly size: number;
  /** Its mean, as a share of the scale. */
  readonly share: number;
  /** How far the sum of its scores is from what the mean of all would make it, as shares of the scale. */
  readonly off: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** A vector over teams of length one, the same for all teams of a cell: cells where it is not zero, and its values there. */
interface Direction {
  readonly cells: readonly number[];
  readonly values: readonly number[];
}

/** Orthonormal directions that span the rows (Gram & Schmidt). */
const spanOf = (rows: readonly (readonly number[])[], sizes: readonly number[]): readonly Direction[] => {
  const found: Direction[] = [];
  // The smallest first: they have no cell in common mostly, and what others have beside them is of few cells, too.
  for (const row of rows.toSorted((a, b) => a.length - b.length)) {
    const rest = new Float64Array(sizes.length);
    for (const cell of row) rest[cell] = 1;
    for (const { cells, values } of found) {
      let along = 0;
      for (let k = 0; k < cells.length; k += 1) along += sizes[cells[k]!]! * rest[cells[k]!]! * values[k]!;
      if (along !== 0) for (let k = 0; k < cells.length; k += 1) rest[cells[k]!]! -= along * values[k]!;
    }
    const cells = [...rest.keys()].filter((cell) => rest[cell] !== 0);
    const left = Math.sqrt(sum(cells.map((cell) => sizes[cell]! * rest[cell]! ** 2)));
    const length = Math.sqrt(sum(row.map((cell) => sizes[cell]!)));
    if (left > 1e-7 * length) found.push({ cells, values: cells.map((cell) => rest[cell]! / left) });
  }
  return found;
};

/** What is known of the teams of a cell by the rows. */
interface Known {
  readonly size: number;
  /** The part of one team that the rows say. */
  readonly part: number;
  /** Where the rows put each team. */
  readonly middle: number;
  /** How far the farthest team lies from that. */
  readonly farthest: number;
}

/** The most that one known team of another cell takes: of what is open of a team, and of how far it lies from the middle. */
const takenElsewhere = (own: Known, all: readonly Known[]) => {
  let [open, shift] = [0, 0];
  for (const other of all) {
    if (other === own || other.size === 0) continue;
    const common = Math.min(own.part - own.size * own.part ** 2, other.part - other.size * other.part ** 2);
    const along = Math.max(0, common) / Math.max(1e-12, 1 - other.part);
    open = Math.max(open, along);
    shift = Math.max(shift, Math.sqrt(along / Math.max(1e-12, 1 - other.part)) * other.farthest);
  }
  return { open, shift };
};

/** What of the sphere is left where any one team but those of a place is known. */
const leftBeside = (cells: readonly (readonly OnSphere[])[], known: readonly Known[], left: number) => {
  const taken = cells.flatMap((cell, at) =>
    cell.map(({ off }) => (off - known[at]!.middle) ** 2 / Math.max(1e-12, 1 - known[at]!.part)),
  );
  return Math.max(0, left - Math.max(0, ...taken));
};

/**
 * Whether each team may lie a part of the scale to both sides of where it lies, as far as the scale goes, on the sphere
 * that a variance makes beside rows whose values are known; also where one other team is known. The rows leave a smaller
 * sphere round where they put the teams: what is left of the variance, in all directions that they say nothing of.
 */
export const isOpenOnSphere = ({ cells, rows }: Divided<OnSphere>, width: number): boolean => {
  const span = spanOf(
    rows,
    cells.map((cell) => cell.length),
  );
  const offs = cells.map((cell) => sum(cell.map(({ off }) => off)));
  const along = span.map((direction) => sum(direction.cells.map((cell, k) => direction.values[k]! * offs[cell]!)));
  const parts = cells.map(() => 0);
  const middles = cells.map(() => 0);
  span.forEach((direction, at) => {
    direction.cells.forEach((cell, k) => {
      parts[cell]! += direction.values[k]! ** 2;
      middles[cell]! += direction.values[k]! * along[at]!;
    });
  });
  const known = cells.map((cell, at): Known => {
    const middle = middles[at]!;
    const farthest = Math.max(0, ...cell.map(({ off }) => Math.abs(off - middle)));
    return { size: cell.length, part: parts[at]!, middle, farthest };
  });
  const radius = sum(cells.flat().map(({ off }) => off ** 2)) - sum(along.map((each) => each ** 2));
  const left = leftBeside(cells, known, radius);
  return cells.every((cell, at) => {
    const own = known[at]!;
    const open = 1 - own.part;
    if (cell.length === 0) return true;
    if (open < 1e-9) return false;
    const elsewhere = takenElsewhere(own, known);
    const here = { open: own.part ** 2 / open, shift: (own.part / open) * own.farthest };
    const others = cell.length > 1 ? [elsewhere, here] : [elsewhere];
    return cell.every(({ size, share, off }) =>
      others.every(({ open: taken, shift }) => {
        const half = Math.sqrt(left * Math.max(0, open - taken)) - shift;
        const beside = off - own.middle;
        return half - beside >= size * Math.min(1 - share, width) && half + beside >= size * Math.min(share, width);
      }),
    );
  });
};
