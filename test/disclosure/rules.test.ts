import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregate, countInSteps, responseRate } from "../../src/disclosure/aggregate.ts";
import { benchmark } from "../../src/disclosure/benchmark.ts";
import { distributions, impliedMean } from "../../src/disclosure/distribution.ts";
import { reveal, suppressed, valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import {
  anywhere,
  mayPool,
  ownAnswer,
  ownGap,
  roundInside,
  teamMean,
  teamResponse,
  teamSd,
} from "../../src/disclosure/team.ts";

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
    expect(valueIn(teamMean({ n: 5, mean: 1 }, item, anywhere, spread, rules))).toMatchObject({
      mean: 1.2,
      bound: "at-most",
    });
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
  it("is told truly where what else is known leaves no room, at either end of the scale", () => {
    const told = (answers: readonly number[]) => {
      const n = answers.reduce((sum, each) => sum + each, 0);
      const mean = (100 * (answers[1]! + 2 * answers[2]!)) / (2 * n);
      const implied = impliedMean(distributions([answers, answers], rules), [false, false]);
      const { bound, mean: shown } = valueIn(teamMean({ n, mean }, { ...index, margin: 50 }, implied, spread, rules))!;
      return { bound, shown, isTrue: bound === "at-most" ? mean <= shown : mean >= shown };
    };
    expect(told([10, 0, 0])).toEqual({ bound: "at-most", shown: 10, isTrue: true });
    expect(told([9, 1, 0])).toEqual(told([10, 0, 0]));
    expect(told([0, 0, 10])).toEqual({ bound: "at-least", shown: 90, isTrue: true });
    expect(told([0, 1, 9])).toEqual(told([0, 0, 10]));
    for (const n of [10, 40, 300])
      for (const answers of [
        [n, 0, 0],
        [n - 1, 0, 1],
        [0, n, 0],
        [0, n - 1, 1],
        [1, 0, n - 1],
        [0, 0, n],
      ])
        expect(told(answers).isTrue, `${answers}`).toBe(true);
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
    expect(valueIn(teamMean({ n: 16, mean: 10.3 }, index, anywhere, spread, rules))).toMatchObject({
      low: 0.3,
      high: 20,
    });
    expect(valueIn(teamMean({ n: 16, mean: 8 }, index, anywhere, spread, rules))).toMatchObject({ low: 0 });
    const signed = { low: -3, high: 3, margin: 1, decimals: 1 };
    const narrow = { ...spread, sd: 1 };
    expect(valueIn(teamMean({ n: 16, mean: 0.46 }, signed, anywhere, narrow, rules))).toMatchObject({
      low: -0.04,
      high: 1,
    });
  });
  it("shows its standard deviation from ten respondents", () => {
    expect(teamSd(9, 12, index, rules).state).toBe("suppressed");
    expect(teamSd(10, 12, index, rules).state).toBe("shown");
  });
});

describe("each bound of a team's mean", () => {
  const cellOf = (mean: number, n = 5, unit = index, implied = anywhere, own = spread) =>
    valueIn(teamMean({ n, mean }, unit, implied, own, rules))!;
  const told = (...asked: Parameters<typeof cellOf>) => {
    const { mean, bound } = cellOf(...asked);
    return [mean, bound];
  };
  const nine = { ...index, low: 1, high: 9, margin: 2, decimals: 1 };

  it.each([
    [95, 5, index, [95, "at-least"]],
    [94.99, 5, index, [95, null]],
    [5, 5, index, [5, "at-most"]],
    [5.01, 5, index, [5, null]],
    [100, 7, index, [96, "at-least"]],
    [0, 7, index, [4, "at-most"]],
    [5, 7, item, [4.8, "at-least"]],
    [1, 7, item, [1.2, "at-most"]],
    [100, 400, index, [99, "at-least"]],
    [0, 400, index, [1, "at-most"]],
    [9, 5, nine, [8.6, "at-least"]],
    [1, 5, nine, [1.4, "at-most"]],
    [8.59, 5, nine, [8.6, null]],
  ] as const)("%d of %i in %o is told as %j", (mean, n, unit, expected) => {
    expect(told(mean, n, unit)).toEqual(expected);
  });

  it.each([
    // All is known of it.
    [60, { low: 0.6, high: 0.6 }, [60, null]],
    // Five answers may carry it by 5 at either end: 55 to 55 leaves no room, 55 to 56 some.
    [55, { low: 0.5, high: 0.6 }, [50, "at-least"]],
    [55.5, { low: 0.5, high: 0.61 }, [56, null]],
    [55, { low: 0.5, high: 0.61 }, [55, "at-most"]],
    [56, { low: 0.5, high: 0.61 }, [56, "at-least"]],
    [3, { low: 0, high: 0.08 }, [8, "at-most"]],
    [3, { low: 0.009, high: 0.08 }, [8, "at-most"]],
    [3, { low: 0.01, high: 0.08 }, [1, "at-least"]],
  ] as const)("%d that must lie within %o is told as %j", (mean, implied, expected) => {
    expect(told(mean, 5, index, implied)).toEqual(expected);
  });

  it("has an interval round what is known of it before it is rounded, that ends with the scale", () => {
    expect(cellOf(50.4, 16, index, anywhere, { ...spread, sd: 21.4 })).toMatchObject({ mean: 50, low: 40, high: 61 });
    expect(cellOf(3, 25)).toMatchObject({ low: 0, high: 11 });
    expect(cellOf(97, 25)).toMatchObject({ low: 89, high: 100 });
    expect(cellOf(60, 5)).toMatchObject({ low: 42, high: 78 });
    expect(cellOf(60, 16, index, anywhere, { ...spread, t: 1 })).toMatchObject({ low: 55, high: 65 });
    expect(valueIn(teamMean({ n: 16, mean: 60 }, index, anywhere, null, rules))).toMatchObject({
      low: null,
      high: null,
    });
  });
});

