import { addTo, normalize, rankOf, type Vector } from "./modular.ts";
import { disjointSets } from "./system.ts";

/** A vector that is reduced, and which columns' null rows it is made of. */
interface Tracked {
  readonly vector: Map<number, number>;
  readonly made: Map<number, number>;
}

/** The null rows of some columns brought to echelon form, and the columns that turned out to depend on each other. */
export interface Dependencies {
  readonly basis: ReadonlyMap<number, Tracked>;
  /** Sets of columns of which each null row is a combination of the others. */
  readonly circuits: readonly (readonly number[])[];
}

type Known = (lead: number) => Tracked | undefined;

/** Takes away one lead after the other; entries that come in on the way are met later in the same loop. */
const reduce = (column: number, nulls: readonly Vector[], known: Known, p: number): Tracked => {
  const rest = { vector: new Map(nulls[column]), made: new Map([[column, 1]]) };
  for (const lead of rest.vector.keys()) {
    const held = known(lead);
    if (!held) continue;
    const factor = p - rest.vector.get(lead)!;
    addTo(rest.vector, held.vector, factor, p);
    addTo(rest.made, held.made, factor, p);
  }
  return rest;
};

/** Adds columns to what is already known to be independent or not. */
export const extend = (
  columns: readonly number[],
  nulls: readonly Vector[],
  before: Dependencies | null,
  p: number,
): Dependencies => {
  const basis = new Map<number, Tracked>();
  const circuits: (readonly number[])[] = [];
  const simplest = [...columns].sort((a, b) => nulls[a]!.size - nulls[b]!.size);
  const known: Known = (lead) => before?.basis.get(lead) ?? basis.get(lead);
  for (const column of simplest) {
    const rest = reduce(column, nulls, known, p);
    const [lead] = rest.vector.keys();
    if (lead === undefined) {
      circuits.push([...rest.made.keys()]);
      continue;
    }
    const factor = normalize(rest.vector, lead, p);
    for (const [each, value] of rest.made) rest.made.set(each, (value * factor) % p);
    basis.set(lead, rest);
  }
  return { basis, circuits };
};

/** Circuits that share columns, joined: a smallest dependent set lies within one of them. */
export const joinedCircuits = (circuits: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const columns = [...new Set(circuits.flat())];
  const numbers = new Map(columns.map((column, index) => [column, index]));
  const sets = disjointSets(columns.length);
  for (const [first, ...rest] of circuits)
    for (const column of rest) sets.join(numbers.get(first!)!, numbers.get(column)!);
  const byRoot = new Map<number, number[]>();
  columns.forEach((column, index) => {
    const root = sets.find(index);
    byRoot.set(root, [...(byRoot.get(root) ?? []), column]);
  });
  return [...byRoot.values()];
};

const projected = 12;

/** A mixing function (Steele, Lea & Flood 2014): the same numbers on every machine. */
const mixed = (seed: number): number => {
  let z = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
};

/**
 * How many combinations rest on a few columns alone. A random projection tells independent null rows for certain and at
 * once; where it finds them dependent, the null rows themselves are looked at.
 */
export const countCombinations = (nulls: readonly Vector[], p: number): ((columns: readonly number[]) => number) => {
  const shadows = new Map<number, Vector>();
  const shadow = (column: number): Vector => {
    const known = shadows.get(column);
    if (known) return known;
    const sums = new Map<number, number>();
    for (const [free, entry] of nulls[column]!)
      for (let k = 0; k < projected; k++)
        sums.set(k, ((sums.get(k) ?? 0) + entry * (mixed(free * projected + k + 1) % p)) % p);
    const vector = new Map([...sums].filter(([, each]) => each !== 0));
    shadows.set(column, vector);
    return vector;
  };
  return (columns) => {
    if (columns.length <= projected && rankOf(columns.map(shadow), p) === columns.length) return 0;
    return (
      columns.length -
      rankOf(
        columns.map((column) => nulls[column]!),
        p,
      )
    );
  };
};
