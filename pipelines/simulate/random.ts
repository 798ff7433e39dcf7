import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

const streams = ["department", "assignment", "class", "unit", "leader"] as const;

export interface Random {
  /** In [0, 1). */
  readonly uniform: () => number;
  /** Standard normal. */
  readonly normal: () => number;
}

/** Murmur3's finaliser: neighbouring seeds and indices must not start neighbouring streams. */
function mixed(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The stream of one unit of the model, a function of the study's seed and the unit's number only. */
export function randomStream(seed: number, of: (typeof streams)[number], index: number): Random {
  const start = mixed(mixed(mixed(seed) + streams.indexOf(of) + 1) + index);
  const state = [1, 2, 3, 4].map((k) => mixed(start + Math.imul(k, 0x9e3779b9)));
  const generator = xoroshiro128plusFromState(state);
  const uniform = () => uniformFloat64(generator);
  return { uniform, normal: () => normalFrom(uniform) };
}

/** Marsaglia's polar method; the second number is dropped so that a stream's position depends on no hidden state. */
function normalFrom(uniform: () => number): number {
  for (;;) {
    const x = 2 * uniform() - 1;
    const y = 2 * uniform() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

export function shuffled(count: number, random: Random): readonly number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
