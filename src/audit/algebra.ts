import { exactSets } from "./exact.ts";
import { type Leak, nameSet } from "./finding.ts";
import { primes } from "./modular.ts";
import { searchLight, setsOfViewer, smallSets, solve } from "./modular-search.ts";
import { leadersOf, type OwnerSet, type Protection, protectLeaders, protectRespondents } from "./protection.ts";
import type { Limits } from "./publication.ts";
import type { Row, Rows } from "./rows.ts";
import { type System, systemsOf } from "./system.ts";
import type { View } from "./views.ts";

/** What the algebra found in one view, and how far the methods went. */
export interface Algebra {
  readonly leaks: readonly Leak[];
  /** Systems on which two methods did not say the same. */
  readonly disagreements: number;
  /** Systems that exact elimination went through, and those that were too large for it. */
  readonly exact: number;
  readonly modularOnly: number;
  /** Searches with too many sets to go through: what they hold is not known. */
  readonly unsearched: number;
}

type Sets = readonly OwnerSet[] | null;
type Named = readonly (readonly string[])[];

const nothing: Algebra = { leaks: [], disagreements: 0, exact: 0, modularOnly: 0, unsearched: 0 };

const added = (parts: readonly Algebra[]): Algebra =>
  parts.reduce(
    (all, each) => ({
      leaks: [...all.leaks, ...each.leaks],
      disagreements: all.disagreements + each.disagreements,
      exact: all.exact + each.exact,
      modularOnly: all.modularOnly + each.modularOnly,
      unsearched: all.unsearched + each.unsearched,
    }),
    nothing,
  );

const sameNames = (a: Named, b: Named): boolean => {
  const [first, second] = [a, b].map((names) => new Set(names.map((each) => each.join(" "))));
  return first!.size === second!.size && [...first!].every((each) => second!.has(each));
};

const isSmall = ({ rows, columns }: System, mostWork: number): boolean => rows.length ** 2 * columns.length <= mostWork;

/** Compares what the methods found, and keeps what any of them found. */
const judge = (system: System, { kind }: Protection, found: readonly Sets[], isExact: boolean): Algebra => {
  const searched = found.filter((each) => each !== null);
  const named = searched.map((sets) => sets.map((set) => nameSet(system, kind, set)));
  const all = new Map(named.flat().map((names) => [names.join(" "), names]));
  return {
    leaks: [...all.values()].map((names) => ({ kind, system, names })),
    disagreements: named.every((each) => sameNames(each, named[0]!)) ? 0 : 1,
    exact: isExact ? 1 : 0,
    modularOnly: isExact ? 0 : 1,
    unsearched: searched.length < found.length ? 1 : 0,
  };
};

/** A system from the beginning: both primes, and exact elimination where it is small enough. */
const auditSystem = (system: System, protections: readonly Protection[], mostWork: number): Algebra => {
  const solved = primes.map((p) => solve(system, p));
  const isExact = isSmall(system, mostWork);
  return added(
    protections.map((protection) => {
      const modular = solved.map((each) => smallSets(each, protection));
      return judge(system, protection, isExact ? [...modular, exactSets(system, protection)] : modular, isExact);
    }),
  );
};

/**
 * A leader's view from the beginning: only the systems that the own report stands in can differ from management's. A
 * combination on the viewer and fewer other leaders than management's limit allows is one that management sees too, so
 * that only respondents need a second look.
 */
const auditWhole = ({ shared, own }: View, rows: Rows, limits: Limits, mostWork: number): Algebra => {
  const ownRows = new Set(own);
  const systems = systemsOf([...shared, ...own], rows).filter((system) =>
    system.rows.some(({ row }) => ownRows.has(row)),
  );
  return added(
    systems.map((system) => auditSystem(system, [protectRespondents(system, limits.respondents)], mostWork)),
  );
};

const distinct = (systems: readonly System[]): readonly System[] => [
  ...new Map(systems.map((system) => [system.structure, system])).values(),
];

/** What management sees, solved and searched once for all leaders' views. */
export interface Ground {
  readonly systems: readonly System[];
  readonly algebra: Algebra;
  /** Groups of three leaders on whom a combination rests, in all distinct systems: two of them can tell the third. */
  readonly coalitions: number | null;
  /** Judges one leader's view. */
  readonly ofLeader: (view: View) => Algebra;
}

