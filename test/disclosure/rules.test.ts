import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregate, countInSteps, responseRate } from "../../src/disclosure/aggregate.ts";
import { benchmark } from "../../src/disclosure/benchmark.ts";
import { reveal, valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import { teamResponse } from "../../src/disclosure/team.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });
const strict = rulesOf({ respondents: 5, leaders: 3, strict: true });
const item = { low: 1, high: 5, margin: 1, decimals: 1 };
const index = { low: 0, high: 100, margin: 25, decimals: 0 };

describe("thresholds", () => {
  it("can be raised by a study, never lowered", () => {
    expect(rulesOf({ respondents: 8, leaders: 6, strict: false })).toMatchObject({
      respondents: 8,
      leaders: 6,
      interval: 8,
      categories: 10,
      sd: 10,
    });
    expect(rulesOf({ respondents: 12, leaders: 3, strict: false })).toMatchObject({
      ...{ interval: 12, categories: 12, sd: 12 },
    });
    expect(rulesOf({ respondents: 12, leaders: 3, strict: true })).toMatchObject({
      categories: 15,
      sd: 15,
      leaders: 4,
    });
    expect(rulesOf({ respondents: 2, leaders: 1, strict: false })).toMatchObject({ respondents: 5, leaders: 3 });
    expect(rulesOf({ respondents: 5, leaders: 3, strict: true })).toMatchObject({ respondents: 7, leaders: 4, sd: 15 });
  });
});

describe("a benchmark", () => {
  it("needs twenty other leaders", () => {
    const means = Array.from({ length: 20 }, (_, i) => 40 + i);
    expect(benchmark(means, 40, index, rules).state).toBe("suppressed");
    expect(benchmark(means, null, index, rules).state).toBe("shown");
    expect(benchmark(means, null, index, strict).state).toBe("suppressed");
  });
  it("is inside the scale also where all are at its end, and rounded as it is", () => {
    const told = (means: readonly number[], unit = index) => valueIn(benchmark(means, null, unit, rules));
    expect(told(new Array(20).fill(100))).toEqual({ low: 99, high: 99 });
    expect(told(new Array(20).fill(0))).toEqual({ low: 1, high: 1 });
    expect(told(new Array(20).fill(3.26), item)).toEqual({ low: 3.3, high: 3.3 });
    const means = Array.from({ length: 21 }, (_, k) => 40 + k);
    expect(valueIn(benchmark(means, 40, index, rules))).toEqual({ low: 46, high: 55 });
  });
  it("leaves the reader out, as quartiles of type 7 over the rest", () => {
    const fine = { ...index, decimals: 6 };
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 21, maxLength: 60 }),
        fc.nat(20),
        (values, at) => {
          const sorted = [...values].sort((a, b) => a - b);
          const others = sorted.filter((_, i) => i !== at);
          const middle = valueIn(benchmark(sorted, sorted[at]!, fine, rules));
          expect(middle).toEqual({ low: type7(others, 0.25), high: type7(others, 0.75) });
          expect(valueIn(benchmark(sorted, null, fine, rules))?.low).toBe(type7(sorted, 0.25));
        },
      ),
    );
    // R: quantile(c(10, 20, 25, 40, 41:60), c(.25, .75)), without the 30 of the reader
    const means = [10, 20, 25, 30, 40, ...Array.from({ length: 20 }, (_, i) => 41 + i)];
    expect(valueIn(benchmark(means, 30, fine, rules))).toEqual({ low: 42.75, high: 54.25 });
  });
});

const type7 = (sorted: readonly number[], p: number): number => {
  const h = (sorted.length - 1) * p;
  const below = sorted[Math.floor(h)]!;
  return below + (h - Math.floor(h)) * ((sorted[Math.ceil(h)] ?? below) - below);
};

describe("what management sees", () => {
  it("hides few respondents, few leaders, and one leader who is nearly all of it", () => {
    const state = (n: number, leaders: number, largest: number) => aggregate({ n, leaders, largest }, 1, rules).state;
    expect(state(30, 3, 12)).toBe("shown");
    expect(state(30, 2, 15)).toBe("suppressed");
    expect(state(30, 3, 25)).toBe("suppressed");
    expect(state(4, 3, 2)).toBe("suppressed");
  });
  it("rounds counts down to fives", () => {
    expect(reveal(countInSteps(139, rules))).toBe(135);
  });
  const band = (answered: number, invited: number) => {
    const cell = responseRate(answered, invited, rules);
    const shown = valueIn(cell);
    return shown ? [shown.low, shown.high] : cell.state;
  };
  it("says a response rate as a band that holds it, five per cent wide where enough were asked", () => {
    expect(band(139, 200)).toEqual([65, 70]);
    expect(band(140, 200)).toEqual([70, 75]);
    expect(band(0, 200)).toEqual([0, 5]);
    expect(band(9, 9)).toBe("suppressed");
  });
  it("has no band that holds one count only, and none for everybody", () => {
    for (let invited = 10; invited <= 120; invited += 1) {
      const bands = Array.from({ length: invited + 1 }, (_, answered) => String(band(answered, invited)));
      for (const each of new Set(bands)) {
        expect(bands.filter((other) => other === each).length, `${each} of ${invited}`).toBeGreaterThanOrEqual(5);
      }
      for (const [answered, each] of bands.entries()) {
        const [low = 0, high = 0] = each.split(",").map(Number);
        expect((100 * answered) / invited).toBeGreaterThanOrEqual(low - 1e-9);
        expect((100 * answered) / invited).toBeLessThanOrEqual(high + 1e-9);
      }
    }
    expect(band(200, 200)).toEqual([95, 100]);
    expect(band(14, 12)).toEqual([50, 100]);
  });
  it("says only that fewer than the threshold answered", () => {
    expect(teamResponse(0, 9, rules)).toEqual(teamResponse(4, 9, rules));
    const told = (answered: number, invited: number) =>
      JSON.parse(JSON.stringify(teamResponse(answered, invited, rules)));
    expect(told(14, 17)).toMatchObject({ answered: { v: 14 }, invited: { v: 17 }, percent: { v: 82 } });
    expect(told(14, 12)).toMatchObject({ answered: { v: 14 }, invited: null, percent: null });
  });
});
