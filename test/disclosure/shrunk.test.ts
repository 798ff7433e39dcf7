import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import { type Common, shrunkMean } from "../../src/disclosure/shrunk.ts";
import { anywhere, teamMean } from "../../src/disclosure/team.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });
const strict = rulesOf({ respondents: 5, leaders: 3, strict: true });
const unit = { low: 0, high: 100, margin: 25, decimals: 0 };
const spread = { sd: 15, df: 400, t: 2, leaders: 40, largest: 0.1 };
const common: Common = { teams: { mean: 60, variance: 2, between: 45, within: 225 }, others: 20, spread };

/** Reliability 0.5 of five answers: half way to 60. */
const of = (mean: number, n = 5, over: Partial<Common> = {}, by = rules) =>
  shrunkMean(n, teamMean({ n, mean }, unit, anywhere, spread, by), { ...common, ...over }, unit, by);

describe("a mean drawn towards that of all leaders", () => {
  it("goes half way where half of it is reliable", () => {
    expect(valueIn(of(40))).toEqual({ mean: 50, bound: null });
    expect(valueIn(of(40, 500))?.mean).toBe(40);
  });
  it("is hidden with the mean that it is made of", () => {
    expect(of(40, 4)).toEqual(of(Number.NaN, 0));
    expect(of(40, 4).state).toBe("suppressed");
    expect(shrunkMean(9, null, common, unit, rules).state).toBe("suppressed");
  });
  it("is hidden where it would tell of few other leaders, as a benchmark is", () => {
    expect(of(40, 9, { others: 19 }).state).toBe("suppressed");
    expect(of(40, 9, { teams: null }).state).toBe("suppressed");
    expect(of(40, 9, { spread: { ...spread, largest: 0.9 } }).state).toBe("suppressed");
    expect(of(40, 9, { spread: null }).state).toBe("suppressed");
    expect(of(40, 9, { others: 100 }, strict).state).toBe("suppressed");
  });
  it("is made of the shown mean, so two teams that look the same have the same", () => {
    const score = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), score, score, (n, one, other) => {
        const [first, second] = [one, other].map(
          (mean) => valueIn(teamMean({ n, mean }, unit, anywhere, spread, rules))!,
        );
        if (first!.mean !== second!.mean || first!.bound !== second!.bound) return;
        expect(of(one, n)).toEqual(of(other, n));
      }),
      { numRuns: 2000 },
    );
    expect(of(100)).toEqual(of(99));
    expect(valueIn(of(100))?.bound).toBe("at-least");
  });
  it("is a whole point of an index, inside the scale", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 400 }), fc.double({ min: 0, max: 100, noNaN: true }), (n, mean) => {
        const value = valueIn(of(mean, n))!.mean;
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(100);
      }),
    );
  });
});
