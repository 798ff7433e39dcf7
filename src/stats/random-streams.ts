import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";

/** Draws that share one stream; each block jumps to a stream of its own, so blocks can be made in any order. */
export const drawsPerStream = 1024;

/** The stream of one block of draws: the same on every machine for the same seed. */
export function blockStream(seed: number, block: number): JumpableRandomGenerator {
  const stream = xoroshiro128plus(seed);
  for (let jumps = 0; jumps < block; jumps++) stream.jump();
  return stream;
}

/** Calls `use` with one sign per cluster for every draw. The lowest bits of xoroshiro128+ are not used. */
export function eachSignDraw(seed: number, draws: number, clusters: number, use: (signs: Float64Array) => void): void {
  const signs = new Float64Array(clusters);
  for (let first = 0; first < draws; first += drawsPerStream) {
    const stream = blockStream(seed, first / drawsPerStream);
    for (let draw = first; draw < Math.min(draws, first + drawsPerStream); draw++) {
      let bits = 0;
      for (let g = 0; g < clusters; g++) {
        bits = g % 24 === 0 ? stream.next() >> 8 : bits >> 1;
        signs[g] = (bits & 1) === 0 ? -1 : 1;
      }
      use(signs);
    }
  }
}

/** Calls `use` with every one of the 2^clusters vectors of signs. */
export function everySignVector(clusters: number, use: (signs: Float64Array) => void): void {
  const signs = new Float64Array(clusters);
  for (let vector = 0; vector < 2 ** clusters; vector++) {
    for (let g = 0; g < clusters; g++) signs[g] = ((vector >> g) & 1) === 0 ? 1 : -1;
    use(signs);
  }
}