/** For each part the columns of the distinct systems in which it stands. */
const placesOf = (systems: readonly System[]) => {
  const places = new Map<string, { readonly system: number; readonly column: number }[]>();
  systems.forEach(({ blocks, columns }, system) => {
    columns.forEach(({ block }, column) => {
      for (const { part } of blocks[block]!.parts) places.set(part, [...(places.get(part) ?? []), { system, column }]);
    });
  });
  return places;
};

/** Respondents of a block without the parts that a viewer knows, on the scale on which those are most. */
const others = ({ blocks, columns }: System, column: number, known: ReadonlySet<string>): number => {
  const { parts, n } = blocks[columns[column]!.block]!;
  const own = parts.filter(({ part }) => known.has(part));
  if (own.length === parts.length) return 0;
  const scales = new Set(own.flatMap((part) => Object.keys(part.n)));
  return n - Math.max(...[...scales].map((scale) => own.reduce((total, part) => total + (part.n[scale] ?? 0), 0)));
};

/** Whether reports of one's own, of several releases, give a few of the own team away. */
const tellsOfFew = (own: readonly Row[], rows: Rows, limits: Limits): boolean =>
  systemsOf(own, rows).some(
    (system) => smallSets(solve(system, primes[0]), protectRespondents(system, limits.respondents))?.length !== 0,
  );

/**
 * Whether a leader's own report could add a combination to what management sees. At most the leader knows every part of
 * the own team, on every scale: then the same combinations rest on fewer others, and no elimination is done again. What
 * that finds is looked at in full, and so is a team that management can single out.
 */
const screening = (systems: readonly System[], rows: Rows, limits: Limits) => {
  const protections = systems.map((system) => protectRespondents(system, limits.respondents));
  const solved = systems.map((system) => solve(system, primes[0]));
  const searched = solved.map((each, k) => searchLight(each, protections[k]!));
  const places = placesOf(systems);
  return ({ own }: View): boolean => {
    const unknowns = own.flatMap(({ coefficients }) => [...coefficients.keys()].map((each) => rows.unknowns[each]!));
    if (tellsOfFew(own, rows, limits)) return true;
    const known = new Set(unknowns.map(({ part }) => part.part));
    const changed = new Map<number, number[]>();
    for (const { system, column } of [...known].flatMap((part) => places.get(part) ?? []))
      changed.set(system, [...(changed.get(system) ?? []), column]);
    return [...changed].some(([k, columns]) => {
      const weights = [...protections[k]!.weights];
      for (const column of columns) weights[systems[k]!.columns[column]!.block] = others(systems[k]!, column, known);
      const isOwn = (column: number): boolean => weights[systems[k]!.columns[column]!.block] === 0;
      if (solved[k]!.count(columns.filter(isOwn)) > 0) return true;
      const found = setsOfViewer(solved[k]!, searched[k]!, { ...protections[k]!, weights }, columns);
      return found === null || found.length > 0;
    });
  };
};

const mostInCoalitions = 100;

/** A figure, not a finding: limits of three leaders allow groups of three. */
const coalitionsOf = (systems: readonly System[]): number | null => {
  if (systems.some((system) => leadersOf(system).length > mostInCoalitions)) return null;
  const found = systems.map((system) => smallSets(solve(system, primes[0]), protectLeaders(system, 4, null)));
  return found.some((sets) => sets === null) ? null : found.flatMap((sets) => sets ?? []).length;
};

/** How much elimination is done. */
export interface Work {
  /** Exact elimination of systems with at most so many rows² × columns. */
  readonly exactWork: number;
  /** Every leader's view is solved from the beginning where the entries of management's rows times leaders are no more. */
  readonly viewWork: number;
}

/** Audits what management sees; leaders' views that a first look finds suspicious are audited from the beginning. */
export const auditGround = (
  management: View,
  leaders: number,
  rows: Rows,
  limits: Limits,
  { exactWork, viewWork }: Work,
): Ground => {
  const systems = systemsOf(management.shared, rows);
  const different = distinct(systems);
  const isSuspicious = screening(different, rows, limits);
  const entries = management.shared.reduce((total, { coefficients }) => total + coefficients.size, 0);
  const areSmall = entries * leaders <= viewWork && different.every((system) => isSmall(system, exactWork));
  return {
    systems,
    algebra: added(
      different.map((system) => {
        const protections = [
          protectRespondents(system, limits.respondents),
          protectLeaders(system, limits.leaders, null),
        ];
        return auditSystem(system, protections, exactWork);
      }),
    ),
    coalitions: coalitionsOf(different),
    ofLeader: (view) => (areSmall || isSuspicious(view) ? auditWhole(view, rows, limits, exactWork) : nothing),
  };
};
