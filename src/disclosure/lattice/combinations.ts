import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Rules } from "../rules.ts";
import { type BasisRow, type Echelon, grow, reduced } from "./echelon.ts";
import { divide, leading, prime, subtract } from "./field.ts";

/** What a column of the lattice holds: respondents of some leaders. No shown number tells two teams of it apart. */
export interface Column {
  /** Each respondent counts for one of them. */
  readonly leaders: ReadonlySet<string>;
  /** By leader the respondents who are, or once were, in the own team. */
  readonly known: ReadonlyMap<string, number>;
  readonly n: number;
}

/** Columns that come together into a combination, at a cost of respondents or leaders. */
interface Item {
  readonly vectors: readonly Float64Array[];
  readonly cost: number;
}

/**
 * Whether a column is so large that no combination with it gives anybody away: enough leaders, and enough respondents
 * beside any one of them.
 */
export const isLarge = ({ leaders, known, n }: Column, rules: Rules): boolean =>
  leaders.size >= rules.leaders && n - Math.max(...known.values()) >= rules.respondents;

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

const direction = (vector: Float64Array): string => {
  const scaled = vector.slice();
  divide(scaled, leading(scaled));
  return scaled.join(" ");
};

/** Whether two single vectors on one line cost no more than the budget together. */
const hasCheapPair = (items: readonly Item[], budget: number): boolean => {
  const cheapest = new Map<string, number>();
  for (const { vectors, cost } of items) {
    if (vectors.length > 1) continue;
    const line = direction(vectors[0]!);
    const other = cheapest.get(line);
    if (other !== undefined && other + cost <= budget) return true;
    cheapest.set(line, Math.min(other ?? cost, cost));
  }
  return false;
};

/** Whether items that cost no more than the budget together have dependent vectors. */
const dependentWithin = (items: readonly Item[], budget: number): boolean => {
  const fitting = items.filter(({ cost }) => cost <= budget);
  const bases = fitting.map(({ vectors }) => basisOf(vectors));
  if (bases.includes(null)) return true;
  if (hasCheapPair(fitting, budget)) return true;
  const least = Math.min(...fitting.map(({ cost }) => cost));
  return fitting.some(({ vectors, cost }, index) => {
    const rest = budget - cost;
    const alone = vectors.length === 1;
    if (rest < (alone ? 2 * least : least)) return false;
    const others = fitting
      .filter((other, at) => at !== index && other.cost <= rest && (!alone || at > index))
      .map((other) => ({ ...other, vectors: other.vectors.map((vector) => without(vector, bases[index]!)) }));
    return dependentWithin(others, rest);
  });
};

/** Vectors of the columns: coordinates of a random combination of all that the rows leave open, in every column. */
const openVectors = (
  columns: readonly number[],
  rows: readonly BasisRow[],
  dimensions: number,
): ReadonlyMap<number, Float64Array> => {
  const random = xoroshiro128plus(20_180_620);
  const pivots = new Set(rows.map(({ pivot }) => pivot));
  const vectors = new Map<number, Float64Array>();
  for (const column of columns) {
    if (pivots.has(column)) continue;
    vectors.set(
      column,
      Float64Array.from({ length: dimensions }, () => uniformInt(random, 0, prime - 1)),
    );
  }
  const free = [...vectors];
  for (const { pivot, values } of rows) {
    const vector = new Float64Array(dimensions);
    for (const [column, open] of free) if (values[column] !== 0) subtract(vector, open, values[column]!);
    vectors.set(pivot, vector);
  }
  return vectors;
};

/** The rows that hang together with one of them by common columns, and these columns. */
const connected = (rows: readonly BasisRow[], start: BasisRow) => {
  const found = new Set([start]);
  const columns = new Set<number>();
  for (const row of found)
    row.values.forEach((value, column) => {
      if (value === 0 || columns.has(column)) return;
      columns.add(column);
      for (const other of rows) if (other.values[column] !== 0) found.add(other);
    });
  return { rows: [...found], columns: [...columns].sort((a, b) => a - b) };
};

type Placed = readonly { readonly column: Column; readonly vector: Float64Array }[];

/** Leaders with all columns that are theirs alone, and columns of a few leaders. */
const leaderItems = (placed: Placed): readonly Item[] => {
  const own = new Map<string, Float64Array[]>();
  const shared: Item[] = [];
  for (const { column, vector } of placed) {
    const [leader, second] = column.leaders;
    if (second !== undefined) shared.push({ vectors: [vector], cost: column.leaders.size });
    else own.set(leader!, [...(own.get(leader!) ?? []), vector]);
  }
  return [...[...own.values()].map((vectors) => ({ vectors, cost: 1 })), ...shared];
};

/** Whether too few respondents carry a combination beside those of a viewer who knows the own team. */
const fewOthers = (placed: Placed, viewer: string | null, budget: number): boolean => {
  const costs = placed.map(({ column }) => column.n - (viewer === null ? 0 : (column.known.get(viewer) ?? 0)));
  const known = basisOf(placed.flatMap(({ vector }, index) => (costs[index] === 0 ? [vector] : [])));
  if (known === null) return true;
  const items = placed.flatMap(({ vector }, index) =>
    costs[index]! > 0 && costs[index]! <= budget ? [{ vectors: [without(vector, known)], cost: costs[index]! }] : [],
  );
  return dependentWithin(items, budget);
};

/** Whether rows that hang together let a combination rest on too few. */
const partGivesAway = (part: ReturnType<typeof connected>, columns: readonly Column[], rules: Rules): boolean => {
  const parts = new Map<string, number>();
  for (const column of part.columns)
    for (const leader of columns[column]!.known.keys()) parts.set(leader, (parts.get(leader) ?? 0) + 1);
  const dimensions = rules.respondents + rules.leaders + Math.max(...parts.values()) + 1;
  const vectors = openVectors(part.columns, part.rows, dimensions);
  const placed = part.columns.map((column) => ({ column: columns[column]!, vector: vectors.get(column)! }));
  if (dependentWithin(leaderItems(placed), rules.leaders - 1)) return true;
  return [null, ...parts.keys()].some((viewer) => fewOthers(placed, viewer, rules.respondents - 1));
};

/**
 * Whether basis rows among the small columns, with all that they hang together with, let a combination of shown numbers
 * rest on fewer leaders or respondents than the rules ask for, or on fewer respondents beside a viewer's own team.
 *
 * A combination that rests on some columns alone exists exactly where the coordinates there of all that the rows leave
 * open are dependent. That is tested on random projections: a wrong answer has a chance of about 2^-26 a test.
 */
export const givesAway = (
  rows: readonly BasisRow[],
  changed: readonly BasisRow[],
  columns: readonly Column[],
  rules: Rules,
): boolean => {
  const seen = new Set<BasisRow>();
  return changed.some((row) => {
    if (seen.has(row)) return false;
    const part = connected(rows, row);
    for (const each of part.rows) seen.add(each);
    return partGivesAway(part, columns, rules);
  });
};
