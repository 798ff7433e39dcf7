import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignInBlocks } from "../../../src/stats/draws/blocked-assignment.ts";
import { blockStream } from "../../../src/stats/draws/random-streams.ts";

const draw = (block: readonly number[], shares: readonly number[], seed: number): Int32Array =>
  assignInBlocks(Int32Array.from(block), shares, blockStream(seed, 0));

const countsOf = (arm: Int32Array, arms: number, chosen: (unit: number) => boolean): number[] => {
  const counts = new Array<number>(arms).fill(0);
  arm.forEach((one, unit) => {
    if (chosen(unit)) counts[one]! += 1;
  });
  return counts;
};
const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);

const blocks = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 80 });
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe("a blocked assignment", () => {
  it("has arms of equal share apart by at most one, in every block and overall", () => {
    fc.assert(
      fc.property(blocks, fc.integer({ min: 2, max: 5 }), seeds, (block, arms, seed) => {
        const arm = draw(block, new Array<number>(arms).fill(1), seed);
        for (const one of new Set(block))
          expect(spread(countsOf(arm, arms, (unit) => block[unit] === one))).toBeLessThanOrEqual(1);
        expect(spread(countsOf(arm, arms, () => true))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("keeps unequal shares, within two units in every block and overall", () => {
    const shares = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(blocks, shares, seeds, (block, share, seed) => {
        const arm = draw(block, share, seed);
        const total = share.reduce((sum, one) => sum + one, 0);
        const off = (chosen: (unit: number) => boolean): number => {
          const counts = countsOf(arm, share.length, chosen);
          const size = counts.reduce((sum, count) => sum + count, 0);
          return Math.max(...counts.map((count, k) => Math.abs(count - (size * share[k]!) / total)));
        };
        for (const one of new Set(block)) expect(off((unit) => block[unit] === one)).toBeLessThan(2);
        expect(off(() => true)).toBeLessThan(2);
      }),
    );
  });

  it("gives every unit every arm with the probability of its share", () => {
    const block = [0, 0, 0, 1, 1, 2, 2, 2, 2, 2];
    const share = [1, 2, 3];
    const draws = 6000;
    const found = block.map(() => [0, 0, 0]);
    for (let seed = 0; seed < draws; seed++)
      draw(block, share, seed * 7919).forEach((arm, unit) => {
        found[unit]![arm]! += 1;
      });
    // Five standard errors of a share in so many draws.
    const tolerance = 5 * Math.sqrt(0.25 / draws);
    for (const counts of found)
      for (const [arm, count] of counts.entries())
        expect(Math.abs(count / draws - share[arm]! / 6)).toBeLessThan(tolerance);
  });

  it("is the same for the same seed, and another for another", () => {
    const block = Array.from({ length: 40 }, (_, unit) => unit % 4);
    expect(draw(block, [1, 1], 20180601)).toEqual(draw(block, [1, 1], 20180601));
    expect(draw(block, [1, 1], 20180601)).not.toEqual(draw(block, [1, 1], 20180602));
    // Stated once: a machine or a version that draws otherwise is found out.
    expect([...draw(block, [1, 1, 2], 20180601)].join("")).toMatchInlineSnapshot(
      `"1201022200121220222022112100210222222011"`,
    );
  });

  it("takes a single unit, and a single block", () => {
    expect([...draw([0], [1, 1, 1], 3)]).toHaveLength(1);
    expect(spread(countsOf(draw(new Array<number>(30).fill(0), [1, 1, 1], 3), 3, () => true))).toBe(0);
  });
});
