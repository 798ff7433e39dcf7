import { countCombinations, type Dependencies, extend, joinedCircuits } from "./dependencies.ts";
import { nullRows, reduceRows, type Vector } from "./modular.ts";
import { minimalSets, type OwnerSet, type Protection, weightOf, withoutSupersets } from "./protection.ts";
import type { System } from "./system.ts";

/** A system solved modulo a prime. */
export interface Solved {
  readonly p: number;
  readonly nulls: readonly Vector[];
  readonly count: (columns: readonly number[]) => number;
}

/** What was found among light columns, so that a view that makes a few more columns light need not start again. */
export interface Searched {
  readonly light: ReadonlySet<number>;
  readonly dependencies: Dependencies;
}

/** The null space of a system's rows. */
export const solve = (system: System, p: number): Solved => {
  const weights = system.columns.map(({ n }) => n);
  const reduced = reduceRows(
    system.rows.map(({ coefficients }) => coefficients),
    weights,
    p,
  );
  const nulls = nullRows(reduced, system.columns.length, p);
  return { p, nulls, count: countCombinations(nulls, p) };
};

const lightColumns = (protection: Protection): readonly number[] =>
  protection.owners.map((_, column) => column).filter((column) => weightOf(protection, column) < protection.limit);

/** The dependencies among the columns that weigh less than the limit. */
export const searchLight = (solved: Solved, protection: Protection): Searched => {
  const light = lightColumns(protection);
  return { light: new Set(light), dependencies: extend(light, solved.nulls, null, solved.p) };
};

const setsAmong = (columns: readonly number[], solved: Solved, protection: Protection): readonly OwnerSet[] | null => {
  const owners = [...new Set(columns.flatMap((column) => protection.owners[column]!))];
  const within = (set: OwnerSet): readonly number[] =>
    columns.filter((column) =>
      protection.owners[column]!.every((owner) => set.includes(owner) || protection.weights[owner] === 0),
    );
  const known = solved.count(within([]));
  return minimalSets(owners, protection, (set) => solved.count(within(set)) > known);
};

const setsOf = (circuits: readonly (readonly number[])[], solved: Solved, protection: Protection) => {
  const found = joinedCircuits(circuits).map((columns) => setsAmong(columns, solved, protection));
  return found.some((each) => each === null) ? null : withoutSupersets(found.flatMap((each) => each ?? []));
};

/** All minimal sets of owners below the limit that support a combination; null where they are too many to go through. */
export const smallSets = (solved: Solved, protection: Protection): readonly OwnerSet[] | null =>
  setsOf(searchLight(solved, protection).dependencies.circuits, solved, protection);

/** The sets that a viewer adds, for whom the owners of `changed` columns weigh less than for everybody. */
export const setsOfViewer = (
  solved: Solved,
  before: Searched,
  protection: Protection,
  changed: readonly number[],
): readonly OwnerSet[] | null => {
  const added = changed.filter(
    (column) => !before.light.has(column) && weightOf(protection, column) < protection.limit,
  );
  const more = extend(added, solved.nulls, before.dependencies, solved.p);
  const circuits = joinedCircuits([...before.dependencies.circuits, ...more.circuits]);
  return setsOf(
    circuits.filter((columns) => columns.some((column) => changed.includes(column))),
    solved,
    protection,
  );
};
