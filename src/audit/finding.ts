import type { Kind, OwnerSet } from "./protection.ts";
import { leadersOf } from "./protection.ts";
import { scaleNames } from "./rows.ts";
import type { System } from "./system.ts";

/** A target that a view gives away: ids and counts, never a value. */
export interface Finding {
  /**
   * `respondents` and `leader`: a combination of facts rests on too few of them. `interval`: facts pin a leader's mean
   * too narrowly. `non-linear`: a fact that no combination can be proven of rests on too few.
   */
  readonly kind: Kind | "interval" | "non-linear";
  /** `management` or `leader:<id>`. */
  readonly view: string;
  readonly scale: string;
  readonly waves: readonly string[];
  readonly leaders: readonly string[];
  readonly respondents: number;
  /** The facts that together give it away; none can be left out where `minimal`. */
  readonly facts: readonly string[];
  readonly minimal: boolean;
}

/** A set of owners in a system, named so that it can be compared between methods: parts, or leaders. */
export interface Leak {
  readonly kind: Kind;
  readonly system: System;
  readonly names: readonly string[];
}

/** Names a set of owners by the ids of its parts or leaders. */
export const nameSet = (system: System, kind: Kind, set: OwnerSet): readonly string[] => {
  const leaders = kind === "leader" ? leadersOf(system) : [];
  const names =
    kind === "leader"
      ? set.map((owner) => leaders[owner]!)
      : set.flatMap((owner) => system.blocks[owner]!.parts.map(({ part }) => part));
  return [...names].sort();
};

/** The columns that a leak rests on: those of the named parts, or of the named leaders. */
export const columnsOfLeak = ({ kind, system, names }: Leak): readonly number[] => {
  const named = new Set(names);
  return system.columns.flatMap(({ block }, column) => {
    const { parts, leaders } = system.blocks[block]!;
    const owners = kind === "leader" ? leaders : parts.map(({ part }) => part);
    return owners.every((owner) => named.has(owner)) ? [column] : [];
  });
};

/** The scales on which columns of a system are; a column stands for several where no row tells them apart. */
const scalesOf = ({ columns }: System, of: readonly number[]): ReadonlySet<string> =>
  new Set(of.flatMap((column) => scaleNames(columns[column]!.scale)));

/**
 * Whether management's view gives the same away, apart from what the viewer knows anyhow. A viewer's own report has
 * scales of its own, so that a system of theirs may be about more than management's is.
 */
export const isKnown = (
  leak: Leak,
  ofManagement: readonly Leak[],
  systems: readonly System[],
  own: ReadonlySet<string>,
): boolean => {
  const reached = new Set([...leak.names, ...own]);
  const on = scalesOf(leak.system, columnsOfLeak(leak));
  const isOnScale = (known: Leak): boolean => {
    const columns = columnsOfLeak(known);
    const alike = systems.filter(({ structure }) => structure === known.system.structure);
    return alike.some((system) => [...scalesOf(system, columns)].every((scale) => on.has(scale)));
  };
  return ofManagement.some(
    (known) => known.kind === leak.kind && known.names.every((name) => reached.has(name)) && isOnScale(known),
  );
};
