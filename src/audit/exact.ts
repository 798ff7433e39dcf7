import { minimalSets, type OwnerSet, type Protection, weightOf, withoutSupersets } from "./protection.ts";
import { disjointSets, type System } from "./system.ts";

/** Rows of whole numbers without rounding. */
type Matrix = readonly (readonly bigint[])[];

/** A matrix in row echelon form: the rows that are left, and the pivot column of each. */
interface Echelon {
  readonly rows: Matrix;
  readonly pivots: readonly number[];
}

/**
 * Fraction-free elimination (Bareiss 1968): every entry stays a whole number, a minor of the matrix, and every division
 * comes out even.
 */
export const bareiss = (matrix: Matrix): Echelon => {
  const rows = matrix.map((row) => [...row]);
  const pivots: number[] = [];
  let previous = 1n;
  const width = rows[0]?.length ?? 0;
  for (let column = 0; column < width && pivots.length < rows.length; column++) {
    const top = pivots.length;
    const found = rows.findIndex((row, index) => index >= top && row[column] !== 0n);
    if (found < 0) continue;
    [rows[top], rows[found]] = [rows[found]!, rows[top]!];
    const pivotRow = rows[top]!;
    const pivot = pivotRow[column]!;
    for (let below = top + 1; below < rows.length; below++) {
      const row = rows[below]!;
      const head = row[column]!;
      for (let k = column; k < width; k++) row[k] = (row[k]! * pivot - pivotRow[k]! * head) / previous;
    }
    previous = pivot;
    pivots.push(column);
  }
  return { rows: rows.slice(0, pivots.length), pivots };
};

const rank = (matrix: Matrix): number => bareiss(matrix).pivots.length;

/** A basis of the combinations that rest on light columns alone, over those columns. */
const lightCombinations = (system: System, light: readonly number[]): Matrix => {
  const isLight = new Set(light);
  const heavy = system.columns.map((_, column) => column).filter((column) => !isLight.has(column));
  const order = [...heavy, ...light];
  const { rows, pivots } = bareiss(
    system.rows.map(({ coefficients }) => order.map((column) => BigInt(coefficients.get(column) ?? 0))),
  );
  return rows.filter((_, index) => pivots[index]! >= heavy.length).map((row) => row.slice(heavy.length));
};

/** Light columns that no combination ties together stand in different groups. */
const groupsOf = (combinations: Matrix, columns: number): readonly (readonly number[])[] => {
  const sets = disjointSets(columns);
  const used = new Set<number>();
  for (const row of combinations) {
    const support = row.flatMap((each, column) => (each === 0n ? [] : [column]));
    for (const column of support) {
      used.add(column);
      sets.join(support[0]!, column);
    }
  }
  const groups = new Map<number, number[]>();
  for (const column of used) groups.set(sets.find(column), [...(groups.get(sets.find(column)) ?? []), column]);
  return [...groups.values()];
};

/**
 * All minimal sets of owners below the limit that support a combination, by exact elimination: first down to the
 * combinations of light columns, then by the rank that those lose without the columns of a set.
 */
export const exactSets = (system: System, protection: Protection): readonly OwnerSet[] | null => {
  const light = system.columns
    .map((_, column) => column)
    .filter((column) => weightOf(protection, column) < protection.limit);
  const combinations = lightCombinations(system, light);
  const found: OwnerSet[] = [];
  for (const group of groupsOf(combinations, light.length)) {
    const own = combinations.filter((row) => group.some((column) => row[column] !== 0n));
    const ownersOf = (column: number): readonly number[] => protection.owners[light[column]!]!;
    const lost = (set: OwnerSet): number => {
      const isWithin = (column: number): boolean =>
        ownersOf(column).every((owner) => set.includes(owner) || protection.weights[owner] === 0);
      const outside = group.filter((column) => !isWithin(column));
      return own.length - rank(own.map((row) => outside.map((column) => row[column]!)));
    };
    const known = lost([]);
    const sets = minimalSets([...new Set(group.flatMap(ownersOf))], protection, (set) => lost(set) > known);
    if (sets === null) return null;
    found.push(...sets);
  }
  return withoutSupersets(found);
};
