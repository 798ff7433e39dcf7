import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Draws that share one stream; each block jumps to a stream of its own, so blocks can be made in any order. */
export const drawsPerStream = 1024;

/** How many blocks that many draws make. */
export const blocksOf = (draws: number): number => Math.ceil(draws / drawsPerStream);

/** Draws of one block: all but the last are full. */
export const drawsInBlock = (draws: number, block: number): number =>
  Math.min(drawsPerStream, draws - block * drawsPerStream);

/** The stream of one block of draws: the same on every machine for the same seed. */
export function blockStream(seed: number, block: number): JumpableRandomGenerator {
  const stream = xoroshiro128plus(seed);
  for (let jumps = 0; jumps < block; jumps++) stream.jump();
  return stream;
}

/**
 * Fills with random bytes, three of each 32-bit number: the lowest bits of xoroshiro128+ (Blackman & Vigna 2021) are
 * not used.
 */
export function fillBytes(stream: RandomGenerator, bytes: Uint8Array): void {
  let bits = 0;
  for (let k = 0; k < bytes.length; k++) {
    bits = k % 3 === 0 ? stream.next() >>> 8 : bits >>> 8;
    bytes[k] = bits;
  }
}

/** A whole number from 0 to n − 1 by the highest bits; no share differs from 1/n by more than 2⁻³². */
export const below = (stream: RandomGenerator, n: number): number => Math.floor((stream.next() >>> 0) * (n / 2 ** 32));

const webbPoints = Float64Array.of(-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5));

/** One of the six points of Webb (2023): mean 0, variance 1. */
export const webbWeight = (stream: RandomGenerator): number => webbPoints[below(stream, 6)]!;
