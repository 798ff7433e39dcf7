import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** What is drawn by lot; the same seed draws the same. */
export interface Chance {
  /** From 0 up to, not including, `count`. */
  readonly below: (count: number) => number;
  /** True once in so many times. */
  readonly once: (times: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly shuffled: <T>(list: readonly T[]) => readonly T[];
}

/** The draws of one case: neighbouring cases of a seed have nothing in common. */
export const chanceOf = (seed: number, index: number): Chance => {
  const generator = xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const below = (count: number): number => uniformInt(generator, 0, count - 1);
  for (let k = 0; k < 8; k += 1) below(2);
  return {
    below,
    once: (times) => below(times) === 0,
    pick: (choices) => choices[below(choices.length)]!,
    shuffled: (list) => {
      const order = [...list];
      for (let k = order.length - 1; k > 0; k -= 1) {
        const other = below(k + 1);
        [order[k], order[other]] = [order[other]!, order[k]!];
      }
      return order;
    },
  };
};
