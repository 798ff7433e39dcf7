import { numbersPerDraw, type RandomisationTask } from "./randomisation-draws.ts";

/**
 * The same re-draws, of estimates, for several models of one outcome: arms are exchanged, within blocks, among the clusters that any of
 * them has, so that draw d of one is draw d of all. `block` has one entry per cluster.
 */
export function drawnTogether(tasks: readonly RandomisationTask[], block: Int32Array): readonly RandomisationTask[] {
  const members = Int32Array.from(new Set(tasks.flatMap((task) => [...task.members]))).sort(
    (a, b) => block[a]! - block[b]! || a - b,
  );
  const starts = [...members.keys()].filter((at) => at === 0 || block[members[at]!] !== block[members[at - 1]!]);
  const blockStart = Int32Array.from([...starts, members.length]);
  return tasks.map((task) => ({ ...task, members, blockStart, only: "estimates" }));
}

/** Middle value; the mean of the two middle ones where their number is even. Infinite if one of them is. */
export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (values.some((value) => !Number.isFinite(value))) return Number.POSITIVE_INFINITY;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * p of the median estimate of one arm over specifications (Simonsohn, Simmons & Nelson 2020), under the sharp null that no
 * arm has an effect: (1 + beyond)/(1 + draws), where beyond counts re-draws whose median is no nearer to zero. A re-draw
 * that does not identify the arms in one of them counts as beyond; ties within rounding do too.
 *
 * @param drawn per specification the blocks of its draws, as `drawnTogether` has them drawn
 */
export function medianTest(
  tasks: readonly RandomisationTask[],
  drawn: readonly (readonly Float64Array[])[],
  arm: number,
  median: number,
): number {
  const [first] = tasks;
  if (first === undefined) return 1;
  const step = numbersPerDraw(first);
  const within = Math.abs(median) * (1 - 1e-9);
  let beyond = 0;
  for (const [b, block] of drawn[0]!.entries()) {
    for (let at = arm; at < block.length; at += step) {
      if (Math.abs(medianOf(drawn.map((blocks) => blocks[b]![at]!))) >= within) beyond++;
    }
  }
  return (1 + beyond) / (1 + first.draws);
}