describe("a spread that intervals may be made of", () => {
  it.each([
    [{ leaders: 3 }, true],
    [{ leaders: 2 }, false],
    [{ largest: 0.8 }, true],
    [{ largest: 0.81 }, false],
    [{ sd: 5, df: 25 }, true],
    [{ sd: 4.99, df: 25 }, false],
    [{ sd: 5, df: 24 }, false],
    [{ sd: 0 }, false],
  ])("with %o: %s", (over, may) => {
    expect(mayPool({ ...spread, ...over }, index, rules)).toBe(may);
  });

  it("is wide by the scale's own ends", () => {
    expect(mayPool({ ...spread, sd: 0.25, df: 16 }, item, rules)).toBe(true);
    expect(mayPool({ ...spread, sd: 0.24, df: 16 }, item, rules)).toBe(false);
  });
});

describe("what else stands on a leader's page", () => {
  it.each([
    [0, index, 1],
    [100, index, 99],
    [50.5, index, 51],
    [1, item, 1.1],
    [5, item, 4.9],
    [3.14, item, 3.1],
  ])("%d in %o is inside it as %d", (value, unit, inside) => {
    expect(roundInside(value, unit)).toBe(inside);
  });

  it("is a deviation to one decimal at least", () => {
    expect(valueIn(teamSd(10, 12.345, index, rules))).toBe(12.3);
    expect(valueIn(teamSd(10, 1.2345, { ...item, decimals: 2 }, rules))).toBe(1.23);
  });

  it("is the own answer and how far it is from the team's, as both are shown", () => {
    const own = ownAnswer(72.4, index);
    const team = teamMean({ n: 8, mean: 60.4 }, index, anywhere, spread, rules);
    expect([reveal(own!), ownAnswer(null, index)]).toEqual([72, null]);
    expect(valueIn(ownGap(own, team, index))).toBe(12);
    for (const cell of [ownGap(null, team, index), ownGap(own, null, index), ownGap(own, suppressed, index)])
      expect(cell).toBe(suppressed);
  });

  it.each([
    [5, 8, { state: "exact", answered: 5, invited: 8, percent: 63 }],
    [5, 5, { state: "exact", answered: 5, invited: 5, percent: 100 }],
    [5, 4, { state: "exact", answered: 5, invited: null, percent: null }],
    [5, null, { state: "exact", answered: 5, invited: null, percent: null }],
    [4, 5, { state: "under", threshold: 5, invited: 5 }],
    [4, 4, { state: "under", threshold: 5, invited: null }],
    [4, null, { state: "under", threshold: 5, invited: null }],
  ])("is of %i answers of %s invited %o", (answered, invited, told) => {
    const plain = JSON.stringify(teamResponse(answered, invited, rules), (_, each) => each?.v ?? each);
    expect(JSON.parse(plain)).toEqual(told);
  });
});

