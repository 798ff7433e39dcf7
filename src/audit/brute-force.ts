import type { Limits } from "./publication.ts";
import { againIn, type Part } from "./refine.ts";
import { type Row, type Rows, scaleName, type Unknown } from "./rows.ts";

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b));

/** Whole numbers without a common divisor, so that they stay small. */
const primitive = (row: readonly bigint[]): readonly bigint[] => {
  const common = row.reduce((all, entry) => (entry === 0n ? all : divisor(all, entry)), 0n);
  return common <= 1n ? row : row.map((entry) => entry / common);
};

/** The rank over the fractions, row by row. */
const rankOfFractions = (rows: readonly (readonly bigint[])[]): number => {
  let rest = rows;
  let rank = 0;
  while (rest.length > 0) {
    const [first, ...others] = rest as [readonly bigint[], ...(readonly bigint[])[]];
    const lead = first.findIndex((entry) => entry !== 0n);
    if (lead >= 0) rank += 1;
    const without = (row: readonly bigint[]): readonly bigint[] =>
      row[lead] === 0n ? row : primitive(row.map((entry, k) => entry * first[lead]! - first[k]! * row[lead]!));
    rest = lead < 0 ? others : others.map(without);
  }
  return rank;
};

/** What was found by trying everything: sets of parts, and sets of leaders, each minimal. */
export interface BruteForce {
  readonly respondents: readonly string[];
  readonly leaders: readonly string[];
}

const keyOf = (names: readonly string[]): string => [...names].sort().join(" ");

/** All sets of items that weigh less together, each item what it adds to those before it. */
function* subsets<T>(
  items: readonly T[],
  weight: (item: T, set: readonly T[]) => number,
  below: number,
  from = 0,
  set: readonly T[] = [],
): Generator<readonly T[]> {
  for (let k = from; k < items.length; k++) {
    const left = below - weight(items[k]!, set);
    if (left <= 0) continue;
    const next = [...set, items[k]!];
    yield next;
    yield* subsets(items, weight, left, k + 1, next);
  }
}

const minimal = (sets: readonly (readonly string[])[]): readonly string[] => {
  const smallest: (readonly string[])[] = [];
  for (const set of [...sets].sort((a, b) => a.length - b.length))
    if (!smallest.some((each) => each.every((name) => set.includes(name)))) smallest.push(set);
  return smallest.map(keyOf);
};

/** The respondents of a part on scales that the same persons of it answered anew. */
interface Owner {
  readonly part: Part;
  readonly n: number;
  readonly persons: ReadonlySet<string>;
  readonly unknowns: ReadonlySet<Unknown>;
}

const ownersOf = (unknowns: readonly Unknown[]): readonly Owner[] => {
  const owners = new Map<string, Owner>();
  for (const unknown of unknowns) {
    const { part, scale, n } = unknown;
    const persons = againIn(part, scaleName(scale));
    const key = `${part.part} ${[...persons].sort().join()}`;
    const found = owners.get(key) ?? { part, n, persons, unknowns: new Set() };
    owners.set(key, { ...found, n: Math.min(found.n, n), unknowns: new Set([...found.unknowns, unknown]) });
  }
  return [...owners.values()];
};

/**
 * Tries every set of parts with fewer respondents, and every set of fewer leaders, than the limits: the rows hold a
 * combination on a set exactly where they lose rank without its columns. Nothing is merged, split into components or
 * taken modulo anything. For organisations small enough.
 */
export const bruteForce = (
  rows: readonly Row[],
  { unknowns }: Rows,
  limits: Limits,
  viewer: string | null,
): BruteForce => {
  const used = [...new Set(rows.flatMap(({ coefficients }) => [...coefficients.keys()]))];
  const matrix = rows.map(({ coefficients }) => used.map((unknown) => BigInt(coefficients.get(unknown) ?? 0)));
  const full = rankOfFractions(matrix);
  const lost = (isWithin: (unknown: Unknown) => boolean): number => {
    const outside = used.flatMap((unknown, k) => (isWithin(unknowns[unknown]!) ? [] : [k]));
    return full - rankOfFractions(matrix.map((row) => outside.map((k) => row[k]!)));
  };
  const asked = used.map((unknown) => unknowns[unknown]!);
  const parts = [...new Set(asked.map(({ part }) => part))];
  const owners = ownersOf(asked);
  const added = ({ n, persons }: Owner, set: readonly Owner[]): number => {
    const again = [...persons].filter((person) => set.some((other) => other.persons.has(person))).length;
    return Math.max(0, n - again);
  };
  const byRespondents = [...subsets(owners, added, limits.respondents)]
    .filter((set) => lost((unknown) => set.some(({ unknowns: own }) => own.has(unknown))) > 0)
    .map((set) => [...new Set(set.map(({ part }) => part.part))]);
  const leaders = [...new Set(parts.flatMap((part) => part.leaders))].filter((leader) => leader !== viewer);
  const isOf = (set: readonly string[]) => (unknown: Unknown) =>
    unknown.part.leaders.every((leader) => leader === viewer || set.includes(leader));
  const own = lost(isOf([]));
  const byLeaders = [...subsets(leaders, () => 1, viewer === null ? limits.leaders : limits.leaders - 1)].filter(
    (set) => lost(isOf(set)) > own,
  );
  return { respondents: minimal(byRespondents), leaders: minimal(byLeaders) };
};
