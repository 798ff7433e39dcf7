import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Rules } from "../rules.ts";
import { besideOwn, type Column } from "./column.ts";
import { dependentWithin, type Item } from "./dependent.ts";
import type { BasisRow } from "./echelon.ts";
import { fewRespondents } from "./few-respondents.ts";
import { prime, subtract } from "./field.ts";

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

/** Rows that hang together, and the columns that these rest on. */
type Connected = ReturnType<typeof connected>;

type Placed = readonly { readonly column: Column; readonly vector: Float64Array }[];

const nobody: ReadonlySet<string> = new Set();

/** Leaders with all columns that are theirs alone, and columns of a few leaders. */
const leaderItems = (placed: Placed): readonly Item[] => {
  const own = new Map<string, Float64Array[]>();
  const shared: Item[] = [];
  for (const { column, vector } of placed) {
    const [leader, second] = column.leaders;
    if (second !== undefined) shared.push({ vectors: [vector], cost: column.leaders.size, persons: nobody });
    else own.set(leader!, [...(own.get(leader!) ?? []), vector]);
  }
  return [...[...own.values()].map((vectors) => ({ vectors, cost: 1, persons: nobody })), ...shared];
};

/** Whether too few respondents carry a combination beside those of a viewer who knows the own team. */
const fewOthers = (placed: Placed, viewer: string | null, budget: number): boolean =>
  dependentWithin(
    placed.map(({ column, vector }) => {
      const { n, persons } = besideOwn(column, viewer);
      return { vectors: [vector], cost: n, persons };
    }),
    budget,
  );

/** Of several lists of names, how many hold each. */
const timesIn = (lists: readonly Iterable<string>[]): readonly number[] => {
  const times = new Map<string, number>();
  for (const names of lists) for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times.values()];
};

/** Whether rows that hang together let a combination rest on too few. */
const partGivesAway = (part: Connected, columns: readonly Column[], rules: Rules): boolean => {
  const own = part.columns.map((column) => columns[column]!);
  const told = fewRespondents(
    part.rows.map(({ values }) => Float64Array.from(part.columns, (column) => values[column]!)),
    own,
    rules,
  );
  if (told.givesAway) return true;
  const parts = Math.max(0, ...timesIn(own.map(({ known }) => known.keys())));
  const versions = Math.max(1, ...timesIn(own.map(({ persons }) => persons)));
  const dimensions = versions * rules.respondents + rules.leaders + parts + 1;
  const vectors = openVectors(part.columns, part.rows, dimensions);
  const placed = part.columns.map((column) => ({ column: columns[column]!, vector: vectors.get(column)! }));
  if (dependentWithin(leaderItems(placed), rules.leaders - 1)) return true;
  return told.unclear.some((viewer) => fewOthers(placed, viewer, rules.respondents - 1));
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
