import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregate, countInSteps, responseRate } from "../../src/disclosure/aggregate.ts";
import { benchmark } from "../../src/disclosure/benchmark.ts";
import { distribution, distributions } from "../../src/disclosure/distribution.ts";
import { valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import { teamMean, teamResponse, teamSd } from "../../src/disclosure/team.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });
const strict = rulesOf({ respondents: 5, leaders: 3, strict: true });
const item = { low: 1, high: 5, margin: 1, decimals: 1 };
const index = { low: 0, high: 100, margin: 25, decimals: 0 };
const spread = { sd: 20, df: 400, t: 2, leaders: 40, largest: 0.1 };

describe("thresholds", () => {
  it("can be raised by a study, never lowered", () => {
    expect(rulesOf({ respondents: 8, leaders: 6, strict: false })).toMatchObject({
      respondents: 8,
      leaders: 6,
      interval: 8,
    });
    expect(rulesOf({ respondents: 2, leaders: 1, strict: false })).toMatchObject({ respondents: 5, leaders: 3 });
    expect(rulesOf({ respondents: 5, leaders: 3, strict: true })).toMatchObject({ respondents: 7, leaders: 4, sd: 15 });
  });
});

describe("a team's mean", () => {
  it("is hidden below five respondents, and looks the same for four as for none", () => {
    expect(teamMean({ n: 4, mean: 60 }, index, anywhere, spread, rules)).toEqual(
      teamMean({ n: 0, mean: Number.NaN }, index, anywhere, spread, rules),
    );
    expect(teamMean({ n: 5, mean: 60 }, index, anywhere, spread, rules).state).toBe("shown");
    expect(teamMean({ n: 6, mean: 60 }, index, anywhere, spread, strict).state).toBe("suppressed");
  });
  it("never tells all-alike at an end from a lone dissenter", () => {
    const all = teamMean({ n: 5, mean: 5 }, item, anywhere, spread, rules);
    expect(all).toEqual(teamMean({ n: 5, mean: 4.8 }, item, anywhere, spread, rules));
    expect(valueIn(all)).toMatchObject({ mean: 4.8, bound: "at-least" });
    expect(valueIn(teamMean({ n: 5, mean: 1 }, item, anywhere, spread, rules))).toMatchObject({ mean: 1.2, bound: "at-most" });
  });
  it("is never the end of its scale, however many answer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 400 }), fc.double({ min: 0, max: 100, noNaN: true }), (n, mean) => {
        const shown = valueIn(teamMean({ n, mean }, index, anywhere, spread, rules));
        expect(shown?.mean).toBeGreaterThan(0);
        expect(shown?.mean).toBeLessThan(100);
      }),
    );
  });
  it("has an interval from the spread of all teams, and none when the pool is nearly one team", () => {
    expect(valueIn(teamMean({ n: 16, mean: 60 }, index, anywhere, spread, rules))).toMatchObject({ low: 50, high: 70 });
    expect(valueIn(teamMean({ n: 16, mean: 60 }, index, anywhere, { ...spread, leaders: 2 }, rules))).toMatchObject({
      low: null,
    });
    expect(valueIn(teamMean({ n: 16, mean: 60 }, index, anywhere, { ...spread, largest: 0.9 }, rules))).toMatchObject({
      low: null,
    });
  });
  it("writes one digit more where an end of the interval would round to zero, and 0 only at the end of the scale", () => {
    expect(valueIn(teamMean({ n: 16, mean: 10.3 }, index, anywhere, spread, rules))).toMatchObject({ low: 0.3, high: 20 });
    expect(valueIn(teamMean({ n: 16, mean: 8 }, index, anywhere, spread, rules))).toMatchObject({ low: 0 });
    const signed = { low: -3, high: 3, margin: 1, decimals: 1 };
    const narrow = { ...spread, sd: 1 };
    expect(valueIn(teamMean({ n: 16, mean: 0.46 }, signed, anywhere, narrow, rules))).toMatchObject({ low: -0.04, high: 1 });
  });
  it("shows its standard deviation from ten respondents", () => {
    expect(teamSd(9, 12, index, rules).state).toBe("suppressed");
    expect(teamSd(10, 12, index, rules).state).toBe("shown");
  });
});