describe("a distribution", () => {
  const classes = (...items: readonly (readonly number[])[]) =>
    valueIn(distributions(items, rules))?.map((item) =>
      item.classes.map(({ from, to, least, most }) => [from, to, least, most]),
    );
  const varied = [1, 1, 1, 1, 1];
  it("tells agreement from all else up to nine answers, and below, in and above the middle from ten", () => {
    const [few] = classes([1, 1, 2, 2, 1], varied)!;
    const [many] = classes([3, 2, 3, 4, 3], [2, 2, 2, 2, 2])!;
    expect(few).toEqual([
      [0, 2, 4, 4],
      [3, 4, 3, 3],
    ]);
    expect(many).toEqual([
      [0, 1, 5, 5],
      [2, 2, 3, 3],
      [3, 4, 7, 7],
    ]);
    expect(classes([5, 3, 4, 3], [4, 4, 4, 3])![0]).toEqual([
      [0, 1, 8, 8],
      [2, 3, 7, 7],
    ]);
  });
  it("says in the same words that all, and that all but one, chose alike", () => {
    const alike = classes([0, 0, 0, 5, 0], varied);
    expect(alike).toEqual(classes([1, 0, 0, 2, 2], varied));
    expect(alike![0]).toEqual([
      [0, 2, 0, 1],
      [3, 4, 4, 5],
    ]);
    const ten = [2, 2, 2, 2, 2];
    expect(classes([0, 0, 10, 0, 0], ten)).toEqual(classes([1, 0, 9, 0, 0], ten));
  });
  it("has the same classes for all questions, by the number of answers alone, and all questions or none", () => {
    expect(classes([2, 2, 2, 2, 2], [2, 2, 2, 2, 1])!.map((item) => item.length)).toEqual([2, 2]);
    expect(classes(varied, [1, 1, 1, 1, 0])).toBeUndefined();
    expect(classes(varied)).toBeUndefined();
  });
  it("has two classes of four categories, two of three up to nine answers, and none of one", () => {
    const spans = (...items: readonly (readonly number[])[]) =>
      classes(...items)?.map((item) => item.map(([from, to]) => [from, to]))[0];
    expect(spans([5, 5, 5, 5], [5, 5, 5, 5])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(spans([3, 3, 3], [3, 3, 3])).toEqual([
      [0, 1],
      [2, 2],
    ]);
    expect(spans([3, 4, 3], [3, 4, 3])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(spans([5, 5], [5, 5])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect([spans([10], [10]), spans()]).toEqual([undefined, undefined]);
  });
  it("tells exactly from two who chose otherwise on, and of nobody who chose a class alone", () => {
    expect(classes([0, 0, 2, 3, 0], varied)![0]).toEqual([
      [0, 2, 2, 2],
      [3, 4, 3, 3],
    ]);
    const ten = [2, 2, 2, 2, 2];
    expect(classes([0, 0, 9, 1, 0], ten)![0]).toEqual([
      [0, 1, 0, 1],
      [2, 2, 9, 10],
      [3, 4, 0, 1],
    ]);
    expect(classes([0, 1, 8, 1, 0], ten)![0]).toEqual([
      [0, 1, 1, 1],
      [2, 2, 8, 8],
      [3, 4, 1, 1],
    ]);
  });
  it("tells where the mean must lie", () => {
    const cell = distributions([[0, 0, 2, 3, 0], varied], rules);
    expect(impliedMean(cell, [false, false])).toEqual({ low: (9 + 6) / 40, high: (16 + 14) / 40 });
    const last = impliedMean(cell, [true, true]);
    expect([last.low, last.high]).toEqual([expect.closeTo(10 / 40), expect.closeTo(25 / 40)]);
    expect(impliedMean(distributions([varied], rules), [false])).toEqual({ low: 0, high: 1 });
  });
  it("always accounts for every respondent", () => {
    const item = fc.array(fc.nat(12), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 4 }), (items) => {
        for (const [index, { n, classes: told }] of (valueIn(distributions(items, rules)) ?? []).entries()) {
          expect(n).toBe(items[index]!.reduce((sum, each) => sum + each, 0));
          for (const { from, to, least, most } of told) {
            const exact = items[index]!.slice(from, to + 1).reduce((sum, each) => sum + each, 0);
            expect([least <= exact, exact <= most, most - least <= 1]).toEqual([true, true, true]);
          }
          expect([told[0]?.from, told.at(-1)?.to]).toEqual([0, 4]);
        }
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
