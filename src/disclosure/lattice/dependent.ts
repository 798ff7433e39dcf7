import { type BasisRow, type Echelon, grow, reduced } from "./echelon.ts";
import { inverse, leading, prime } from "./field.ts";

/** Columns that come together into a combination, at a cost of respondents or leaders. */
export interface Item {
  readonly vectors: readonly Float64Array[];
  readonly cost: number;
  /** Of its respondents those who are in other items too: they cost once. */
  readonly persons: ReadonlySet<string>;
}

const without = (vector: Float64Array, basis: readonly BasisRow[]): Float64Array =>
  reduced({ rows: [...basis] }, vector);

/** An echelon basis of vectors; null where they are dependent. */
const basisOf = (vectors: readonly Float64Array[]): readonly BasisRow[] | null => {
  const basis: Echelon = { rows: [] };
  for (const vector of vectors) {
    const rest = reduced(basis, vector);
    if (leading(rest) < 0) return null;
    grow(basis, rest);
  }
  return basis.rows;
};

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  a.size === 0 || b.size === 0 ? 0 : [...a].filter((person) => b.has(person)).length;

/** An item beside another that is paid for. */
const beside = (item: Item, paid: Item, basis: readonly BasisRow[]): Item => ({
  vectors: item.vectors.map((vector) => without(vector, basis)),
  cost: Math.max(0, item.cost - shared(item.persons, paid.persons)),
  persons:
    paid.persons.size === 0 ? item.persons : new Set([...item.persons].filter((each) => !paid.persons.has(each))),
});

/** A number that two vectors on one line share, and two others of random projections next to never. */
const lineOf = (vector: Float64Array): number => {
  const place = leading(vector);
  const factor = inverse(vector[place]!);
  const [first, second] = [vector[place + 1] ?? 0, vector[place + 2] ?? 0];
  return ((first * factor) % prime) * prime + ((second * factor) % prime);
};

/** Whether two single vectors on one line cost no more than the budget together. */
const hasCheapPair = (items: readonly Item[], budget: number): boolean => {
  const lines = new Map<number, Item[]>();
  for (const item of items) {
    if (item.vectors.length > 1) continue;
    const line = lineOf(item.vectors[0]!);
    const others = lines.get(line);
    if (others?.some((other) => other.cost + item.cost - shared(other.persons, item.persons) <= budget)) return true;
    if (others) others.push(item);
    else lines.set(line, [item]);
  }
  return false;
};

/** What is left of items beside those that cost nothing; null where these are dependent by themselves. */
const besideFree = (items: readonly Item[]): readonly Item[] | null => {
  const free = items.filter(({ cost }) => cost === 0);
  if (free.length === 0) return items;
  const basis = basisOf(free.flatMap(({ vectors }) => vectors));
  if (basis === null) return null;
  return items
    .filter(({ cost }) => cost > 0)
    .map((item) => ({ ...item, vectors: item.vectors.map((vector) => without(vector, basis)) }));
};

/** Whether items that cost no more than the budget together have dependent vectors. */
export const dependentWithin = (all: readonly Item[], budget: number): boolean => {
  const items = besideFree(all.filter(({ cost }) => cost <= budget));
  if (items === null) return true;
  const bases = items.map(({ vectors }) => basisOf(vectors));
  if (bases.includes(null)) return true;
  if (hasCheapPair(items, budget)) return true;
  const least = Math.min(...items.map(({ cost }) => cost));
  // Persons in several items make two of them cheaper than both.
  const pair = items.some(({ persons }) => persons.size > 0) ? least : 2 * least;
  return items.some((item, index) => {
    const rest = budget - item.cost;
    const alone = item.vectors.length === 1;
    if (item.persons.size === 0 && rest < (alone ? pair : least)) return false;
    const others = items
      .filter((_, at) => at !== index && (!alone || at > index))
      .map((other) => beside(other, item, bases[index]!))
      .filter(({ cost }) => cost <= rest);
    return dependentWithin(others, rest);
  });
};
