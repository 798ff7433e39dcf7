import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Fisher–Yates. */
function shuffled<T>(values: readonly T[], stream: RandomGenerator): readonly T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = uniformInt(stream, 0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Arms in the order in which they are dealt: each as often as its share, spread out, ties in random order. */
function dealingOrder(shares: readonly number[], stream: RandomGenerator): readonly number[] {
  const arms = shuffled([...shares.keys()], stream);
  return arms
    .flatMap((arm) => Array.from({ length: shares[arm]! }, (_, turn) => ({ arm, at: (turn + 0.5) / shares[arm]! })))
    .sort((a, b) => a.at - b.at)
    .map(({ arm }) => arm);
}

/**
 * Draws an arm for every unit: within its block the arms come in proportion to `shares` (whole numbers), and so they do
 * overall. The blocks stand in random order, the units of each in random order, and the arms are dealt to them in one
 * unbroken cycle with a random beginning: what a block leaves over continues in the next, so that remainders (misfits)
 * even out. Each unit gets each arm with the probability of its share; where all shares are equal, no arm has in any
 * block, nor overall, more than one unit more than another.
 *
 * @param block by unit, the index of its block
 * @returns by unit, the index of its arm
 */
export function assignInBlocks(block: Int32Array, shares: readonly number[], stream: RandomGenerator): Int32Array {
  const cycle = dealingOrder(shares, stream);
  const blocks = shuffled(
    [...new Set(block)].sort((a, b) => a - b),
    stream,
  );
  const arm = new Int32Array(block.length);
  let turn = uniformInt(stream, 0, cycle.length - 1);
  for (const one of blocks) {
    const units = [...block.keys()].filter((unit) => block[unit] === one);
    for (const unit of shuffled(units, stream)) {
      arm[unit] = cycle[turn % cycle.length]!;
      turn++;
    }
  }
  return arm;
}
