import { type CountedArm, clusteredWelch, countedLeeBounds } from "./counted-lee-bounds.ts";
import { type LeeBounds, leeBounds, type MeasuredArm } from "./lee-bounds.ts";

/** An arm that was given to whole clusters of units. */
export interface ClusteredArm extends MeasuredArm {
  /** Cluster of each measured outcome. */
  readonly cluster: Int32Array;
  /** Cluster of each unit that was randomised and not measured. */
  readonly lost: Int32Array;
}

/** Every outcome counted once, with clusters numbered in the order in which they occur. */
function counted({ outcomes, cluster, lost }: ClusteredArm): CountedArm {
  const places = new Map<number, number>();
  for (const one of [...cluster, ...lost]) if (!places.has(one)) places.set(one, places.size);
  const randomised = new Float64Array(places.size);
  for (const one of [...cluster, ...lost]) randomised[places.get(one)!]! += 1;
  return {
    outcomes,
    counts: new Float64Array(outcomes.length).fill(1),
    cluster: cluster.map((one) => places.get(one)!),
    randomised,
  };
}

/**
 * Lee's bounds where clusters of units were given to arms whole: the bounds of `leeBounds`, with the standard errors over
 * clusters of `countedLeeBounds`, every unit counted once, and Welch's degrees of freedom over clusters. With clusters of
 * one and nothing trimmed it is `leeBounds`. Standard errors are null with fewer than two clusters in an arm, or fewer
 * than two units left after trimming. Null where an arm has no outcome.
 */
export function clusteredLeeBounds(treated: ClusteredArm, control: ClusteredArm): LeeBounds | null {
  const bounds = leeBounds(treated, control);
  const arms = [counted(treated), counted(control)] as const;
  const over = countedLeeBounds(...arms);
  return bounds && over && { ...bounds, lowSe: over.lowSe, highSe: over.highSe, df: clusteredWelch(...arms) };
}
