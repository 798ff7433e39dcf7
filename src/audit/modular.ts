/** Two primes whose products a double holds exactly; what both agree on does not hang on the choice of one. */
export const primes = [67_108_859, 67_108_837] as const;

/** A sparse vector over the integers modulo a prime; no entry is zero. */
export type Vector = ReadonlyMap<number, number>;

const times = (a: number, b: number, p: number): number => (a * b) % p;

/** The inverse of a ≠ 0, by Euclid's algorithm. */
const inverse = (a: number, p: number): number => {
  let [r, next] = [p, a];
  let [x, step] = [0, 1];
  while (next !== 0) {
    const quotient = Math.floor(r / next);
    [r, next] = [next, r - quotient * next];
    [x, step] = [step, x - quotient * step];
  }
  return x < 0 ? x + p : x;
};

/** Whole coefficients modulo p. */
export const toVector = (coefficients: Vector, p: number): Map<number, number> => {
  const vector = new Map<number, number>();
  for (const [column, each] of coefficients) {
    const value = ((each % p) + p) % p;
    if (value !== 0) vector.set(column, value);
  }
  return vector;
};

/** target += factor · vector, in place. */
export const addTo = (target: Map<number, number>, vector: Vector, factor: number, p: number): void => {
  for (const [column, each] of vector) {
    const value = ((target.get(column) ?? 0) + times(factor, each, p)) % p;
    if (value === 0) target.delete(column);
    else target.set(column, value);
  }
};

const scale = (vector: Map<number, number>, factor: number, p: number): void => {
  for (const [column, each] of vector) vector.set(column, times(each, factor, p));
};

/** Divides by the entry in `column`, which becomes 1. */
export const normalize = (vector: Map<number, number>, column: number, p: number): number => {
  const factor = inverse(vector.get(column)!, p);
  scale(vector, factor, p);
  return factor;
};

/**
 * The reduced row echelon form of the rows: pivot column → its row, 1 in the pivot and no entry in other pivots. Short
 * rows go first, and the pivot of a row is its heaviest column, so that light columns stay free where they can.
 */
export const reduceRows = (
  rows: readonly Vector[],
  weights: readonly number[],
  p: number,
): ReadonlyMap<number, Vector> => {
  const reduced = new Map<number, Map<number, number>>();
  const holders = new Map<number, Set<number>>();
  const note = (pivot: number, columns: Iterable<number>): void => {
    for (const column of columns) {
      const set = holders.get(column) ?? new Set();
      holders.set(column, set.add(pivot));
    }
  };
  for (const row of [...rows].sort((a, b) => a.size - b.size)) {
    const rest = toVector(row, p);
    for (const column of [...rest.keys()]) {
      const known = reduced.get(column);
      if (known) addTo(rest, known, p - rest.get(column)!, p);
    }
    if (rest.size === 0) continue;
    let pivot = -1;
    for (const column of rest.keys()) if (pivot < 0 || weights[column]! > weights[pivot]!) pivot = column;
    normalize(rest, pivot, p);
    for (const other of holders.get(pivot) ?? []) {
      const held = reduced.get(other)!;
      const entry = held.get(pivot);
      if (entry === undefined) continue;
      addTo(held, rest, p - entry, p);
      note(other, rest.keys());
    }
    reduced.set(pivot, rest);
    note(pivot, rest.keys());
  }
  return reduced;
};

/**
 * The rows of a basis of the null space, one a column: free columns are its coordinates. A combination of the rows
 * rests on some columns alone exactly where their null rows depend on each other.
 */
export const nullRows = (reduced: ReadonlyMap<number, Vector>, columns: number, p: number): readonly Vector[] =>
  Array.from({ length: columns }, (_, column) => {
    const row = reduced.get(column);
    if (!row) return new Map([[column, 1]]);
    return new Map([...row].flatMap(([free, each]) => (free === column ? [] : [[free, p - each] as const])));
  });

/** The rank of some vectors. */
export const rankOf = (vectors: readonly Vector[], p: number): number => {
  const basis: [number, Vector][] = [];
  for (const vector of vectors) {
    const rest = new Map(vector);
    for (const [lead, known] of basis) {
      const entry = rest.get(lead);
      if (entry !== undefined) addTo(rest, known, p - entry, p);
    }
    const [lead] = rest.keys();
    if (lead === undefined) continue;
    normalize(rest, lead, p);
    basis.push([lead, rest]);
  }
  return basis.length;
};
