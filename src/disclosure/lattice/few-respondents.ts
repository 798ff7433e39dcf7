import type { Rules } from "../rules.ts";
import { type Based, disjointBases } from "./bases.ts";
import { besideOwn, type Column, type Respondents } from "./column.ts";
import { inverse, prime } from "./field.ts";

/** By person, in how many of the columns they are. */
const timesIn = (columns: readonly Respondents[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const { persons } of columns) for (const person of persons) times.set(person, (times.get(person) ?? 0) + 1);
  return times;
};

/** What a column weighs at least in any combination: a person in several columns counts in each for a part of one. */
const weightsOf = (columns: readonly Respondents[]): readonly number[] => {
  const times = timesIn(columns);
  return columns.map(({ n, persons }) =>
    [...persons].reduce((sum, person) => sum + 1 / times.get(person)!, Math.max(0, n - persons.size)),
  );
};

/** Respondents behind some columns, persons counted once. */
const respondentsIn = (own: readonly Respondents[]): number => {
  const again = [...timesIn(own).values()].reduce((sum, times) => sum + times - 1, 0);
  return Math.max(...own.map(({ n }) => n), own.reduce((sum, { n }) => sum + n, 0) - again);
};

/** Whether columns that carry a combination hold too few respondents, or too few beside those that a leader knows. */
const areFew = (own: readonly Column[], limit: number): boolean => {
  const n = respondentsIn(own);
  if (n < limit) return true;
  const known = new Map<string, number>();
  for (const column of own)
    for (const [leader, { n: count }] of column.known) known.set(leader, (known.get(leader) ?? 0) + count);
  return [...known].some(
    ([viewer, count]) => n - count < limit && respondentsIn(own.map((column) => besideOwn(column, viewer))) < limit,
  );
};

/** The columns that a row rests on. */
const supportOf = (row: Float64Array, columns: readonly Column[]): readonly Column[] =>
  columns.filter((_, place) => row[place] !== 0);

/** Columns that combinations of two rows rest on: each combination is zero where the rows have one and the same ratio. */
const supportsOfPair = function* (a: Float64Array, b: Float64Array, columns: readonly Column[]) {
  const zero = new Map<number, Set<number>>();
  for (let place = 0; place < columns.length; place += 1) {
    if (a[place] === 0 || b[place] === 0) continue;
    const ratio = (a[place]! * inverse(b[place]!)) % prime;
    zero.set(ratio, (zero.get(ratio) ?? new Set()).add(place));
  }
  for (const places of zero.values())
    yield columns.filter((_, place) => !places.has(place) && (a[place] !== 0 || b[place] !== 0));
};

/** Bases whose columns a viewer does not know in full, and what all of their columns weigh at least for the viewer. */
interface Seen {
  readonly bases: readonly Based[];
  /** Whatever is too light has no more columns than this of some basis. */
  readonly rowsAtMost: number;
}

const seenBy = (viewer: string | null, bases: readonly Based[], columns: readonly Column[], limit: number): Seen => {
  const weights = weightsOf(columns.map((column) => besideOwn(column, viewer)));
  const leastIn = ({ basis }: Based): number => Math.min(...basis.map((at) => weights[at]!));
  const unknown = bases.filter((based) => leastIn(based) > 0);
  const least = unknown.reduce((sum, based) => sum + leastIn(based), 0);
  return {
    bases: unknown,
    rowsAtMost: least === 0 ? Number.POSITIVE_INFINITY : Math.ceil((limit - 1e-9) / least) - 1,
  };
};

/** Disjoint bases of the columns that a viewer does not know in full, the heaviest first. */
const basesFor = (viewer: string | null, rows: readonly Float64Array[], columns: readonly Column[], most: number) => {
  const weights = weightsOf(columns.map((column) => besideOwn(column, viewer)));
  const order = columns.flatMap((_, place) => (weights[place]! > 0 ? [place] : []));
  return disjointBases(
    rows,
    order.sort((a, b) => weights[b]! - weights[a]!),
    most,
  );
};

const pairsOf = function* (bases: readonly Based[], columns: readonly Column[]) {
  for (const { rows } of bases)
    for (const [index, a] of rows.entries())
      for (const b of rows.slice(index + 1)) yield* supportsOfPair(a, b, columns);
};

const rowIsFew = (bases: readonly Based[], columns: readonly Column[], limit: number): boolean =>
  bases.some(({ rows }) => rows.some((row) => areFew(supportOf(row, columns), limit)));

const pairIsFew = (bases: readonly Based[], columns: readonly Column[], limit: number): boolean => {
  for (const own of pairsOf(bases, columns)) if (areFew(own, limit)) return true;
  return false;
};

/** What bases tell of the respondents behind combinations of rows; for some viewers they may not tell. */
export interface Told {
  readonly givesAway: boolean;
  readonly unclear: readonly (string | null)[];
}

/**
 * Whether a combination of rows rests on too few respondents, as far as disjoint bases tell. Whatever carries one has a
 * column of each basis. With enough of them nothing is too light; with half as many, what is too light has a single
 * column of some basis and is a row of it; with a third, it is a combination of two rows of one.
 */
export const fewRespondents = (
  rows: readonly Float64Array[],
  columns: readonly Column[],
  { respondents: limit }: Rules,
): Told => {
  const givesAway: Told = { givesAway: true, unclear: [] };
  const bases = basesFor(null, rows, columns, 2 * limit);
  if (rowIsFew(bases, columns, limit)) return givesAway;
  const viewers = [null, ...new Set(columns.flatMap(({ known }) => [...known.keys()]))];
  const unclear: (string | null)[] = [];
  for (const viewer of viewers) {
    if (seenBy(viewer, bases, columns, limit).rowsAtMost <= 1) continue;
    const own = basesFor(viewer, rows, columns, limit);
    if (rowIsFew(own, columns, limit)) return givesAway;
    const { rowsAtMost } = seenBy(viewer, own, columns, limit);
    if (rowsAtMost <= 1) continue;
    if (pairIsFew(own, columns, limit)) return givesAway;
    if (rowsAtMost > 2) unclear.push(viewer);
  }
  return { givesAway: false, unclear };
};
