import type { Rules } from "../rules.ts";
import type { Atom } from "./atoms.ts";
import { type Column, isLarge, type Respondents } from "./column.ts";
import { givesAway } from "./combinations.ts";
import { type BasisRow, type Echelon, grow, reduced } from "./echelon.ts";
import { leading } from "./field.ts";
import type { Part } from "./parts.ts";
import { type Divided, dividedBy } from "./sphere.ts";

const nobody: ReadonlySet<string> = new Set();

/** Places of the parts that one mean is of. */
export type Row = readonly number[];

/** Parts that no row tells apart, as one; those of a leader with several parts stay by themselves. */
const mergedParts = (parts: readonly Part[], rows: readonly Row[]): readonly (readonly number[])[] => {
  const inRows = parts.map((): number[] => []);
  rows.forEach((row, index) => {
    for (const place of row) inRows[place]!.push(index);
  });
  const count = new Map<string, number>();
  for (const { leader } of parts) count.set(leader, (count.get(leader) ?? 0) + 1);
  const merged = new Map<string, number[]>();
  parts.forEach(({ leader }, place) => {
    if (inRows[place]!.length === 0) return;
    const apart = count.get(leader)! > 1;
    const key = `${inRows[place]!.join(" ")}${apart ? ` of ${leader}` : ""}`;
    const found = merged.get(key);
    if (found) found.push(place);
    else merged.set(key, [place]);
  });
  return [...merged.values()];
};

/** Teams that no row tells apart, together; a row that is of a part of a team is taken for one of the team. */
export const undivided = (atoms: readonly Atom[], parts: readonly Part[], rows: readonly Row[]): Divided<Atom> => {
  const of = new Map<string, Set<number>>();
  const apart = new Map<string, string[]>();
  const inRows = parts.map((): number[] => []);
  rows.forEach((row, index) => {
    for (const place of row) inRows[place]!.push(index);
  });
  parts.forEach(({ teams }, place) => {
    const leader = teams.at(-1)?.leader;
    if (leader === undefined) return;
    of.set(leader, new Set([...(of.get(leader) ?? []), ...inRows[place]!]));
    apart.set(leader, [...(apart.get(leader) ?? []), inRows[place]!.join(" ")]);
  });
  return dividedBy(
    atoms,
    ({ leader }) => [...new Set(apart.get(leader) ?? [])].sort().join("|"),
    ({ leader }) => [...(of.get(leader) ?? [])].map(String),
  );
};

/** What is asked of a row before it is shown beside those that were added. */
export interface Guard {
  readonly allows: (row: Row) => boolean;
  readonly add: (row: Row) => void;
}

/** Respondents of some parts, a person who is in several counted once. */
const respondentsOf = (places: readonly number[], answered: readonly Respondents[]): Respondents => {
  const persons = new Set(places.flatMap((place) => [...answered[place]!.persons]));
  const again = places.reduce((sum, place) => sum + answered[place]!.persons.size, 0) - persons.size;
  const own = places.map((place) => answered[place]!.n);
  return { n: Math.max(...own, own.reduce((sum, n) => sum + n, 0) - again), persons };
};

const columnOf = (own: readonly number[], parts: readonly Part[], answered: readonly Respondents[]): Column => {
  const knownBy = new Map<string, number[]>();
  for (const place of own)
    for (const leader of parts[place]!.leaders) knownBy.set(leader, [...(knownBy.get(leader) ?? []), place]);
  return {
    ...respondentsOf(own, answered),
    leaders: new Set(own.map((place) => parts[place]!.leader)),
    known: new Map([...knownBy].map(([leader, places]) => [leader, respondentsOf(places, answered)])),
  };
};

/** The fewest respondents of each part on a scale, and those of them who are in another part too. */
export const answeredOn = (parts: readonly Part[], scale: string): readonly Respondents[] =>
  parts.map(({ n, persons }) => ({ n: n[scale] ?? 0, persons: persons[scale] ?? nobody }));

/**
 * What shown numbers of scales that the same teams answered say together, without a row yet. `answered` are the fewest
 * respondents of each part; parts without any are left out. `rows` are all that may ever be added.
 */
export const latticeOf = (
  parts: readonly Part[],
  answered: readonly Respondents[],
  rows: readonly Row[],
  rules: Rules,
): Guard => {
  const there = (place: number) => answered[place]!.n > 0;
  const asked = rows.map((row) => row.filter(there));
  const built = mergedParts(parts, asked).map((own) => ({ own, column: columnOf(own, parts, answered) }));
  const large = built.filter(({ column }) => isLarge(column, rules));
  const ordered = [...large, ...built.filter(({ column }) => !isLarge(column, rules))];
  const columns = ordered.map(({ column }) => column);
  const columnAt = new Map(ordered.flatMap(({ own }, at) => own.map((place) => [place, at] as const)));
  const echelon: Echelon = { rows: [] };
  const rest = (row: Row): Float64Array => {
    const vector = new Float64Array(columns.length);
    for (const place of row) if (there(place)) vector[columnAt.get(place)!] = 1;
    return reduced(echelon, vector);
  };
  const small = (): readonly BasisRow[] => echelon.rows.filter(({ pivot }) => pivot >= large.length);
  return {
    allows: (row) => {
      const left = rest(row);
      const pivot = leading(left);
      if (pivot < large.length) return true;
      const trial: Echelon = { rows: small().map((each) => ({ ...each, values: each.values.slice() })) };
      const changed = grow(trial, left);
      return !givesAway(trial.rows, changed, columns, rules);
    },
    add: (row) => {
      const left = rest(row);
      if (leading(left) >= 0) grow(echelon, left);
    },
  };
};
