import type { System } from "./system.ts";

/** What no combination of rows may come down to. */
export type Kind = "respondents" | "leader";

/**
 * A column belongs to owners: its block, or the leaders of its block. No combination may rest on columns whose owners
 * together weigh less than `limit`; owners without weight are known to the viewer and protect nobody.
 */
export interface Protection {
  readonly kind: Kind;
  /** Column → owners. */
  readonly owners: readonly (readonly number[])[];
  /** Owner → weight. */
  readonly weights: readonly number[];
  /** Owner → persons among its respondents who are of other owners too, and count once. */
  readonly persons: readonly ReadonlySet<string>[];
  readonly limit: number;
}

/** Owners that together weigh less than the limit, and support a combination. */
export type OwnerSet = readonly number[];

const nobody: ReadonlySet<string> = new Set();

/** No combination on respondents fewer than `limit` in total. */
export const protectRespondents = (system: System, limit: number): Protection => ({
  kind: "respondents",
  owners: system.columns.map(({ block }) => [block]),
  weights: system.blocks.map(({ n }) => n),
  persons: system.blocks.map(({ persons }) => persons),
  limit,
});

/** The leaders of a system, in the order of their owner numbers. */
export const leadersOf = (system: System): readonly string[] => [
  ...new Set(system.blocks.flatMap(({ leaders }) => leaders)),
];

/** No combination on fewer leaders than `limit`, or for a leader who looks on, than `limit` − 1 others. */
export const protectLeaders = (system: System, limit: number, viewer: string | null): Protection => {
  const leaders = leadersOf(system);
  const numbers = new Map(leaders.map((leader, index) => [leader, index]));
  return {
    kind: "leader",
    owners: system.columns.map(({ block }) => system.blocks[block]!.leaders.map((leader) => numbers.get(leader)!)),
    weights: leaders.map((leader) => (leader === viewer ? 0 : 1)),
    persons: leaders.map(() => nobody),
    limit: viewer === null ? limit : limit - 1,
  };
};

/** What the owners of a column weigh together. */
export const weightOf = ({ owners, weights }: Protection, column: number): number =>
  owners[column]!.reduce((total, owner) => total + weights[owner]!, 0);

/** The sets that hold no other one. */
export const withoutSupersets = (sets: readonly OwnerSet[]): readonly OwnerSet[] => {
  const kept: OwnerSet[] = [];
  for (const set of [...sets].sort((a, b) => a.length - b.length))
    if (!kept.some((each) => each.every((owner) => set.includes(owner)))) kept.push(set);
  return kept;
};

/** More sets than this are not gone through: the result says so. */
const mostSets = 3_000_000;

/** What an owner adds to the weight of a set. */
const addedBy = (owner: number, set: OwnerSet, { weights, persons }: Protection): number => {
  if (persons[owner]!.size === 0) return weights[owner]!;
  const counted = [...persons[owner]!].filter((person) => set.some((other) => persons[other]!.has(person))).length;
  return Math.max(0, weights[owner]! - counted);
};

/**
 * The minimal sets of owners with weight, below the limit in total, for which `supports` holds; owners without weight
 * belong to every set. Null where there are too many sets to go through.
 */
export const minimalSets = (
  owners: readonly number[],
  protection: Protection,
  supports: (set: OwnerSet) => boolean,
): readonly OwnerSet[] | null => {
  const { weights, persons, limit } = protection;
  const heavy = owners.filter((owner) => weights[owner]! > 0).sort((a, b) => weights[a]! - weights[b]!);
  const isPlain = heavy.every((owner) => persons[owner]!.size === 0);
  const found: OwnerSet[] = [];
  let [tried, reached] = [0, false];
  const covered = (set: OwnerSet): boolean => found.some((each) => each.every((owner) => set.includes(owner)));
  const visit = (set: OwnerSet, from: number, weight: number, size: number): boolean => {
    for (let k = from; k < heavy.length; k++) {
      const more = addedBy(heavy[k]!, set, protection);
      if (weight + more >= limit) {
        // The next ones weigh no less, unless some of their persons are counted already.
        if (isPlain) return true;
        continue;
      }
      const next = [...set, heavy[k]!];
      if (size > 1) {
        if (!visit(next, k + 1, weight + more, size - 1)) return false;
        continue;
      }
      tried += 1;
      reached = true;
      if (tried > mostSets) return false;
      if (!covered(next) && supports(next)) found.push(next);
    }
    return true;
  };
  for (let size = 1; size <= heavy.length; size++) {
    reached = false;
    if (!visit([], 0, 0, size)) return null;
    if (!reached) break;
  }
  return found;
};
