import type { Outcome, Study } from "../../study/study.ts";
import type { Design } from "./design.ts";

/** Numbers the values of `codes` in the order in which they occur. */
export function numbered(codes: Int32Array): { readonly cluster: Int32Array; readonly clusters: number } {
  const places = new Map<number, number>();
  const cluster = codes.map((code) => {
    const place = places.get(code) ?? places.size;
    places.set(code, place);
    return place;
  });
  return { cluster, clusters: places.size };
}

/** The finest clusters that hold those of `cluster` whole and those of `units` whole; a unit of −1 joins nobody. */
export function joined(cluster: Int32Array, units: Int32Array): Int32Array {
  const root = new Map<number, number>();
  const find = (one: number): number => {
    let at = one;
    while ((root.get(at) ?? at) !== at) at = root.get(at)!;
    root.set(one, at);
    return at;
  };
  const firstOf = new Map<number, number>();
  units.forEach((unit, leader) => {
    if (unit < 0) return;
    const first = firstOf.get(unit);
    if (first === undefined) firstOf.set(unit, cluster[leader]!);
    else root.set(find(cluster[leader]!), find(first));
  });
  return cluster.map(find);
}

/** Levels of the organisation at which an outcome was delivered once for all leaders of a unit. */
function levelsOf(study: Study, { scale, rater }: Outcome): readonly string[] {
  if (rater !== "indicator") return [];
  const own = study.instrument.scales.find(({ id }) => id === scale);
  const items = own?.kind === "items" ? own.items.map(({ id }) => id) : [];
  const names = (mapped: readonly string[]) => mapped.length === 0 || mapped.some((item) => items.includes(item));
  return study.deliveries
    .filter((delivery) => delivery.rater === "indicator" && names(Object.keys(delivery.items)))
    .flatMap(({ columns }) => study.organisation.find((level) => columns[level] !== undefined) ?? []);
}

/**
 * The design with the clusters of one outcome: the units of allocation or, for an indicator that was delivered once for
 * all leaders of a unit, what holds both these units and those of allocation whole.
 */
export function designFor(study: Study, design: Design, outcome: Outcome): Design {
  const levels = levelsOf(study, outcome).flatMap((level) => design.levels.get(level) ?? []);
  return levels.length === 0 ? design : { ...design, ...numbered(levels.reduce(joined, design.cluster)) };
}

/** A value of each cluster: that of its first leader who has an arm, −1 where none has. */
export function ofClusters({ arm, cluster, clusters }: Design, ofLeader: Int32Array): Int32Array {
  const values = new Int32Array(clusters).fill(-1);
  const known = new Uint8Array(clusters);
  cluster.forEach((g, leader) => {
    if (known[g] === 1 || arm[leader]! < 0) return;
    known[g] = 1;
    values[g] = ofLeader[leader]!;
  });
  return values;
}