describe("a distribution", () => {
  const classes = (counts: readonly number[]) =>
    valueIn(distribution(counts, rules))?.classes.map(({ from, to, n }) => [from, to, n]);
  it("has three classes from five to nine, every category from ten", () => {
    expect(distribution([1, 1, 1, 1, 0], rules).state).toBe("suppressed");
    expect(classes([1, 1, 2, 2, 1])).toEqual([
      [0, 1, 2],
      [2, 2, 2],
      [3, 4, 3],
    ]);
    expect(classes([3, 2, 3, 4, 3])).toEqual([
      [0, 0, 3],
      [1, 1, 2],
      [2, 2, 3],
      [3, 3, 4],
      [4, 4, 3],
    ]);
  });
  it("merges an end of one or two answers with its neighbour", () => {
    expect(classes([1, 4, 3, 4, 2])).toEqual([
      [0, 1, 5],
      [2, 2, 3],
      [3, 4, 6],
    ]);
    expect(classes([0, 4, 3, 4, 3])).toEqual([
      [0, 0, 0],
      [1, 1, 4],
      [2, 2, 3],
      [3, 3, 4],
      [4, 4, 3],
    ]);
  });
  it("is hidden when all answered alike, also when only the classes do", () => {
    expect(classes([0, 0, 12, 0, 0])).toBeUndefined();
    expect(classes([0, 0, 0, 3, 4])).toBeUndefined();
    expect(classes([0, 0, 0, 10, 2])).toBeUndefined();
  });
  it("never hides one item alone, because the scale's mean would give it away", () => {
    const varied = [2, 2, 2, 3, 3];
    const alike = [0, 0, 12, 0, 0];
    const states = (...items: readonly (readonly number[])[]) => distributions(items, rules).map(({ state }) => state);
    expect(states(varied, varied)).toEqual(["shown", "shown"]);
    expect(states(varied, alike, varied, varied)).toEqual(["shown", "suppressed", "suppressed", "shown"]);
    expect(states(varied, varied, varied, alike)).toEqual(["suppressed", "shown", "shown", "suppressed"]);
    expect(states(alike)).toEqual(["suppressed"]);
  });
  it("leaves every hidden item a category of its mean open, whatever the answers", () => {
    const item = fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }).filter((counts) => counts.some((n) => n > 0));
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 6 }), (items) => {
        const cells = distributions(items, rules);
        const hidden = items.filter((_, index) => cells[index]!.state === "suppressed");
        if (hidden.length === 0 || hidden.length === items.length) return;
        const sum = (counts: readonly number[]) => counts.reduce((all, n, at) => all + n * (at + 1), 0);
        const size = (counts: readonly number[]) => counts.reduce((all, n) => all + n, 0);
        const known = hidden.reduce((all, counts) => all + sum(counts), 0);
        for (const counts of hidden) {
          const others = hidden.filter((other) => other !== counts).reduce((all, other) => all + size(other), 0);
          const low = Math.max(size(counts), known - 5 * others);
          const high = Math.min(5 * size(counts), known - others);
          expect((high - low) / size(counts)).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });
  it("always accounts for every respondent", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 2, maxLength: 11 }), (counts) => {
        const shown = valueIn(distribution(counts, rules));
        if (!shown) return;
        expect(shown.classes.reduce((sum, each) => sum + each.n, 0)).toBe(counts.reduce((sum, n) => sum + n, 0));
        expect(shown.classes[0]?.from).toBe(0);
        expect(shown.classes.at(-1)?.to).toBe(counts.length - 1);
      }),
    );
  });
});

describe("a benchmark", () => {
  it("needs twenty other leaders", () => {
    const means = Array.from({ length: 20 }, (_, i) => 40 + i);
    expect(benchmark(means, 40, index, rules).state).toBe("suppressed");
    expect(benchmark(means, null, index, rules).state).toBe("shown");
    expect(benchmark(means, null, index, strict).state).toBe("suppressed");
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
    expect(countInSteps(139, rules)).toBe(135);
  });
  const band = (answered: number, invited: number) => {
    const cell = responseRate(answered, invited, rules);
    return cell.state === "shown" ? [cell.value.low, cell.value.high] : cell.state;
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
    expect(teamResponse(14, 17, rules)).toMatchObject({ answered: 14, invited: 17 });
    expect(teamResponse(14, 12, rules)).toMatchObject({ answered: 14, invited: null });
  });
});
