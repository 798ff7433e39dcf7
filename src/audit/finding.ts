import type { Kind, OwnerSet, Protection } from "./protection.ts";
import { leadersOf } from "./protection.ts";
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

/** The columns whose owners all belong to the set or have no weight. */
export const columnsWithin = (protection: Protection, set: OwnerSet): readonly number[] =>
  protection.owners.flatMap((owners, column) =>
    owners.every((owner) => set.includes(owner) || protection.weights[owner] === 0) ? [column] : [],
  );

/** Names a set of owners by the ids of its parts or leaders, without those that the viewer knows. */
export const nameSet = (
  system: System,
  kind: Kind,
  set: OwnerSet,
  isKnown: (part: string) => boolean,
): readonly string[] => {
  const leaders = kind === "leader" ? leadersOf(system) : [];
  const names =
    kind === "leader"
      ? set.map((owner) => leaders[owner]!)
      : set.flatMap((owner) => system.blocks[owner]!.parts.map(({ part }) => part)).filter((part) => !isKnown(part));
  return [...names].sort();
};

/** The columns that a leak rests on: those of the named parts, or of the named leaders, and what the viewer knows. */
export const columnsOfLeak = ({ kind, system, names }: Leak, viewer: string | null): readonly number[] => {
  const named = new Set(names);
  return system.columns.flatMap(({ block }, column) => {
    const { parts, leaders } = system.blocks[block]!;
    const isWithin =
      kind === "leader"
        ? leaders.every((leader) => named.has(leader) || leader === viewer)
        : parts.every(({ part }) => named.has(part));
    return isWithin ? [column] : [];
  });
};
