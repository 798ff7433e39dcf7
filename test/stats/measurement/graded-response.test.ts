import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryProbabilities, drawAnswer, expectedAnswer } from "../../../src/stats/measurement/graded-response.ts";

const item = { discrimination: 1.7, thresholds: [-2, -0.8, 0.3, 1.5] };
const trait = fc.double({ min: -6, max: 6, noNaN: true });

describe("graded-response model", () => {
  it("gives the logistic values worked out by hand", () => {
    const two = { discrimination: 2, thresholds: [0, 1] };
    const above = [1 / (1 + Math.exp(-2 * 0.5)), 1 / (1 + Math.exp(2 * 0.5))];
    const [first, second, third] = categoryProbabilities(two, 0.5);
    expect(first).toBeCloseTo(1 - above[0]!, 14);
    expect(second).toBeCloseTo(above[0]! - above[1]!, 14);
    expect(third).toBeCloseTo(above[1]!, 14);
    expect(expectedAnswer(two, 0.5)).toBeCloseTo(2, 14);
  });

  it("has probabilities that sum to one and agree with the expected answer", () => {
    fc.assert(
      fc.property(trait, (at) => {
        const probabilities = categoryProbabilities(item, at);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(0);
        expect(probabilities.reduce((sum, p, k) => sum + p * (k + 1), 0)).toBeCloseTo(expectedAnswer(item, at), 12);
      }),
    );
  });

  it("draws each answer with its probability", () => {
    const draws = 100_000;
    const counts = new Float64Array(5);
    for (let i = 0; i < draws; i++) counts[drawAnswer(item, 0.4, (i + 0.5) / draws) - 1]!++;
    // Evenly spaced numbers: each boundary between answers is off by one draw at most.
    categoryProbabilities(item, 0.4).forEach((p, k) => {
      expect(Math.abs(counts[k]! / draws - p)).toBeLessThanOrEqual(2 / draws);
    });
  });

  it("never answers lower for more of the trait, and stands the ends of the unit interval", () => {
    fc.assert(
      fc.property(trait, trait, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (a, b, uniform) => {
        expect(drawAnswer(item, Math.max(a, b), uniform)).toBeGreaterThanOrEqual(
          drawAnswer(item, Math.min(a, b), uniform),
        );
      }),
    );
    expect(drawAnswer(item, -6, 0)).toBe(5);
    expect(drawAnswer(item, 6, 1 - 2 ** -53)).toBe(1);
  });
});
